/** What the tables of a knot show. */
import { EyeOff } from 'lucide-react';
import type { KnotPiece, KnotTie } from '../../../../workers/api';
import { tieNumber } from '../../../../workers/report';
import { IconButton } from '../../ui/controls';
import { Bytes, Count, GoName } from '../../ui/figures';
import { shortGoName } from '../../ui/format';
import type { Column } from '../../ui/table/columns';

export interface NumberedTie extends KnotTie {
  number: number;
}

export function tieColumns(leaveOut: (tie: KnotTie) => void): readonly Column<NumberedTie, string>[] {
  return [
    { key: 'number', title: '#', width: '32px', sortable: false, cell: ({ number }) => tieNumber(number) },
    {
      key: 'tie',
      title: 'Field',
      width: 'minmax(160px, 1fr)',
      sortable: false,
      cell: ({ from, field, to }) => (
        <span className="knot-tie" title={`${from} ${field} → ${to}`}>
          <GoName name={from} />
          <span className="knot-field mono">{field} →</span>
          <GoName name={to} />
        </span>
      ),
    },
    {
      key: 'references',
      title: 'References',
      width: '92px',
      numeric: true,
      sortable: false,
      cell: ({ references }) => <Count value={references} />,
    },
    {
      key: 'left',
      title: 'Largest left',
      width: '104px',
      numeric: true,
      sortable: false,
      cell: ({ largestLeft }) => <Count value={largestLeft} />,
      bar: ({ largestLeft }) => largestLeft,
    },
    {
      key: 'leave',
      title: '',
      width: '40px',
      sortable: false,
      cell: (tie) => (
        <IconButton
          label="Leave this field out"
          onClick={() => {
            leaveOut(tie);
          }}
        >
          <EyeOff size={14} />
        </IconButton>
      ),
    },
  ];
}

export const PIECE_COLUMNS: readonly Column<KnotPiece, string>[] = [
  {
    key: 'cycles',
    title: 'Cycles',
    width: '64px',
    numeric: true,
    sortable: false,
    cell: ({ cycles }) => <Count value={cycles} />,
  },
  {
    key: 'objects',
    title: 'Objects',
    width: '72px',
    numeric: true,
    sortable: false,
    cell: ({ objects }) => <Count value={objects} />,
  },
  {
    key: 'bytes',
    title: 'Own',
    width: '84px',
    numeric: true,
    sortable: false,
    cell: ({ bytes }) => <Bytes value={bytes} />,
  },
  {
    key: 'shape',
    title: 'Made of',
    width: 'minmax(120px, 1fr)',
    sortable: false,
    cell: ({ shape }) => <span title={shape}>{shortGoName(shape)}</span>,
  },
];
