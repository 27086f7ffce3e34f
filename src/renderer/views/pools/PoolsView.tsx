import type { PoolColumn, PoolRow } from '../../../../workers/api';
import { useSummary } from '../../state/dump';
import { adjust, go } from '../../state/navigation';
import { places, select, selectObject } from '../../state/place';
import type { PlaceOf } from '../../state/place';
import { Bytes, Count, Fact, GoName } from '../../ui/figures';
import { listHandlers } from '../../ui/list';
import { NeedsExecutable } from '../../ui/NeedsExecutable';
import { PlaceLink } from '../../ui/PlaceLink';
import type { Column } from '../../ui/table/columns';
import { usePages } from '../../ui/table/row-source';
import { Table } from '../../ui/table/Table';
import { ViewHead } from '../../ui/ViewHead';
import './pools.css';

const COLUMNS: readonly Column<PoolRow, PoolColumn>[] = [
  {
    key: 'name',
    title: 'Pool',
    width: 'minmax(150px, 1.2fr)',
    filter: 'text or /re/',
    cell: (row) => (
      <PlaceLink to={places.pool(row.address, row.object)} className="name-link">
        <GoName name={row.name} />
      </PlaceLink>
    ),
  },
  {
    key: 'new',
    title: 'New',
    width: 'minmax(110px, 1fr)',
    filter: 'text or /re/',
    cell: (row) => <PoolNew pool={row} />,
  },
  {
    key: 'items',
    title: 'Items',
    width: '64px',
    numeric: true,
    filter: '>10',
    cell: (row) => <Count value={row.items} />,
  },
  {
    key: 'private',
    title: 'Private',
    width: '68px',
    numeric: true,
    filter: '>0',
    cell: (row) => <Count value={row.private} />,
  },
  {
    key: 'shared',
    title: 'Shared',
    width: '68px',
    numeric: true,
    filter: '>0',
    cell: (row) => <Count value={row.shared} />,
  },
  {
    key: 'victim',
    title: 'Victims',
    width: '68px',
    numeric: true,
    filter: '>0',
    cell: (row) => <Count value={row.victim} />,
  },
  {
    key: 'bytes',
    title: 'Own',
    width: '82px',
    numeric: true,
    filter: '>1KiB',
    cell: (row) => <Bytes value={row.bytes} />,
  },
  {
    key: 'retained',
    title: 'Retained',
    width: '108px',
    numeric: true,
    filter: '>1MiB',
    cell: (row) => <Bytes value={row.retainedBytes} />,
    bar: (row) => row.retainedBytes,
  },
];

/** The function behind New; a pool may do without one. */
export function PoolNew({ pool }: { pool: PoolRow }) {
  return pool.create === null ? <span className="faint">–</span> : <GoName name={pool.create} />;
}

/** Every sync.Pool that has been used. */
export function PoolsView({ place }: { place: PlaceOf<'pools'> }) {
  const { sort, filters, selected } = place;
  const source = usePages('pools', (range) => [{ ...range, sort, filters }]);
  const { naming } = useSummary();
  const none = source.total === 0 && Object.keys(filters).length === 0;
  return (
    <>
      <ViewHead
        title="Pools"
        facts={
          <>
            <Fact name="pools">{source.total === null ? 'counting…' : <Count value={source.total} />}</Fact>
            <span>each sync.Pool that has been used; victims go at the next collection</span>
          </>
        }
      />
      <div className="view-body">
        {none && naming.executable?.matches !== true ? (
          <NeedsExecutable what="Nothing in this dump has the structure of a sync.Pool in use; types, which are in the executable, would show more." />
        ) : (
          <Table
            label="Pools"
            what="pools"
            columns={COLUMNS}
            source={source}
            empty="No sync.Pool of this program has been used."
            {...listHandlers(place)}
            isSelected={(row) => selected?.kind === 'object' && selected.address === row.object}
            onSelect={(row) => {
              adjust(row.object === null ? select(place, null) : selectObject(place, row.object));
            }}
            onOpen={(row) => {
              go(places.pool(row.address, row.object));
            }}
          />
        )}
      </div>
    </>
  );
}
