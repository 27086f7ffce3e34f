/**
 * What a set of objects retains together: what would go if all of them went at once, they included. More than the union of what each retains,
 * for two of them may share what nobody else refers to. Trial deletion (Bacon and Rajan 2001), without counts:
 *
 *   1. Region: everything that the members reach.
 *   2. Rescued: objects of the region, members apart, that a root or an object outside the region refers to.
 *   3. What rescued objects reach is rescued too, except members. The rest of the region goes.
 *
 * Linear in the region and its references, whatever the size of the heap. 5 bytes an object while it runs.
 */
import type { MemoryAccount } from '../lib/alloc';
import { withScratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';
import type { ObjectGraph } from './object-graph';
import type { Reachability } from './results';
import type { RootLookup } from './root-paths';
import { TIER_OF_HOLDER } from './tiers';

export interface JointRetained {
  readonly objects: number;
  /** Shallow bytes. */
  readonly bytes: number;
}

const OUTSIDE = 0;
const REGION = 1;
const RESCUED = 2;
const MEMBER = 3;

/**
 * `members` may repeat. `goesToo` tells which rows of graph.roots go with the members; `onGone` hears of each object that would go, in no
 * particular order.
 */
export function findJointRetained(
  graph: ObjectGraph,
  { holder }: Reachability,
  rootsOf: RootLookup,
  members: Iterable<number>,
  goesToo: (root: number) => boolean,
  account: MemoryAccount,
  onGone: (objectId: number) => void = () => undefined,
): Work<JointRetained> {
  return withScratch(account, function* (scratch) {
    const { referenceStart, referenceTarget, referrerStart, referrerSource, objectCount, shapes, shapeId } = graph;
    const state = scratch.uint8('states of joint retention', objectCount + 1);
    const region = scratch.uint32('region of joint retention', objectCount);
    let end = 0;
    let steps = 0;

    // 1
    for (const v of members) {
      if ((++steps & SLICE_MASK) === 0) yield steps;
      if (state[v] === MEMBER) continue;
      state[v] = MEMBER;
      region[end++] = v;
    }
    for (let head = 0; head < end; head++) {
      const v = region[head];
      for (let reference = referenceStart[v]; reference < referenceStart[v + 1]; reference++) {
        const w = referenceTarget[reference];
        if ((++steps & SLICE_MASK) === 0) yield steps;
        if (state[w] !== OUTSIDE || TIER_OF_HOLDER[holder[w]] !== TIER_OF_HOLDER[holder[v]]) continue;
        state[w] = REGION;
        region[end++] = w;
      }
    }

    // 2
    const queue = scratch.uint32('queue of joint retention', end);
    let rescued = 0;
    const rescue = (v: number): void => {
      state[v] = RESCUED;
      queue[rescued++] = v;
    };
    for (let at = 0; at < end; at++) {
      const v = region[at];
      if ((++steps & SLICE_MASK) === 0) yield steps;
      if (state[v] !== REGION) continue;
      const tier = TIER_OF_HOLDER[holder[v]];
      let held = hasOtherRoot(rootsOf.ofObject(v), goesToo);
      for (let i = referrerStart[v]; i < referrerStart[v + 1] && !held; i++) {
        if ((++steps & SLICE_MASK) === 0) yield steps;
        const u = referrerSource[i];
        held = state[u] === OUTSIDE && TIER_OF_HOLDER[holder[u]] === tier;
      }
      if (held) rescue(v);
    }

    // 3
    for (let head = 0; head < rescued; head++) {
      const v = queue[head];
      const tier = TIER_OF_HOLDER[holder[v]];
      for (let reference = referenceStart[v]; reference < referenceStart[v + 1]; reference++) {
        if ((++steps & SLICE_MASK) === 0) yield steps;
        const w = referenceTarget[reference];
        if (state[w] === REGION && TIER_OF_HOLDER[holder[w]] === tier) rescue(w);
      }
    }

    let objects = 0;
    let bytes = 0;
    for (let at = 0; at < end; at++) {
      const v = region[at];
      if ((++steps & SLICE_MASK) === 0) yield steps;
      if (state[v] === RESCUED) continue;
      objects++;
      bytes += shapes.slotSize[shapeId[v]];
      onGone(v);
    }
    return { objects, bytes };
  });
}

function hasOtherRoot(roots: Iterable<number>, goesToo: (root: number) => boolean): boolean {
  for (const root of roots) if (!goesToo(root)) return true;
  return false;
}
