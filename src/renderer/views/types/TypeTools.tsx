import { go } from '../../state/navigation';
import { places } from '../../state/place';
import type { PlaceOf } from '../../state/place';
import { Segments } from '../../ui/controls';
import { ViewTools } from '../../ui/ViewHead';

const LEVELS = [
  { key: 'types', words: 'Each type' },
  { key: 'packages', words: 'By package' },
] as const;

/** What a row of the list stands for. */
export function TypeTools({ place }: { place: PlaceOf<'types'> | PlaceOf<'packages'> }) {
  return (
    <ViewTools>
      <Segments
        label="Rows"
        choices={LEVELS}
        current={place.view}
        onChoose={(level) => {
          go(level === 'types' ? places.types() : places.packages());
        }}
      />
    </ViewTools>
  );
}
