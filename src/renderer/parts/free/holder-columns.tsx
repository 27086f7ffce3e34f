import type { FreeHolder } from '../../../../workers/api';
import { freeHolderText, freePlaceText, lettingGoText } from '../../../../workers/report';
import { Bytes, Count } from '../../ui/figures';
import type { Column } from '../../ui/table/columns';

type Key = 'ticked' | 'frees' | 'references' | 'holder' | 'how' | 'place';

/** The columns of holders by kind; the first ticks them. */
export function holderColumns(
  ticked: readonly string[],
  onToggle: (id: string) => void,
): readonly Column<FreeHolder, Key>[] {
  return [
    {
      key: 'ticked',
      title: '',
      width: '36px',
      sortable: false,
      cell: ({ id }) => (
        <input
          type="checkbox"
          aria-label={`Without ${id}`}
          checked={ticked.includes(id)}
          onChange={() => {
            onToggle(id);
          }}
          onDoubleClick={(event) => {
            event.stopPropagation();
          }}
        />
      ),
    },
    {
      key: 'frees',
      title: 'Frees alone',
      width: '116px',
      numeric: true,
      sortable: false,
      cell: ({ freesAlone }) => <Frees alone={freesAlone} />,
      bar: ({ freesAlone }) => freesAlone?.bytes ?? 0,
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
      key: 'holder',
      title: 'Holder',
      width: 'minmax(260px, 2fr)',
      sortable: false,
      cell: (holder) => (
        <span className="mono table-clip" title={holder.id}>
          {freeHolderText({ ...holder, references: 1 })}
        </span>
      ),
    },
    {
      key: 'how',
      title: 'Let go',
      width: 'minmax(150px, 1fr)',
      sortable: false,
      cell: (holder) => <span className="table-clip">{lettingGoText(holder)}</span>,
    },
    {
      key: 'place',
      title: 'Where',
      width: '170px',
      sortable: false,
      wide: true,
      cell: (holder) => (
        <span className="mono table-clip" title={holder.place?.function}>
          {freePlaceText(holder) ?? ''}
        </span>
      ),
    },
  ];
}

function Frees({ alone }: { alone: FreeHolder['freesAlone'] }) {
  if (alone === null) return null;
  if (alone.objects === 0) return <span className="faint">nothing alone</span>;
  return <Bytes value={alone.bytes} />;
}
