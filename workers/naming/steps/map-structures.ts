/** Maps whose type nothing tells are maps all the same: headers by their structure, then their directories, tables and entries. */
import { NONE } from '../../lib/none';
import { valueAddress } from '../../graph/heap-graph';
import { SOURCE } from '../beliefs/assignments';
import { readMapHeader } from './map-headers';
import type { ObjectShape } from '../types/object-shapes';
import { eachObject } from '../../graph/contents/each-object';
import type { Propagation } from './propagation';
import { slotFor } from '../../go/size-classes';

/** Names the headers that are still without a type; walking them names their parts. */
export async function tellMapStructures(
  walk: Propagation,
  shapes: readonly ObjectShape[],
  checkpoint: () => void | Promise<void>,
): Promise<void> {
  const { graph, windows, assignments, known } = walk;
  const { unknownMap, layout } = known;
  const { mask, bytes } = layout.maps.header;
  const alike = shapes.map((shape) => looksLike(shape, mask, bytes));
  const visit = (objectId: number, position: number): void => {
    const header = readMapHeader(windows, position, layout.maps);
    if (!header || graph.index.objectAt(header.pointer) === NONE) return;
    walk.tell(valueAddress(graph, objectId), unknownMap, 1, SOURCE.structure, { objectId: NONE, offset: 0 });
  };
  const wanted = (objectId: number): boolean => assignments.typeId[objectId] === 0 && alike[graph.shapeId[objectId]];
  await eachObject(windows, checkpoint, visit, wanted);
}

/** Does a shape list exactly these pointers, in a slot for so many bytes? */
export function looksLike(shape: ObjectShape, mask: Uint32Array, bytes: number): boolean {
  const { offsets, slotSize, valueSize } = shape;
  if (!offsets || offsets.length !== mask.length || slotSize !== slotFor(bytes) || valueSize !== slotSize) return false;
  return mask.every((offset, i) => offsets[i] === offset);
}
