/**
 * Distance of each object from the effective roots: breadth-first search, 1 for what a root points at. The strong tier first, then the weak
 * one, so that no stale word shortens the way to a live object. 4 bytes an object while it runs, besides the result.
 */
import type { MemoryAccount } from '../lib/alloc';
import { NONE } from '../lib/none';
import { withScratch, type Scratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';
import type { ObjectGraph } from './object-graph';
import type { Reachability } from './results';

/** objectId → references from the nearest effective root; NONE for what no root reaches; 0 for the pseudo-root */
export function findDistances(
  graph: ObjectGraph,
  reachability: Reachability,
  account: MemoryAccount,
): Work<Uint32Array> {
  return withScratch(account, (scratch) => measure(graph, reachability, scratch));
}

function* measure(graph: ObjectGraph, { effectiveRoots }: Reachability, scratch: Scratch): Work<Uint32Array> {
  const { objectCount, roots } = graph;
  const distance = scratch.uint32('distance', objectCount + 1);
  for (let v = 1; v <= objectCount; v++) {
    distance[v] = NONE;
    if ((v & SLICE_MASK) === 0) yield v;
  }
  const queue = scratch.uint32('distance queue', objectCount);
  for (const tier of [effectiveRoots.subarray(0, roots.strongCount), effectiveRoots.subarray(roots.strongCount)]) {
    let queued = 0;
    for (const root of tier) {
      const target = roots.target[root];
      if (distance[target] !== NONE) continue;
      distance[target] = 1;
      queue[queued++] = target;
    }
    yield* spread(graph, distance, queue, queued);
  }
  return scratch.keep(distance);
}

function* spread(graph: ObjectGraph, distance: Uint32Array, queue: Uint32Array, queued: number): Work<void> {
  const { referenceStart, referenceTarget } = graph;
  let end = queued;
  for (let head = 0; head < end; head++) {
    const v = queue[head];
    for (let reference = referenceStart[v]; reference < referenceStart[v + 1]; reference++) {
      const w = referenceTarget[reference];
      if (distance[w] !== NONE) continue;
      distance[w] = distance[v] + 1;
      queue[end++] = w;
    }
    if ((head & SLICE_MASK) === 0) yield head;
  }
}
