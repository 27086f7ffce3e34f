import { useCallback } from 'react';
import type { KeyboardEvent } from 'react';

/** Arrow keys walk from the head of one card to the next, Home and End to the first and the last; Enter opens the one in focus by itself. */
export function useCardKeys(): (event: KeyboardEvent<HTMLElement>) => void {
  return useCallback((event) => {
    const heads = [...event.currentTarget.querySelectorAll<HTMLElement>('.finding-head')];
    const at = heads.findIndex((head) => head === document.activeElement);
    if (at < 0) return;
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: heads.length - 1 }[event.key];
    if (next === undefined || next < 0 || next >= heads.length) return;
    event.preventDefault();
    heads[next].focus();
  }, []);
}
