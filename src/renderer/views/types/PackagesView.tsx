import type { PackageColumn, PackageRow } from '../../../../workers/api';
import { go } from '../../state/navigation';
import { places } from '../../state/place';
import type { PlaceOf } from '../../state/place';
import { Bytes, Count, Fact } from '../../ui/figures';
import { listHandlers } from '../../ui/list';
import { PlaceLink } from '../../ui/PlaceLink';
import type { Column } from '../../ui/table/columns';
import { usePages } from '../../ui/table/row-source';
import { Table } from '../../ui/table/Table';
import { ViewHead } from '../../ui/ViewHead';
import { TypeTools } from './TypeTools';

const COLUMNS: readonly Column<PackageRow, PackageColumn>[] = [
  {
    key: 'name',
    title: 'Package',
    width: 'minmax(240px, 1fr)',
    filter: 'text or /re/',
    cell: (row) => (
      <PlaceLink to={places.typesOf(row.package)} className={row.package === null ? 'name-link' : 'name-link mono'}>
        {row.package ?? 'no package, or none that is known'}
      </PlaceLink>
    ),
  },
  {
    key: 'types',
    title: 'Types',
    width: '84px',
    numeric: true,
    filter: '>1',
    cell: (row) => <Count value={row.types} />,
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
    key: 'retained',
    title: 'Retained',
    width: '132px',
    numeric: true,
    filter: '1%..10%',
    cell: (row) => <Bytes value={row.retainedBytes} />,
    bar: (row) => row.retainedBytes,
  },
];

/** The types of the heap by their package; a row opens to the types of it. */
export function PackagesView({ place }: { place: PlaceOf<'packages'> }) {
  const { sort, filters } = place;
  const source = usePages('packages', (range) => [{ ...range, sort, filters }]);
  return (
    <>
      <ViewHead
        title="Types"
        facts={<Fact name="packages">{source.total === null ? 'counting…' : <Count value={source.total} />}</Fact>}
      />
      <TypeTools place={place} />
      <div className="view-body">
        <Table
          label="Types by package"
          what="packages"
          columns={COLUMNS}
          source={source}
          empty="There are no objects in this dump."
          {...listHandlers(place)}
          onOpen={(row) => {
            go(places.typesOf(row.package));
          }}
        />
      </div>
    </>
  );
}
