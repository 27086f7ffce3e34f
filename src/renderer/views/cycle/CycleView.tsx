import type { PlaceOf } from '../../state/place';
import { ViewHead } from '../../ui/ViewHead';

/** One cycle. */
export function CycleView({ place }: { place: PlaceOf<'cycle'> }) {
  return <ViewHead title={`Cycle ${place.id}`} />;
}
