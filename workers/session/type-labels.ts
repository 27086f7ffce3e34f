/**
 * What is known of each object's type, as few distinct labels. Everything that shows, filters or groups by type goes through here, so that
 * names can come without touching it.
 */
import type { TypeLabel } from '../api/values';
import type { HeapGraph, ShapeTable } from '../graph/heap-graph';

export interface TypeLabels {
  /** Distinct labels; they are numbered 0 … count - 1 by the first object that has them. */
  readonly count: number;
  /** The label of an object. */
  labelOf(objectId: number): number;
  /** A label itself. Callers must not change it. */
  label(label: number): TypeLabel;
}

/** Offsets that a shape's text lists; the rest is a count. */
export const SHAPE_OFFSETS = 8;

/**
 * Labels by shape alone. Two shapes that read the same (equal sizes, equal counts, equal first offsets) share a label.
 * `offsetsOf` holds, by shape, the first SHAPE_OFFSETS pointer offsets counted from the value.
 */
export function labelsByShape(graph: HeapGraph, offsetsOf: readonly (readonly number[])[]): TypeLabels {
  const { shapes, shapeId } = graph;
  const labelOfShape = new Uint32Array(shapes.count);
  const labels: TypeLabel[] = [];
  const known = new Map<string, number>();
  for (const shape of usedShapes(graph)) {
    const text = shapeText(shapes, shape, offsetsOf[shape]);
    let label = known.get(text);
    if (label === undefined) {
      label = labels.push({ type: null, evidence: 'shape', shape: text }) - 1;
      known.set(text, label);
    }
    labelOfShape[shape] = label;
  }
  return {
    count: labels.length,
    labelOf: (objectId) => labelOfShape[shapeId[objectId]],
    label: (label) => labels[label],
  };
}

/** Shapes that objects have, by the first object of each: phantoms had shapes too, and the pseudo-root has one. */
function usedShapes({ objectCount, shapeId, shapes }: HeapGraph): number[] {
  const seen = new Uint8Array(shapes.count);
  const used: number[] = [];
  for (let id = 1; id <= objectCount; id++) {
    if (seen[shapeId[id]] === 0) used.push(shapeId[id]);
    seen[shapeId[id]] = 1;
  }
  return used;
}

/** The label of one object. */
export function typeLabel(labels: TypeLabels, objectId: number): TypeLabel {
  return labels.label(labels.labelOf(objectId));
}

/** What a person reads as the type: the name, or the shape while there is none. */
export function typeText(label: TypeLabel): string {
  return label.type ?? label.shape;
}

function shapeText(shapes: ShapeTable, shape: number, offsets: readonly number[]): string {
  const size = `${shapes.slotSize[shape]} B`;
  const pointers = shapes.pointerCount[shape];
  if (pointers === 0) return `${size}, no pointers`;
  const listed = offsets.map((offset) => `+${offset}`).join(' ');
  if (pointers <= SHAPE_OFFSETS) return `${size}, ${pointers === 1 ? 'pointer' : 'pointers'} at ${listed}`;
  return `${size}, pointers at ${listed} … (${pointers} pointers)`;
}
