/** Shapes in words: what objects are called while nothing names them. */
import type { ShapeTable } from '../../graph/heap-graph';

/** Offsets that a shape's text lists; the rest is a count. */
export const SHAPE_OFFSETS = 8;

/** A shape in words. `offsets`: its first SHAPE_OFFSETS pointer offsets, counted from the value. */
export function shapeText(shapes: ShapeTable, shape: number, offsets: readonly number[]): string {
  const size = `${shapes.slotSize[shape]} B`;
  const pointers = shapes.pointerCount[shape];
  if (pointers === 0) return `${size}, no pointers`;
  const listed = offsets.map((offset) => `+${offset}`).join(' ');
  if (pointers <= SHAPE_OFFSETS) return `${size}, ${pointers === 1 ? 'pointer' : 'pointers'} at ${listed}`;
  return `${size}, pointers at ${listed} … (${pointers} pointers)`;
}
