import { useEffect } from 'react';
import type { RefObject } from 'react';
import { chooseAndOpen, useDump } from '../state/dump';
import { back, forward } from '../state/navigation';
import { openPalette, showKeys } from './frame-state';
import { viewKeys } from './view-keys';

/** The keys of the whole window, as the sheet shows them. */
export const KEYS: readonly { keys: string; does: string }[] = [
  { keys: 'Ctrl K', does: 'Search everything' },
  { keys: 'Ctrl G', does: 'Go to an address; one inside an object finds it' },
  { keys: 'Ctrl F', does: 'Filter this view' },
  { keys: 'Ctrl O', does: 'Open a dump' },
  { keys: 'Alt ←  Alt →', does: 'Back and forward' },
  { keys: '↑ ↓  Page ↑ ↓  Home End', does: 'Walk a table; what is walked over is selected' },
  { keys: 'Enter', does: 'Open the selected row' },
  { keys: '← →', does: 'Fold and unfold a row of a tree' },
  { keys: 'Menu, Shift F10', does: 'What can be done with the selected row' },
  { keys: '?', does: 'This sheet' },
];

/** Binds the window's keys; `main` is where Ctrl+F looks for a filter. ⌘ does what Ctrl does. */
export function useKeys(main: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const ofViews = viewKeys();
    const onKey = (event: KeyboardEvent): void => {
      if (act(event, main.current, ofViews)) event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
    };
  }, [main]);
}

/** Does what a key means; false for one that means nothing here. */
function act(event: KeyboardEvent, main: HTMLElement | null, ofViews: (event: KeyboardEvent) => boolean): boolean {
  if (event.altKey && event.key === 'ArrowLeft') return (back(), true);
  if (event.altKey && event.key === 'ArrowRight') return (forward(), true);
  if (event.ctrlKey || event.metaKey) return actWithControl(event.key.toLowerCase(), main);
  if (event.altKey || isTyping(event.target)) return false;
  if (event.key === '?') return (showKeys(true), true);
  return ofViews(event);
}

function actWithControl(key: string, main: HTMLElement | null): boolean {
  switch (key) {
    case 'k':
      openPalette('anything');
      return true;
    case 'g':
      openPalette('address');
      return true;
    case 'o':
      if (useDump.getState().host?.canChooseFiles) void chooseAndOpen();
      else openPalette('anything');
      return true;
    case 'f': {
      const filter = main?.querySelector<HTMLInputElement>('input[data-view-filter]');
      filter?.focus();
      filter?.select();
      return filter instanceof HTMLInputElement;
    }
    default:
      return false;
  }
}

/** Whether letters are meant for something else: a field, or what is open over the window. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [role=dialog], [role=menu]') !== null;
}
