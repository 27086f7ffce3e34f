/** Which objects have a finalizer. */
import type { FinalizerRecord } from '../../dump/records';
import type { HeapGraph } from '../../graph/heap-graph';
import { NONE } from '../../lib/none';

/** objectId → its finalizer, registered or queued. */
export type FinalizerIndex = ReadonlyMap<number, FinalizerRecord>;

/** A finalizer's address is its value's: after a malloc header, or inside a block of tiny values, so it is looked up by range. */
export function indexFinalizers(graph: HeapGraph): FinalizerIndex {
  const index = new Map<number, FinalizerRecord>();
  for (const finalizer of graph.records.finalizers) {
    const objectId = graph.index.objectAt(finalizer.object);
    if (objectId !== NONE) index.set(objectId, finalizer);
  }
  return index;
}
