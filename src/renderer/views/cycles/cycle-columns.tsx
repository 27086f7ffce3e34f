import type { CycleColumn, CycleRow } from '../../../../workers/api';
import { Count, CycleLink } from '../../ui/figures';
import { shortGoName } from '../../ui/format';
import { HeldBy } from '../../ui/HolderMark';
import { Through, throughWords } from '../../parts/Through';
import type { Column } from '../../ui/table/columns';
import { OWN, RETAINED } from './weight-columns';

export const CYCLE_COLUMNS: readonly Column<CycleRow, CycleColumn>[] = [
  {
    key: 'id',
    title: 'Cycle',
    width: '84px',
    filter: '=3',
    cell: (row) => <CycleLink id={row.id} bare />,
  },
  {
    key: 'shape',
    title: 'Shape',
    width: 'minmax(160px, 1fr)',
    filter: 'text or /re/',
    cell: (row) => <CycleShape row={row} />,
  },
  {
    key: 'class',
    title: 'Held by',
    width: '138px',
    filter: 'finalizer',
    cell: (row) => <HeldBy cycle={row} />,
  },
  {
    key: 'objects',
    title: 'Objects',
    width: '72px',
    numeric: true,
    filter: '>2',
    cell: (row) => <Count value={row.objects} />,
  },
  OWN,
  RETAINED,
  {
    key: 'entering',
    wide: true,
    title: 'Entering',
    width: '70px',
    numeric: true,
    filter: '>0',
    cell: (row) => <Count value={row.enteringTotal} />,
  },
  {
    key: 'leaving',
    wide: true,
    title: 'Leaving',
    width: '76px',
    numeric: true,
    filter: '>0',
    cell: (row) => <Count value={row.leavingTotal} />,
  },
];

/** What the cycle is made of, and the globals and goroutines that lie on it. */
function CycleShape({ row }: { row: CycleRow }) {
  return (
    <span className="type-shape" title={[...throughWords(row), row.shape].join('\n')}>
      <Through row={row} />
      {shortGoName(row.shape)}
      {row.finalizers > 0 && <span className="faint"> · {row.finalizers} with a finalizer</span>}
    </span>
  );
}
