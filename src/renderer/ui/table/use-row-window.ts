import { useVirtualizer } from '@tanstack/react-virtual';
import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { positionOf, scrolled, slotsFor } from './tall';
import type { Position } from './tall';

/** Pixels of a row, as in the stylesheet's --row. */
export const ROW_PX = 28;

export interface RowWindow {
  /** Height of the whole list as far as the scroller can have it. */
  height: number;
  /** Rows in sight and a few around them, with their distance from the top of the list. */
  rows: { index: number; top: number }[];
  /** Rows that fit between head and bottom edge. */
  inSight: number;
  /** First row under the head. */
  first: number;
  /** Moves as little as brings a row into sight. */
  reveal: (index: number) => void;
}

/** Keeps only the rows in sight in the document; of lists taller than a browser can scroll too (see `tall`). */
export function useRowWindow(scroller: RefObject<HTMLDivElement | null>, count: number, head: number): RowWindow {
  const slots = slotsFor(count);
  const [shift, setShift] = useState(0);
  const virtualizer = useVirtualizer({
    count: slots,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
    scrollPaddingEnd: head,
    initialOffset: 0,
  });
  const inSight = Math.max(Math.floor(((virtualizer.scrollRect?.height ?? 0) - head) / ROW_PX), 1);
  const top = (virtualizer.scrollOffset ?? 0) / ROW_PX;
  const live = useShift(scroller, virtualizer, count, inSight, setShift);
  const items = virtualizer.getVirtualItems();
  const bounded = Math.min(shift, count - slots);
  return {
    height: slots * ROW_PX,
    rows: items.map((item) => ({ index: item.index + bounded, top: item.start })),
    inSight,
    first: Math.floor(top) + bounded,
    reveal: (index) => {
      const { shift: from, top: at } = live.current;
      const slot = index - from;
      if (slot >= 0 && slot < slots) {
        virtualizer.scrollToIndex(slot);
        return;
      }
      const next = positionOf(index, count);
      live.current = { ...next, top: at };
      setShift(next.shift);
      virtualizer.scrollToIndex(next.top);
    },
  };
}

/** Follows the scroller and moves the shift of a list that is too long for it. */
function useShift(
  scroller: RefObject<HTMLDivElement | null>,
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  count: number,
  inSight: number,
  setShift: (shift: number) => void,
): RefObject<Position> {
  const live = useRef<Position>({ shift: 0, top: 0 });
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const follow = (): void => {
      const top = element.scrollTop / ROW_PX;
      const next = scrolled(live.current, top, inSight, count);
      live.current = next;
      setShift(next.shift);
      if (next.top !== top) virtualizer.scrollToOffset(next.top * ROW_PX);
    };
    element.addEventListener('scroll', follow, { passive: true });
    return () => {
      element.removeEventListener('scroll', follow);
    };
  }, [scroller, virtualizer, count, inSight, setShift]);
  return live;
}
