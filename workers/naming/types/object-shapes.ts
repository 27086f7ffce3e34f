/** The pointer lists of a graph's shapes, read once: what the fit test compares types with. */
import type { HeapGraph } from '../../graph/heap-graph';

export interface ObjectShape {
  slotSize: number;
  /** Bytes from where the value begins to the end of the slot. */
  valueSize: number;
  /** Pointer words that the dump lists. */
  pointers: number;
  /** Their offsets from where the value begins, ascending; null where they are too many to keep. */
  offsets: Uint32Array | null;
  /** True where the runtime repeats the element's mask up to the end of the slot (malloc header or a span of its own, Go ≥ 1.22). */
  tiled: boolean;
}

/** Pointer lists longer than this stay in the file. */
const LONGEST_LIST = 1 << 20;
const LARGEST_CLASS = 32768;

/**
 * Reads all shapes of a graph.
 * @param offsetsOf reads the listed offsets of a shape, counted from the slot
 * @param headers whether malloc headers are in use: from Go 1.22 on
 */
export async function readObjectShapes(
  graph: HeapGraph,
  offsetsOf: (shapeId: number) => Promise<Uint32Array>,
  headers: boolean,
): Promise<ObjectShape[]> {
  const { shapes } = graph;
  const all: ObjectShape[] = [];
  for (let id = 0; id < shapes.count; id++) {
    const slotSize = shapes.slotSize[id];
    const valueOffset = shapes.valueOffset[id];
    const pointers = shapes.pointerCount[id];
    const offsets = pointers > LONGEST_LIST ? null : pointers === 0 ? new Uint32Array(0) : await offsetsOf(id);
    all.push({
      slotSize,
      valueSize: slotSize - valueOffset,
      pointers,
      offsets: valueOffset === 0 || offsets === null ? offsets : offsets.map((offset) => offset - valueOffset),
      tiled: headers && pointers > 0 && (valueOffset > 0 || slotSize > LARGEST_CLASS),
    });
  }
  return all;
}
