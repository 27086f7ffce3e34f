/**
 * What each cycle retains as a set: everything that is reached only through its members. Exact, by dominators of the condensation, where each
 * cycle is one vertex, named here by its lowest member. The condensation has no cycles, so dominators need no semi-NCA: in topological order the
 * immediate dominator is the nearest common ancestor of the referrers, found in O(log n) by jump pointers (Myers 1983). It is never built: the
 * walk reads the graph's own columns and takes all members of a cycle for one.
 *
 *   1. The region that cycles reach. A reference into it from outside comes from the pseudo-root as far as cycles are concerned, so the rest
 *      of the graph is left alone.
 *   2. Kahn's order over the region, with immediate dominators.
 *   3. Sums over the tree, backwards.
 *
 * Memory: at most 21 bytes an object while it runs.
 */
import type { MemoryAccount } from '../lib/alloc';
import { NONE } from '../lib/none';
import { withScratch, type Scratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';
import type { ObjectGraph } from './object-graph';
import type { Components, Reachability } from './results';
import { entryTiers, TIER_OF_HOLDER } from './tiers';

/** cycle → what would go if all its members went at once, they included */
export interface CycleRetained {
  readonly objects: Uint32Array;
  readonly bytes: Float64Array;
}

/** Retained sizes of all cycles; nothing is done where there are none. */
export function findCycleRetained(
  graph: ObjectGraph,
  reachability: Reachability,
  components: Components,
  account: MemoryAccount,
): Work<CycleRetained> {
  return withScratch(account, function* (scratch) {
    if (components.cycleCount === 0) return { objects: new Uint32Array(0), bytes: new Float64Array(0) };
    const condensation = new Condensation(graph, reachability, components);
    const region = yield* findRegion(condensation, scratch);
    const tree = yield* buildTree(condensation, region, entryTiers(graph, reachability, components), scratch);
    return yield* sumCycles(condensation, tree, scratch);
  });
}

/** The graph as seen when all members of a cycle are one: the lowest of them. */
class Condensation {
  constructor(
    readonly graph: ObjectGraph,
    private readonly reachability: Reachability,
    readonly components: Components,
  ) {}

  vertexOf(v: number): number {
    const cycle = this.components.cycleOf[v];
    return cycle === NONE ? v : this.components.member[this.components.memberStart[cycle]];
  }

  /** Whether a reference joins two vertices: not one that stays in a cycle, nor one from a lower tier into a higher. */
  counts(from: number, to: number): boolean {
    const { cycleOf } = this.components;
    const { holder } = this.reachability;
    if (cycleOf[from] === cycleOf[to] && cycleOf[from] !== NONE) return false;
    return TIER_OF_HOLDER[holder[from]] === TIER_OF_HOLDER[holder[to]];
  }
}

/** Phase 1: objectId → 1 for members of cycles and what they reach. */
function* findRegion(condensation: Condensation, scratch: Scratch): Work<Uint8Array> {
  const { graph, components } = condensation;
  const { referenceStart, referenceTarget } = graph;
  const region = scratch.uint8('region of cycles', graph.vertexCount);
  const queue = scratch.uint32('region queue', graph.objectCount);
  queue.set(components.member);
  let end = components.member.length;
  for (const v of components.member) region[v] = 1;
  for (let head = 0; head < end; head++) {
    const v = queue[head];
    for (let reference = referenceStart[v]; reference < referenceStart[v + 1]; reference++) {
      const w = referenceTarget[reference];
      if (region[w] === 1 || !condensation.counts(v, w)) continue;
      region[w] = 1;
      queue[end++] = w;
    }
    if ((head & SLICE_MASK) === 0) yield head;
  }
  scratch.release(queue);
  return region;
}

interface CondensedTree {
  /** The region's vertices, each after all that refers to it. */
  readonly order: Uint32Array;
  /** vertex → immediate dominator */
  readonly idom: Uint32Array;
}

/** Phase 2. */
function* buildTree(
  condensation: Condensation,
  region: Uint8Array,
  tiers: readonly Uint32Array[],
  scratch: Scratch,
): Work<CondensedTree> {
  const { graph, components } = condensation;
  const { vertexCount, referenceStart, referenceTarget } = graph;
  const { cycleOf, memberStart, member } = components;
  const { idom, pending } = yield* countReferrers(condensation, region, tiers, scratch);
  // A vertex waits until its turn comes and has a depth from then on: one column does for both.
  const depth = pending;
  const jump = scratch.uint32('condensation jump', vertexCount);
  const order = scratch.uint32('condensation order', graph.objectCount);
  let end = 0;
  for (let v = 1; v < vertexCount; v++) {
    if (region[v] === 1 && pending[v] === 0 && condensation.vertexOf(v) === v) order[end++] = v;
    if ((v & SLICE_MASK) === 0) yield v;
  }
  const single = new Uint32Array(1);
  let steps = 0;
  for (let head = 0; head < end; head++) {
    const c = order[head];
    const d = idom[c];
    depth[c] = depth[d] + 1;
    const j = jump[d];
    jump[c] = depth[d] - depth[j] === depth[j] - depth[jump[j]] ? jump[j] : d;
    single[0] = c;
    const cycle = cycleOf[c];
    const list = cycle === NONE ? single : member;
    const first = cycle === NONE ? 0 : memberStart[cycle];
    const last = cycle === NONE ? 1 : memberStart[cycle + 1];
    for (let i = first; i < last; i++) {
      const v = list[i];
      for (let reference = referenceStart[v]; reference < referenceStart[v + 1]; reference++) {
        if (!condensation.counts(v, referenceTarget[reference])) continue;
        const w = condensation.vertexOf(referenceTarget[reference]);
        idom[w] = idom[w] === NONE ? c : nearestCommonAncestor(idom[w], c, idom, jump, depth);
        if (--pending[w] === 0) order[end++] = w;
      }
      if ((++steps & SLICE_MASK) === 0) yield steps;
    }
  }
  scratch.release(region, jump, depth);
  return { order: order.subarray(0, end), idom };
}

/** vertex → how many references from the region it waits for, and 0 as its dominator already where an entry or another object leads to it */
function* countReferrers(
  condensation: Condensation,
  region: Uint8Array,
  tiers: readonly Uint32Array[],
  scratch: Scratch,
): Work<{ idom: Uint32Array; pending: Uint32Array }> {
  const { vertexCount, referrerStart, referrerSource } = condensation.graph;
  const idom = scratch.uint32('condensation idom', vertexCount);
  const pending = scratch.uint32('condensation depth', vertexCount);
  for (let v = 1; v < vertexCount; v++) {
    idom[v] = NONE;
    if ((v & SLICE_MASK) === 0) yield v;
  }
  for (let v = 1; v < vertexCount; v++) {
    if ((v & SLICE_MASK) === 0) yield v;
    if (region[v] === 0) continue;
    const w = condensation.vertexOf(v);
    for (let referrer = referrerStart[v]; referrer < referrerStart[v + 1]; referrer++) {
      const u = referrerSource[referrer];
      if (!condensation.counts(u, v)) continue;
      if (region[u] === 1) pending[w]++;
      else idom[w] = 0;
    }
  }
  for (const entries of tiers) for (const entry of entries) idom[condensation.vertexOf(entry)] = 0;
  return { idom, pending };
}

/** Vertices of equal depth have jumps of equal depth, so after levelling both climb together. */
function nearestCommonAncestor(a: number, b: number, idom: Uint32Array, jump: Uint32Array, depth: Uint32Array): number {
  while (depth[a] > depth[b]) a = depth[jump[a]] >= depth[b] ? jump[a] : idom[a];
  while (depth[b] > depth[a]) b = depth[jump[b]] >= depth[a] ? jump[b] : idom[b];
  while (a !== b) {
    const together = jump[a] === jump[b];
    a = together ? idom[a] : jump[a];
    b = together ? idom[b] : jump[b];
  }
  return a;
}

/** Phase 3. */
function* sumCycles(condensation: Condensation, { order, idom }: CondensedTree, scratch: Scratch): Work<CycleRetained> {
  const { graph, components } = condensation;
  const { shapeId, shapes, vertexCount } = graph;
  const { cycleCount, memberStart, member } = components;
  const objects = scratch.uint32('condensation objects', vertexCount);
  const bytes = scratch.float64('condensation bytes', vertexCount);
  for (let cycle = 0; cycle < cycleCount; cycle++) {
    const c = member[memberStart[cycle]];
    for (let i = memberStart[cycle]; i < memberStart[cycle + 1]; i++) bytes[c] += shapes.slotSize[shapeId[member[i]]];
    objects[c] = memberStart[cycle + 1] - memberStart[cycle];
  }
  for (let i = order.length - 1; i >= 0; i--) {
    const v = order[i];
    if (components.cycleOf[v] === NONE) {
      objects[v] += 1;
      bytes[v] += shapes.slotSize[shapeId[v]];
    }
    objects[idom[v]] += objects[v];
    bytes[idom[v]] += bytes[v];
    if ((i & SLICE_MASK) === 0) yield order.length - i;
  }
  const representative = memberStart.subarray(0, cycleCount).map((first) => member[first]);
  return {
    objects: representative.map((c) => objects[c]),
    bytes: Float64Array.from(representative, (c) => bytes[c]),
  };
}
