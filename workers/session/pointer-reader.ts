/** The pointers of single objects, read again from the file: memory keeps only which object leads to which. */
import { shallowSize, valueAddress, type HeapGraph } from '../graph/heap-graph';
import { PointerReader as ListReader } from '../graph/pointer-reader';
import { MemoryAccount } from '../lib/alloc';
import { NONE } from '../lib/none';

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

/** Reads from the graph's file. What was read last is kept: pages of one object's references are asked for one after the other. */
export function pointersInFile(graph: HeapGraph): PointerReader {
  let last = 0;
  let kept: Promise<Pointers> | null = null;
  return {
    of(objectId) {
      if (kept && last === objectId) return kept;
      const read = readPointers(graph, objectId);
      last = objectId;
      kept = read;
      read.catch(() => {
        if (kept === read) kept = null;
      });
      return read;
    },
  };
}

async function readPointers(graph: HeapGraph, objectId: number): Promise<Pointers> {
  const { referenceStart, referenceTarget, index, shapes, shapeId, contentsAt } = graph;
  const first = referenceStart[objectId];
  const count = referenceStart[objectId + 1] - first;
  const offset = new Float64Array(count);
  const targetOffset = new Float64Array(count);
  let at = 0;
  const visit = (place: number, word: number) => {
    if (index.objectAt(word) === NONE) return true;
    offset[at] = place - shapes.valueOffset[shapeId[objectId]];
    targetOffset[at] = word - valueAddress(graph, referenceTarget[first + at]);
    return ++at < count;
  };
  const slot = { contentsAt: contentsAt[objectId], size: shallowSize(graph, objectId) };
  if (count > 0) await new ListReader(graph.records, new MemoryAccount()).visit(slot, visit);
  return { offset, targetOffset };
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
