/**
 * What each holder alone keeps: the objects that roots of one owner reach and roots of no other do. The same as what a vertex for the owner,
 * put between the pseudo-root and the owner's roots, would dominate; but one marking is enough for all owners together.
 *
 *   1. Paint. Owner by owner, what its roots reach and no earlier owner did gets its colour. Where painting runs into another colour, that
 *      object is shared by two owners: it is put on a list.
 *   2. Spread. Everything that a shared object reaches is shared. An object that two owners reach is reached from such a meeting place: on
 *      the way from the second owner to it, the colour changes at one.
 *
 * Strong roots first, weak ones after; a reference from the weak tier into the strong one does not count. Each object is visited at most
 * twice, however many owners there are. 12 bytes an object while it runs.
 */
import type { MemoryAccount } from '../lib/alloc';
import { NONE } from '../lib/none';
import { withScratch, type Scratch } from '../lib/scratch';
import { sortRange } from '../lib/sorts';
import { SLICE_MASK, type Work } from '../lib/work';
import type { ObjectGraph } from './object-graph';
import { HOLDER, type Reachability } from './results';

/** owner → objects and shallow bytes that it alone holds */
export interface SoleHoldings {
  readonly objects: Float64Array;
  readonly bytes: Float64Array;
}

/** In the place of an owner: reached from roots of several. */
export const SHARED = NONE - 1;

/** `ownerOf` gives the owner, below `owners`, of a row of graph.roots. */
export function findSoleHoldings(
  graph: ObjectGraph,
  reachability: Reachability,
  owners: number,
  ownerOf: (root: number) => number,
  account: MemoryAccount,
): Work<SoleHoldings> {
  return withScratch(account, function* (scratch) {
    const byOwner = yield* rootsByOwner(graph, reachability, owners, ownerOf, account);
    scratch.adopt(byOwner);
    const colour = yield* paintAndSpread(graph, reachability, byOwner, ownerOf, scratch);
    return yield* sumByColour(graph, colour, owners);
  });
}

/** objectId → the one owner that reaches it, SHARED, or NONE; 4 bytes an object, which the caller releases. */
export function findSoleOwners(
  graph: ObjectGraph,
  reachability: Reachability,
  owners: number,
  ownerOf: (root: number) => number,
  account: MemoryAccount,
): Work<Uint32Array> {
  return withScratch(account, function* (scratch) {
    const byOwner = yield* rootsByOwner(graph, reachability, owners, ownerOf, account);
    scratch.adopt(byOwner);
    return scratch.keep(yield* paintAndSpread(graph, reachability, byOwner, ownerOf, scratch));
  });
}

/** objectId → the one owner that reaches it, SHARED, or NONE */
function* paintAndSpread(
  graph: ObjectGraph,
  { holder }: Reachability,
  byOwner: Uint32Array,
  ownerOf: (root: number) => number,
  scratch: Scratch,
): Work<Uint32Array> {
  const { objectCount, roots } = graph;
  const colour = scratch.uint32('owner of each object', objectCount + 1).fill(NONE);
  const queue = scratch.uint32('queue of an owner', objectCount);
  // an object can be met again and again: it is listed when it turns shared, which happens once
  const shared = scratch.uint32('shared objects', objectCount);
  let sharedCount = 0;

  // paint
  let owner = 0;
  let queued = 0;
  const meet = (v: number) => {
    if (colour[v] === NONE) {
      colour[v] = owner;
      queue[queued++] = v;
    } else if (colour[v] !== owner && colour[v] !== SHARED) {
      colour[v] = SHARED;
      shared[sharedCount++] = v;
    }
  };
  for (const root of byOwner) {
    owner = ownerOf(root);
    queued = 0;
    meet(roots.target[root]);
    for (let head = 0; head < queued; head++) {
      const v = queue[head];
      for (let reference = graph.referenceStart[v]; reference < graph.referenceStart[v + 1]; reference++) {
        const w = graph.referenceTarget[reference];
        if (!intoHigherTier(holder, v, w)) meet(w);
      }
      if ((head & SLICE_MASK) === 0) yield head;
    }
  }

  // spread
  for (let head = 0; head < sharedCount; head++) {
    const v = shared[head];
    for (let reference = graph.referenceStart[v]; reference < graph.referenceStart[v + 1]; reference++) {
      const w = graph.referenceTarget[reference];
      if (colour[w] === SHARED || intoHigherTier(holder, v, w)) continue;
      colour[w] = SHARED;
      shared[sharedCount++] = w;
    }
    if ((head & SLICE_MASK) === 0) yield head;
  }
  return colour;
}

/** Roots with those of one owner side by side, strong ones before all weak ones. */
function rootsByOwner(
  graph: ObjectGraph,
  { effectiveRoots }: Reachability,
  owners: number,
  ownerOf: (root: number) => number,
  account: MemoryAccount,
): Work<Uint32Array> {
  return withScratch(account, function* (scratch) {
    const place = scratch.float64('owners of roots', graph.roots.count);
    for (const root of effectiveRoots) place[root] = ownerOf(root) + (root < graph.roots.strongCount ? 0 : owners);
    const order = scratch.uint32('roots by owner', effectiveRoots.length);
    order.set(effectiveRoots);
    yield* sortRange(order, 0, order.length, place, false, account);
    return scratch.keep(order);
  });
}

/** A word in a stack that no list names never makes an object look shared that something strong holds. */
function intoHigherTier(holder: Uint8Array, from: number, to: number): boolean {
  return holder[from] === HOLDER.stackWord && holder[to] < HOLDER.stackWord;
}

function* sumByColour(graph: ObjectGraph, colour: Uint32Array, owners: number): Work<SoleHoldings> {
  const objects = new Float64Array(owners);
  const bytes = new Float64Array(owners);
  for (let v = 1; v <= graph.objectCount; v++) {
    if (colour[v] < SHARED) {
      objects[colour[v]]++;
      bytes[colour[v]] += graph.shapes.slotSize[graph.shapeId[v]];
    }
    if ((v & SLICE_MASK) === 0) yield v;
  }
  return { objects, bytes };
}
