import { absentPart } from '../../../../workers/api';
import type { RootColumn, RootKind, RootRow } from '../../../../workers/api';
import { useSummary } from '../../state/dump';
import { go } from '../../state/navigation';
import { places } from '../../state/place';
import type { PlaceOf } from '../../state/place';
import { Segments } from '../../ui/controls';
import { AddressLink, Chip, Count, Fact } from '../../ui/figures';
import { formatOffset, shortGoName } from '../../ui/format';
import { HolderMark } from '../../ui/HolderMark';
import { listHandlers } from '../../ui/list';
import { WEIGHT_COLUMNS } from '../../ui/object-columns';
import { PlaceLink } from '../../ui/PlaceLink';
import { RootName } from '../../ui/RootText';
import type { Column } from '../../ui/table/columns';
import { usePages } from '../../ui/table/row-source';
import { Table } from '../../ui/table/Table';
import { targetOf, useObjectRows } from '../../ui/use-object-rows';
import { ViewHead, ViewTools } from '../../ui/ViewHead';
import { RootTools } from './RootTools';

const COLUMNS: readonly Column<RootRow, RootColumn>[] = [
  {
    key: 'kind',
    title: 'Kind',
    width: '116px',
    filter: 'bss',
    cell: (row) => (
      <>
        <HolderMark holder={row.holder} />
        {row.kind}
        {row.weak && <span className="faint">weak</span>}
      </>
    ),
  },
  {
    key: 'name',
    title: 'Root',
    width: 'minmax(170px, 1.2fr)',
    filter: 'text or /re/',
    cell: (row) => <RootName root={row} />,
  },
  {
    key: 'target',
    title: 'Points at',
    width: '162px',
    filter: '0xc000',
    cell: (row) => (
      <>
        <AddressLink address={row.target} />
        {row.targetOffset !== 0 && <span className="faint">{formatOffset(row.targetOffset)}</span>}
      </>
    ),
  },
  ...WEIGHT_COLUMNS,
];

const KINDS: readonly RootKind[] = ['data', 'bss', 'stack', 'goroutine', 'finalizer', 'other'];

/** Single pointers from outside the heap into it: all of them, or those of one kind. */
export function RootsView({ place }: { place: PlaceOf<'roots'> }) {
  const { sort, filters, of } = place;
  const rows = useObjectRows<RootRow>(targetOf);
  const source = usePages('roots', (range) => [{ ...range, sort, filters, ...(of !== null && { of }) }]);
  const { dump, roots } = useSummary();
  const { kind, ...others } = filters;
  const choices = KINDS.map((key) => ({
    key: key,
    words: (
      <>
        {key} <Count value={roots[key]} />
      </>
    ),
  }));
  return (
    <>
      <ViewHead
        title="Roots"
        crumb={<PlaceLink to={places.rootKinds()}>Roots by kind</PlaceLink>}
        chips={of !== null && <Chip title={of.name}>{shortGoName(of.name)}</Chip>}
        facts={
          <>
            <Fact name="references into the heap">
              {source.total === null ? 'counting…' : <Count value={source.total} />}
            </Fact>
            <span>from globals, stacks, finalizers and the runtime</span>
          </>
        }
      />
      <ViewTools>
        <RootTools place={place} />
        <Segments
          label="Kind"
          choices={[{ key: '', words: 'All' }, ...choices]}
          current={kind?.replace('=', '') ?? ''}
          onChoose={(key) => {
            go({ ...place, selected: null, filters: key === '' ? others : { ...others, kind: key } });
          }}
        />
      </ViewTools>
      <div className="view-body">
        <Table
          label="Roots"
          what="roots"
          columns={COLUMNS}
          source={source}
          empty={absentPart(dump, 'globals') ?? 'No root of this dump points into the heap.'}
          {...listHandlers(place)}
          {...rows}
        />
      </div>
    </>
  );
}
