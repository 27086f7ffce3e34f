/**
 * Lists taller than a browser can scroll. Chromium lays out 33,554,432 px at most and keeps scroll positions as floats, exact to 2^24 px; a list
 * of a million rows is 28 million px. So a scroller has room for MAX_SLOTS rows, and a longer list slides under it: `shift` is the row that
 * stands in slot 0. Small movements (wheel, keys) move by whole rows as anywhere else; a large one (the thumb dragged) goes to that share of the
 * list. The pages only fix where the shift changes, so that both ends are reached exactly.
 *
 * All lengths are in rows; positions may be fractions.
 */

/** @internal */
export const MAX_SLOTS = 500_000;

/** Slots between two changes of the shift. */
const PAGE = 5_000;

/** Slots that a scroller needs for so many rows. */
export function slotsFor(rows: number): number {
  return Math.min(rows, MAX_SLOTS);
}

export interface Position {
  /** Row in slot 0. */
  shift: number;
  /** Slot at the top edge. */
  top: number;
}

/** Where the scroller stands when `row` is at its top edge. */
export function positionOf(row: number, rows: number): Position {
  const page = Math.min(Math.floor(row / PAGE), pageCount(rows) - 1);
  const shift = shiftOf(page, rows);
  return { shift, top: row - shift };
}

/** Where it stands after being scrolled from `before` to slot `top`; `height` is the number of slots in sight. */
export function scrolled(before: Position, top: number, height: number, rows: number): Position {
  if (rows <= MAX_SLOTS) return { shift: 0, top };
  if (Math.abs(top - before.top) < height) return positionOf(Math.max(before.shift + top, 0), rows);
  const share = top / Math.max(MAX_SLOTS - height, 1);
  const page = Math.min(Math.floor((share * (rows - height)) / PAGE), pageCount(rows) - 1);
  return { shift: shiftOf(page, rows), top };
}

function pageCount(rows: number): number {
  return Math.max(Math.ceil(rows / PAGE), 1);
}

/** Grows evenly from 0 on the first page to all that is too much on the last. */
function shiftOf(page: number, rows: number): number {
  const excess = Math.max(rows - MAX_SLOTS, 0);
  return excess === 0 ? 0 : Math.round((page * excess) / (pageCount(rows) - 1));
}
