import { go } from '../../state/navigation';
import { places } from '../../state/place';
import type { PlaceOf } from '../../state/place';
import { Segments } from '../../ui/controls';

const LEVELS = [
  { key: 'stacks', words: 'By stack' },
  { key: 'goroutines', words: 'Each goroutine' },
] as const;

/** What a list of goroutines is of: stacks or single ones. */
export function GoroutineTools({ place }: { place: PlaceOf<'stacks'> | PlaceOf<'goroutines'> }) {
  return (
    <Segments
      label="Rows"
      choices={LEVELS}
      current={place.view}
      onChoose={(level) => {
        go(level === 'stacks' ? places.stacks() : places.goroutines());
      }}
    />
  );
}
