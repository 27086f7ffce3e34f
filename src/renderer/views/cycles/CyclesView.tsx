import { holderWords } from '../../../../workers/api';
import type { CycleClass, CycleColumn, CycleGraph, CycleRow } from '../../../../workers/api';
import { useSummary } from '../../state/dump';
import { adjust, go } from '../../state/navigation';
import { places, select } from '../../state/place';
import type { PlaceOf } from '../../state/place';
import { Segments } from '../../ui/controls';
import { Bytes, Count, CycleLink, Fact } from '../../ui/figures';
import { listHandlers } from '../../ui/list';
import { PlaceLink } from '../../ui/PlaceLink';
import { usePages } from '../../ui/table/row-source';
import { Table } from '../../ui/table/Table';
import { ViewHead, ViewTools } from '../../ui/ViewHead';
import { CYCLE_COLUMNS } from './cycle-columns';
import { CycleTools } from './CycleTools';
import { CycleMenu } from './CycleMenu';

/** Single cycles, by what they retain and what keeps them: all of them, or those of one shape. */
export function CyclesView({ place }: { place: PlaceOf<'cycles'> }) {
  const { sort, filters, graph, like, selected } = place;
  const source = usePages('cycles', (range) => [{ ...range, sort, filters, graph, ...(like !== null && { like }) }]);
  return (
    <>
      <CyclesHead place={place} shown={source.total} bytes={source.bytes} />
      <ViewTools>
        <CycleTools place={place} />
        <ClassSegments place={place} />
      </ViewTools>
      <div className="view-body">
        <Table<CycleRow, CycleColumn>
          label="Cycles"
          what="cycles"
          columns={CYCLE_COLUMNS}
          source={source}
          empty="No objects of this dump refer to each other in a ring, and none to itself."
          {...listHandlers(place)}
          isSelected={(row) => selected?.kind === 'cycle' && selected.id === row.id}
          onSelect={(row) => {
            adjust(select(place, { kind: 'cycle', id: row.id }));
          }}
          onOpen={(row) => {
            go(places.cycle(row.id));
          }}
          menu={(row) => <CycleMenu cycle={row} />}
        />
      </div>
    </>
  );
}

interface CyclesHeadProps {
  place: PlaceOf<'cycles'>;
  shown: number | null;
  bytes: number | null;
}

function CyclesHead({ place, shown, bytes }: CyclesHeadProps) {
  const narrowed = place.like !== null || Object.keys(place.filters).length > 0;
  return (
    <ViewHead
      title="Cycles"
      crumb={place.like === null ? undefined : <PlaceLink to={places.shapes(place.graph)}>Shapes of cycles</PlaceLink>}
      facts={
        <>
          <Fact name={narrowed ? 'shown' : GRAPH_WORDS[place.graph]}>
            {shown === null ? 'counting…' : <Count value={shown} />}
          </Fact>
          {place.like !== null && (
            <span>
              of the same shape as <CycleLink id={place.like} />
            </span>
          )}
          {narrowed ? <Weight bytes={bytes} /> : <OfTheHeap alone={place.graph === 'heap'} />}
        </>
      }
    />
  );
}

function Weight({ bytes }: { bytes: number | null }) {
  return <Fact name="own bytes">{bytes === null ? 'counting…' : <Bytes value={bytes} />}</Fact>;
}

const GRAPH_WORDS: Record<CycleGraph, string> = { full: 'in the full graph', heap: 'in the heap alone' };

/** The summary counts the cycles of the heap alone. `alone`: their number stands there already. */
function OfTheHeap({ alone }: { alone: boolean }) {
  const { cycles } = useSummary();
  return (
    <>
      {!alone && (
        <Fact name={GRAPH_WORDS.heap}>
          <Count value={cycles.count} />
        </Fact>
      )}
      <Fact name="objects on these">
        <Count value={cycles.objects} />
      </Fact>
      <Fact name="own bytes">
        <Bytes value={cycles.bytes} />
      </Fact>
      <Fact name="largest">
        <Count value={cycles.largest} /> objects
      </Fact>
    </>
  );
}

/** The classes that most cycles have; the column's filter takes any. */
const CLASSES: readonly CycleClass[] = ['finalizer', 'goroutine', 'global', 'nothing', 'runtime'];

/** Narrows to what holds the cycles: the same filter as that of the column, in its words, so that all of them fit in one line. */
function ClassSegments({ place }: { place: PlaceOf<'cycles'> }) {
  const { class: current, ...others } = place.filters;
  const choices = [
    { key: '', words: 'All' },
    ...CLASSES.map((key) => ({ key, words: <span title={`held by ${holderWords(key)}`}>{key}</span> })),
  ];
  return (
    <Segments
      label="Held by"
      choices={choices}
      current={current ?? ''}
      onChoose={(key) => {
        go(select({ ...place, filters: key === '' ? others : { ...others, class: key } }, null));
      }}
    />
  );
}
