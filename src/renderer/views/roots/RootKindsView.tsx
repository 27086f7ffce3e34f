import { absentPart, HOLDER_LOOKS, holderWords, ROOT_HOLDERS } from '../../../../workers/api';
import type { RootKindColumn, RootKindRow } from '../../../../workers/api';
import { useSummary } from '../../state/dump';
import { go } from '../../state/navigation';
import { holderFilter } from '../../state/holder-filter';
import { places } from '../../state/place';
import type { PlaceOf } from '../../state/place';
import { Segments } from '../../ui/controls';
import { Bytes, Count, Fact, GoName } from '../../ui/figures';
import { HOLDING_COLUMNS } from '../../ui/holding-columns';
import { HolderMark } from '../../ui/HolderMark';
import { listHandlers } from '../../ui/list';
import { PlaceLink } from '../../ui/PlaceLink';
import type { Column } from '../../ui/table/columns';
import { usePages } from '../../ui/table/row-source';
import { Table } from '../../ui/table/Table';
import { ViewHead, ViewTools } from '../../ui/ViewHead';
import { RootTools } from './RootTools';

const COLUMNS: readonly Column<RootKindRow, RootKindColumn>[] = [
  {
    key: 'holder',
    title: 'Held by',
    width: '132px',
    filter: 'global',
    cell: (row) => (
      <>
        <HolderMark holder={row.holder} />
        {HOLDER_LOOKS[row.holder].root}
      </>
    ),
  },
  {
    key: 'name',
    title: 'Root',
    width: 'minmax(200px, 1fr)',
    filter: 'text or /re/',
    cell: (row) => (
      <PlaceLink to={places.rootsOf(row)} className="name-link">
        <GoName name={row.name} />
      </PlaceLink>
    ),
  },
  {
    key: 'roots',
    title: 'Roots',
    width: '72px',
    numeric: true,
    filter: '>1',
    cell: (row) => <Count value={row.roots} />,
  },
  ...HOLDING_COLUMNS,
  {
    key: 'retained',
    title: 'Retained',
    width: '92px',
    numeric: true,
    filter: '>1MiB',
    cell: (row) => <Bytes value={row.retainedBytes} />,
  },
];

/** Roots by kind: one row for a variable, whatever the goroutine, and for what else holds. */
export function RootKindsView({ place }: { place: PlaceOf<'rootKinds'> }) {
  const { sort, filters } = place;
  const source = usePages('rootKinds', (range) => [{ ...range, sort, filters }]);
  const { dump, heldBy } = useSummary();
  const { holder, ...others } = filters;
  const holding = ROOT_HOLDERS.filter((one) => heldBy.some((total) => total.holder === one && total.objects > 0));
  return (
    <>
      <ViewHead
        title="Roots"
        facts={
          <>
            <Fact name="kinds">{source.total === null ? 'counting…' : <Count value={source.total} />}</Fact>
            <span>alone: what only this kind reaches; reaches: all that it does; neither adds up</span>
          </>
        }
      />
      <ViewTools>
        <RootTools place={place} />
        <Segments
          label="Held by"
          choices={[
            { key: '', words: 'All' },
            ...holding.map((one) => ({ key: holderFilter(one), words: holderWords(one) })),
          ]}
          current={holder ?? ''}
          onChoose={(key) => {
            go({ ...place, selected: null, filters: key === '' ? others : { ...others, holder: key } });
          }}
        />
      </ViewTools>
      <div className="view-body">
        <Table
          label="Roots by kind"
          what="kinds"
          columns={COLUMNS}
          source={source}
          empty={absentPart(dump, 'globals') ?? 'No root of this dump points into the heap.'}
          {...listHandlers(place)}
          onOpen={(row) => {
            go(places.rootsOf(row));
          }}
        />
      </div>
    </>
  );
}
