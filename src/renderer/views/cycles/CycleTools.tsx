import { go } from '../../state/navigation';
import { places, select } from '../../state/place';
import type { PlaceOf } from '../../state/place';
import { Segments } from '../../ui/controls';

const LEVELS = [
  { key: 'shapes', words: 'Shapes' },
  { key: 'cycles', words: 'Each cycle' },
] as const;

const GRAPHS = [
  { key: 'full', words: <span title="With globals, goroutines that wait and finalizers on them">Full</span> },
  { key: 'heap', words: <span title="Objects and the pointers between them only">Heap only</span> },
] as const;

/** What a list of cycles is of: shapes or single cycles, of the full graph or of the heap alone. */
export function CycleTools({ place }: { place: PlaceOf<'shapes'> | PlaceOf<'cycles'> }) {
  return (
    <>
      <Segments
        label="Rows"
        choices={LEVELS}
        current={place.view}
        onChoose={(level) => {
          go(level === 'shapes' ? places.shapes(place.graph) : places.cycles({}, place.graph));
        }}
      />
      <Segments
        label="Graph"
        choices={GRAPHS}
        current={place.graph}
        onChoose={(graph) => {
          // a shape of one graph need not be one of the other
          go(select(place.view === 'cycles' ? { ...place, graph, like: null } : { ...place, graph }, null));
        }}
      />
    </>
  );
}
