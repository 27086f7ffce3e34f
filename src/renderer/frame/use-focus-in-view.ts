import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { Place } from '../state/place';

/** When what had the focus went away with its view, the table of the new view has it: the arrow keys go on working. */
export function useFocusInView(main: RefObject<HTMLElement | null>, place: Place): void {
  const thing = 'id' in place ? String(place.id) : 'address' in place ? place.address : '';
  const shown = useRef(`${place.view}${thing}`);
  useEffect(() => {
    const here = `${place.view}${thing}`;
    // The first view comes without anybody's doing.
    if (shown.current === here) return;
    shown.current = here;
    if (document.activeElement !== document.body) return;
    const grid = main.current?.querySelector<HTMLElement>('[role=grid], [role=treegrid]');
    (grid ?? main.current)?.focus({ preventScroll: true });
  }, [main, place.view, thing]);
}
