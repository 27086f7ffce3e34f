import { go } from '../../state/navigation';
import { places } from '../../state/place';
import type { PlaceOf } from '../../state/place';
import { Segments } from '../../ui/controls';

const LEVELS = [
  { key: 'rootKinds', words: 'By kind' },
  { key: 'roots', words: 'Each root' },
] as const;

/** What a list of roots is of: kinds or single ones. */
export function RootTools({ place }: { place: PlaceOf<'rootKinds'> | PlaceOf<'roots'> }) {
  return (
    <Segments
      label="Rows"
      choices={LEVELS}
      current={place.view}
      onChoose={(level) => {
        go(level === 'rootKinds' ? places.rootKinds() : places.roots());
      }}
    />
  );
}
