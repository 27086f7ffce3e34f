import type { PlaceOf } from '../../state/place';
import { ViewHead } from '../../ui/ViewHead';

/** One object. */
export function ObjectView({ place }: { place: PlaceOf<'object'> }) {
  return <ViewHead title={place.address} />;
}
