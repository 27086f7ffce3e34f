import { CYCLE_CLASSES } from '../../../../workers/api';
import type { CycleColumn, CycleRow } from '../../../../workers/api';
import { useSummary } from '../../state/dump';
import { adjust, go } from '../../state/navigation';
import { places, select } from '../../state/place';
import type { PlaceOf } from '../../state/place';
import { Segments } from '../../ui/controls';
import { Bytes, Count, Fact } from '../../ui/figures';
import { CLASS_WORDS } from '../../ui/HolderMark';
import { listHandlers } from '../../ui/list';
import { usePages } from '../../ui/table/row-source';
import { Table } from '../../ui/table/Table';
import { ViewHead, ViewTools } from '../../ui/ViewHead';
import { CYCLE_COLUMNS } from './cycle-columns';
import { CycleMenu } from './CycleMenu';

/** Every cycle of the heap, by what it retains and what holds it. */
export function CyclesView({ place }: { place: PlaceOf<'cycles'> }) {
  const { sort, filters, selected } = place;
  const source = usePages('cycles', (range) => [{ ...range, sort, filters }]);
  return (
    <>
      <CyclesHead shown={Object.keys(filters).length > 0 ? source.total : null} />
      <ViewTools>
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

function CyclesHead({ shown }: { shown: number | null }) {
  const { cycles } = useSummary();
  return (
    <ViewHead
      title="Cycles"
      facts={
        <>
          {shown !== null && (
            <Fact name="shown">
              <Count value={shown} />
            </Fact>
          )}
          <Fact name={shown === null ? 'cycles' : 'of'}>
            <Count value={cycles.count} />
          </Fact>
          <Fact name="objects on them">
            <Count value={cycles.objects} />
          </Fact>
          <Fact name="own bytes">
            <Bytes value={cycles.bytes} />
          </Fact>
          <Fact name="largest">
            <Count value={cycles.largest} /> objects
          </Fact>
        </>
      }
    />
  );
}

/** Narrows to what holds the cycles; the same filter as that of the column. */
function ClassSegments({ place }: { place: PlaceOf<'cycles'> }) {
  const { class: current, ...others } = place.filters;
  const choices = [{ key: '', words: 'All' }, ...CYCLE_CLASSES.map((key) => ({ key, words: CLASS_WORDS[key] }))];
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
