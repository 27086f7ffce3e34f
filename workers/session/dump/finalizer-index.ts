/** Which objects have a finalizer. */
import type { HeapGraph } from '../../graph/heap-graph';
import { NONE } from '../../lib/none';

/** objectId → its finalizer, registered or queued, as an index of records.finalizers */
export type FinalizerIndex = ReadonlyMap<number, number>;

/** A finalizer's address is its value's: after a malloc header, or inside a block of tiny values, so it is looked up by range. */
export function indexFinalizers({ index, records }: Pick<HeapGraph, 'index' | 'records'>): FinalizerIndex {
  const finalizerOf = new Map<number, number>();
  for (const [at, finalizer] of records.finalizers.entries()) {
    const objectId = index.objectAt(finalizer.object);
    if (objectId !== NONE) finalizerOf.set(objectId, at);
  }
  return finalizerOf;
}
