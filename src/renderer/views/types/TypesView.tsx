import { ContextMenu } from 'radix-ui';
import type { TypeColumn, TypeRow } from '../../../../workers/api';
import { useSummary } from '../../state/dump';
import { adjust, go } from '../../state/navigation';
import { useNamesNow } from '../../state/naming';
import { askForName, canBeNamed } from '../../state/naming-dialog';
import { places, select } from '../../state/place';
import type { PlaceOf } from '../../state/place';
import { copyText } from '../../ui/copy';
import { Bytes, Count, Fact, TypeText } from '../../ui/figures';
import { formatShare } from '../../ui/format';
import { listHandlers } from '../../ui/list';
import { MenuItem, MenuLine } from '../../ui/ObjectMenu';
import type { Column } from '../../ui/table/columns';
import { usePages } from '../../ui/table/row-source';
import { Table } from '../../ui/table/Table';
import { ViewHead } from '../../ui/ViewHead';
import { typeLabel } from '../../parts/type-label';
import { TypeTools } from './TypeTools';

const COLUMNS: readonly Column<TypeRow, TypeColumn>[] = [
  {
    key: 'name',
    title: 'Type',
    width: 'minmax(240px, 1fr)',
    filter: 'text or /re/',
    cell: (row) => <TypeText label={typeLabel(row)} />,
  },
  {
    key: 'objects',
    title: 'Objects',
    width: '104px',
    numeric: true,
    filter: '>100',
    cell: (row) => <Count value={row.objects} />,
  },
  {
    key: 'bytes',
    title: 'Own',
    width: '104px',
    numeric: true,
    filter: '>1MiB',
    cell: (row) => <Bytes value={row.bytes} />,
  },
  {
    key: 'largest',
    title: 'Largest',
    width: '104px',
    numeric: true,
    filter: '>4KiB',
    cell: (row) => <Bytes value={row.largest} />,
  },
  {
    key: 'retained',
    title: 'Retained',
    width: '132px',
    numeric: true,
    filter: '1%..10%',
    cell: (row) => <Bytes value={row.retainedBytes} />,
    bar: (row) => row.retainedBytes,
  },
];

/** The types of the heap by what their objects retain together; by size and pointer shape where no name is known. */
export function TypesView({ place }: { place: PlaceOf<'types'> }) {
  const { sort, filters, selected } = place;
  const source = usePages('types', (range) => [{ ...range, sort, filters }]);
  const { heap, naming } = useSummary();
  const names = useNamesNow();
  const named = naming.bytes.exact + naming.bytes.likely + naming.bytes.kind;
  return (
    <>
      <ViewHead
        title="Types"
        facts={
          <>
            <Fact name="types">{source.total === null ? 'counting…' : <Count value={source.total} />}</Fact>
            {names.state === 'coming' && !names.replacing ? null : (
              <Fact name="named">{formatShare(named, heap.bytes)}</Fact>
            )}
            {names.state === 'there' && named === 0 && (
              <span>by size and pointer shape: this dump came without its executable</span>
            )}
          </>
        }
      />
      <TypeTools place={place} />
      <div className="view-body">
        <Table
          label="Types"
          what="types"
          columns={COLUMNS}
          source={source}
          empty="There are no objects in this dump."
          {...listHandlers(place)}
          isSelected={(row) => selected?.kind === 'type' && selected.name === row.name && selected.shape === row.shape}
          onSelect={(row) => {
            adjust(select(place, { kind: 'type', name: row.name, shape: row.shape }));
          }}
          onOpen={(row) => {
            go(places.objectsOf(row.name, row.shape));
          }}
          menu={(row) => <TypeMenu row={row} />}
        />
      </div>
    </>
  );
}

function TypeMenu({ row }: { row: TypeRow }) {
  return (
    <>
      <ContextMenu.Label className="menu-head">{row.name}</ContextMenu.Label>
      <MenuItem
        onChoose={() => {
          go(places.objectsOf(row.name, row.shape));
        }}
      >
        Its objects
      </MenuItem>
      <MenuItem
        onChoose={() => {
          go(places.memory({ type: { name: row.name, shape: row.shape } }));
        }}
      >
        What holds this type
      </MenuItem>
      <MenuItem
        onChoose={() => {
          go(places.free({ type: { name: row.name, shape: row.shape } }));
        }}
      >
        What would free them
      </MenuItem>
      {canBeNamed(typeLabel(row)) && (
        <MenuItem
          onChoose={() => {
            askForName(typeLabel(row));
          }}
        >
          Name this type…
        </MenuItem>
      )}
      <MenuLine />
      <MenuItem onChoose={() => void copyText(row.name, 'The name')}>Copy name</MenuItem>
    </>
  );
}
