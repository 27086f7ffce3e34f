/** Who can still tell what an object without pointers is. Sweeps that look for such objects look at their referrers, and at no others. */
import type { HeapGraph } from '../../graph/heap-graph';
import { BitSet } from '../../lib/bit-set';
import type { Scratch } from '../../lib/scratch';
import { SLICE_MASK, type Work } from '../../lib/work';
import type { Assignments } from '../beliefs/assignments';
import type { ObjectShape } from '../types/object-shapes';

/** The objects that refer to one without pointers and without a type. One bit an object, for the caller to release. */
export function* findByteTellers(
  graph: HeapGraph,
  assignments: Assignments,
  shapes: readonly ObjectShape[],
  scratch: Scratch,
): Work<BitSet> {
  const { referrerStart, referrerSource, shapeId, objectCount } = graph;
  const tellers = new BitSet(scratch, 'objects that refer to bytes', graph.vertexCount);
  let steps = 0;
  for (let id = 1; id <= objectCount; id++) {
    if ((++steps & SLICE_MASK) === 0) yield steps;
    if (assignments.typeId[id] !== 0 || shapes[shapeId[id]].pointers > 0) continue;
    for (let at = referrerStart[id]; at < referrerStart[id + 1]; at++) {
      if ((++steps & SLICE_MASK) === 0) yield steps;
      tellers.add(referrerSource[at]);
    }
  }
  return tellers;
}
