/** The current Place, kept in step with the browser's history: one entry a step, so its own back and forward buttons work too. */
import { create } from 'zustand';
import type { Place } from './place';
import { placeFromHash, placeToHash } from './place-url';

interface Navigation {
  place: Place;
  /** Steps back and forward that are possible inside this window. */
  step: number;
  lastStep: number;
}

export const useNavigation = create<Navigation>(() => ({ place: placeFromHash(''), step: 0, lastStep: 0 }));

/** The current place. */
export function usePlace(): Place {
  return useNavigation((state) => state.place);
}

/** The current place, outside of a component's rendering. */
export function currentPlace(): Place {
  return useNavigation.getState().place;
}

/**
 * Goes to a place. `replace` overwrites the present step instead of adding one: for what a person does in passing (a selection, a filter
 * being typed), so that back leads to the previous view and not through each key pressed.
 */
export function go(place: Place, how: 'push' | 'replace' = 'push'): void {
  const hash = placeToHash(place);
  const { step } = useNavigation.getState();
  if (hash === location.hash || how === 'replace') {
    history.replaceState({ step }, '', hash);
    useNavigation.setState({ place });
    return;
  }
  history.pushState({ step: step + 1 }, '', hash);
  useNavigation.setState({ place, step: step + 1, lastStep: step + 1 });
}

/** Changes the current place in passing. */
export function adjust(place: Place): void {
  go(place, 'replace');
}

export function back(): void {
  if (useNavigation.getState().step > 0) history.back();
}

export function forward(): void {
  const { step, lastStep } = useNavigation.getState();
  if (step < lastStep) history.forward();
}

/** Takes the first place from the URL and follows the browser's own navigation. Call once, after the connection has taken its token out. */
export function followHistory(): void {
  const arrive = (step: number, lastStep: number): void => {
    useNavigation.setState({ place: placeFromHash(location.hash), step, lastStep });
  };
  const follow = (): void => {
    const { step: left, lastStep } = useNavigation.getState();
    const step = stepOf(history.state);
    if (step !== null) {
      arrive(step, Math.max(step, lastStep));
      return;
    }
    // a link that was opened in this tab, or an address that was typed: a step of its own, after which there is none
    history.replaceState({ step: left + 1 }, '');
    arrive(left + 1, left + 1);
  };
  const first = stepOf(history.state) ?? 0;
  history.replaceState({ step: first }, '');
  arrive(first, first);
  addEventListener('popstate', follow);
}

/** The step that an entry of the history is; null for one that this page has not made. */
function stepOf(state: unknown): number | null {
  if (typeof state !== 'object' || state === null || !('step' in state)) return null;
  return typeof state.step === 'number' ? state.step : null;
}
