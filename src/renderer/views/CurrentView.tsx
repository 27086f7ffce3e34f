import { usePlace } from '../state/navigation';
import type { PlaceOf, ViewName } from '../state/place';
import { VIEWS } from './registry';

/** The view of the current place. */
export function CurrentView() {
  const place = usePlace();
  return viewOf(place.view, place);
}

function viewOf<Name extends ViewName>(name: Name, place: PlaceOf<Name>) {
  const { View, which } = VIEWS[name];
  return <View key={which(place)} place={place} />;
}
