import { absentPart } from '../../../../workers/api';
import type { GoroutineKindColumn, GoroutineKindRow } from '../../../../workers/api';
import { useSummary } from '../../state/dump';
import { adjust, go } from '../../state/navigation';
import { places } from '../../state/place';
import type { Place, PlaceOf } from '../../state/place';
import { Count, Fact } from '../../ui/figures';
import { listHandlers } from '../../ui/list';
import { usePages } from '../../ui/table/row-source';
import { Table } from '../../ui/table/Table';
import { ViewHead, ViewTools } from '../../ui/ViewHead';
import { GoroutineTools } from './GoroutineTools';
import { OpenedStack } from './OpenedStack';
import { STACK_COLUMNS } from './stack-columns';
import '../../ui/lens.css';

/** Goroutines by stack: one row for all that stand at the same calls and that the same go statement started. */
export function StacksView({ place }: { place: PlaceOf<'stacks'> }) {
  const { sort, filters, opened } = place;
  const source = usePages('goroutineKinds', (range) => [{ ...range, sort, filters }]);
  const { dump, goroutines } = useSummary();
  const row = source.loaded.find(({ first }) => first === opened);
  return (
    <>
      <ViewHead
        title="Goroutines"
        facts={
          <>
            <Fact name="stacks">{source.total === null ? 'counting…' : <Count value={source.total} />}</Fact>
            <Fact name="goroutines">
              <Count value={goroutines.total} />
            </Fact>
            <Fact name="of the runtime">
              <Count value={goroutines.system} />
            </Fact>
            <span>alone: what only they reach; reaches: all that they do</span>
          </>
        }
      />
      <ViewTools>
        <GoroutineTools place={place} />
      </ViewTools>
      <div className="view-body lens">
        <div className="lens-list">
          <Table<GoroutineKindRow, GoroutineKindColumn>
            label="Goroutines by stack"
            what="stacks"
            columns={STACK_COLUMNS}
            source={source}
            empty={absentPart(dump, 'goroutines and their stacks') ?? 'This dump holds no goroutines.'}
            {...listHandlers(place)}
            isSelected={({ first }) => first === opened}
            onSelect={({ first }) => {
              adjust({ ...place, opened: first });
            }}
            onOpen={(opening) => {
              go(openedStack(opening));
            }}
          />
        </div>
        {row !== undefined && <OpenedStack key={row.first} place={place} row={row} />}
      </div>
    </>
  );
}

/** The goroutines of a stack; the goroutine itself where it is the only one. */
function openedStack({ count, first }: GoroutineKindRow): Place {
  return count === 1 ? places.goroutine(first) : places.goroutinesLike(first);
}
