/** The pointers of single objects, read again from the file: memory keeps only which object leads to which. */
import type { HeapGraph } from '../graph/heap-graph';

/** An object's pointers into the heap, in the order of its row of references: pointer i is reference referenceStart + i. */
export interface Pointers {
  /** pointer → its offset in the object's value */
  readonly offset: Float64Array;
  /** pointer → how far into the value of its target it leads */
  readonly targetOffset: Float64Array;
}

export interface PointerReader {
  /** Rejects with `CannotRead` where the file cannot be read any more. */
  of(objectId: number): Promise<Pointers>;
}

/**
 * The reference, as an index of referenceTarget, that an entry of an object's referrers stands for. Referrers from one source lie side by
 * side; the first of them is the first reference to the object, and so on.
 */
export function referenceOfReferrer(graph: HeapGraph, objectId: number, referrer: number): number {
  const { referenceStart, referenceTarget, referrerStart, referrerSource } = graph;
  const source = referrerSource[referrer];
  let skip = 0;
  while (referrer - skip > referrerStart[objectId] && referrerSource[referrer - skip - 1] === source) skip++;
  let reference = referenceStart[source];
  for (; reference < referenceStart[source + 1]; reference++) {
    if (referenceTarget[reference] === objectId && skip-- === 0) break;
  }
  return reference;
}
