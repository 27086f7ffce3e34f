import { useEffect } from 'react';
import { baseName, useOpenDump } from '../state/dump';
import type { Place, PlaceOf, ViewName } from '../state/place';
import { VIEWS } from '../views/registry';

/** Names the window, its tab and its entry in the browser's history after the place and the dump. */
export function useTitle(place: Place): void {
  const { file } = useOpenDump();
  const title = `${titleOf(place.view, place)} · ${baseName(file)} · Heapknot`;
  useEffect(() => {
    document.title = title;
    return () => {
      document.title = 'Heapknot';
    };
  }, [title]);
}

/** `Cycle 7`, `Types`. */
function titleOf<View extends ViewName>(view: View, place: PlaceOf<View>): string {
  const { word, which } = VIEWS[view];
  const one = which(place);
  return one === null ? word : `${word} ${one}`;
}
