/**
 * What each cycle retains as a set: everything that is reached only through its members. Exact, by dominators of the condensation, where each
 * cycle is one vertex. The condensation has no cycles, so dominators need no semi-NCA: in topological order the
 * immediate dominator is the nearest common ancestor of the referrers, found in O(log n) by jump pointers. It is never built: the
 * walk reads the graph's own columns and takes all members of a cycle for one.
 *
 *   1. Depth-first search from the members of cycles. What it comes to is the region that matters: a reference into it from outside comes from
 *      the pseudo-root as far as cycles are concerned. A vertex of the condensation is numbered when the search leaves its first member, so
 *      each has a lower number than all that refers to it.
 *   2. Immediate dominators, from the highest number down: nearest common ancestors of the referrers.
 *   3. Sums over the tree, from the lowest number up, and the nearest cycle above each, from the highest down.
 *
 * Memory: at most 20 bytes an object while it runs.
 */
import type { MemoryAccount } from '../lib/alloc';
import { NONE } from '../lib/none';
import { withScratch, type Scratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';
import { hangBelow, nearestCommonAncestor } from './jump-pointers';
import type { ObjectGraph } from './object-graph';
import type { Components, Reachability } from './results';
import { entryTiers, TIER_OF_HOLDER } from './tiers';

/** cycle → what would go if all its members went at once, they included */
export interface CycleRetained {
  readonly objects: Uint32Array;
  readonly bytes: Float64Array;
  /** cycle → the nearest other cycle that takes it along when it goes; NONE where none does */
  readonly above: Uint32Array;
}

/** Retained sizes of all cycles; nothing is done where there are none. */
export function findCycleRetained(
  graph: ObjectGraph,
  reachability: Reachability,
  components: Components,
  account: MemoryAccount,
): Work<CycleRetained> {
  return withScratch(account, function* (scratch) {
    if (components.cycleCount === 0)
      return { objects: new Uint32Array(0), bytes: new Float64Array(0), above: new Uint32Array(0) };
    const region = yield* numberRegion(graph, components, scratch);
    const idom = yield* buildTree(graph, reachability, components, region, scratch);
    const above = yield* findCyclesAbove(components, region, idom, scratch);
    return { ...(yield* sumCycles(graph, components, region, idom, scratch)), above };
  });
}

/** The part of the condensation that cycles reach. Numbers count from 1. */
interface Region {
  /** objectId → number of its vertex, the same for all members of a cycle; 0 outside */
  readonly number: Uint32Array;
  /** number → object, for cycles the member that the search met first */
  readonly object: Uint32Array;
  readonly size: number;
}

/** An object that the search has not left yet. */
const OPEN = NONE;

/** Phase 1. */
function* numberRegion(graph: ObjectGraph, components: Components, scratch: Scratch): Work<Region> {
  const { vertexCount, referenceStart, referenceTarget } = graph;
  const { cycleOf, cycleCount, memberStart, member } = components;
  const number = scratch.uint32('region numbers', vertexCount);
  const object = scratch.uint32('region objects', vertexCount);
  const path = scratch.uint32('region path', vertexCount);
  const cursor = scratch.uint32('region cursors', vertexCount);
  const firstMember = scratch.uint32('first members met', cycleCount);
  let size = 0;
  let steps = 0;
  for (const start of member) {
    if (number[start] !== 0) continue;
    let depth = 0;
    let next = start;
    let v = 0;
    let reference = 0;
    let end = 0;
    for (;;) {
      if (next !== 0) {
        path[depth] = v;
        cursor[depth++] = reference;
        v = next;
        reference = referenceStart[v];
        end = referenceStart[v + 1];
        number[v] = OPEN;
        const cycle = cycleOf[v];
        if (cycle !== NONE && firstMember[cycle] === 0) firstMember[cycle] = v;
        if ((++steps & SLICE_MASK) === 0) yield steps;
      }
      next = 0;
      while (reference < end && next === 0) {
        const w = referenceTarget[reference++];
        if (number[w] === 0) next = w;
      }
      if (next !== 0) continue;

      const cycle = cycleOf[v];
      if (cycle === NONE) {
        object[++size] = v;
        number[v] = size;
      } else if (firstMember[cycle] === v) {
        object[++size] = v;
        for (let i = memberStart[cycle]; i < memberStart[cycle + 1]; i++) number[member[i]] = size;
      }
      if (--depth === 0) break;
      v = path[depth];
      reference = cursor[depth];
      end = referenceStart[v + 1];
    }
  }
  scratch.release(path, cursor, firstMember);
  return { number, object, size };
}

/** Phase 2: number → number of the immediate dominator, 0 for the pseudo-root */
function* buildTree(
  graph: ObjectGraph,
  reachability: Reachability,
  components: Components,
  { number, object, size }: Region,
  scratch: Scratch,
): Work<Uint32Array> {
  const { referrerStart, referrerSource } = graph;
  const { cycleOf, memberStart, member } = components;
  const { holder } = reachability;
  const idom = scratch.uint32('condensation idom', size + 1);
  for (let c = 1; c <= size; c++) idom[c] = NONE;
  for (const entries of entryTiers(graph, reachability, components)) {
    for (const entry of entries) idom[number[entry]] = 0;
  }
  // pairs of jump and depth
  const links = scratch.uint32('condensation jump and depth', 2 * (size + 1));
  const single = new Uint32Array(1);
  let steps = 0;
  for (let c = size; c > 0; c--) {
    single[0] = object[c];
    const cycle = cycleOf[object[c]];
    const list = cycle === NONE ? single : member;
    const last = cycle === NONE ? 1 : memberStart[cycle + 1];
    let d = idom[c];
    for (let i = cycle === NONE ? 0 : memberStart[cycle]; i < last && d !== 0; i++) {
      const v = list[i];
      const tier = TIER_OF_HOLDER[holder[v]];
      const end = referrerStart[v + 1];
      for (let referrer = referrerStart[v]; referrer < end && d !== 0; referrer++) {
        const u = referrerSource[referrer];
        const b = number[u];
        if (b === c || TIER_OF_HOLDER[holder[u]] !== tier) continue;
        d = d === NONE ? b : nearestCommonAncestor(d, b, idom, links);
      }
      if ((++steps & SLICE_MASK) === 0) yield steps;
    }
    if ((++steps & SLICE_MASK) === 0) yield steps;
    idom[c] = d;
    hangBelow(d, c, links);
  }
  scratch.release(links);
  return idom;
}

/** Dominating cycles, from the roots down: what dominates a vertex has a higher number. */
function* findCyclesAbove(
  { cycleOf, cycleCount, memberStart, member }: Components,
  { number, object, size }: Region,
  idom: Uint32Array,
  scratch: Scratch,
): Work<Uint32Array> {
  const nearest = scratch.uint32('cycles above', size + 1).fill(NONE);
  for (let c = size; c > 0; c--) {
    const d = idom[c];
    if (d !== 0) nearest[c] = cycleOf[object[d]] === NONE ? nearest[d] : cycleOf[object[d]];
    if ((c & SLICE_MASK) === 0) yield size - c;
  }
  const above = memberStart.subarray(0, cycleCount).map((first) => nearest[number[member[first]]]);
  scratch.release(nearest);
  return above;
}

/** Phase 3. */
function* sumCycles(
  { shapeId, shapes }: ObjectGraph,
  { cycleOf, cycleCount, memberStart, member }: Components,
  { number, object, size }: Region,
  idom: Uint32Array,
  scratch: Scratch,
): Work<Pick<CycleRetained, 'objects' | 'bytes'>> {
  const objects = scratch.uint32('condensation objects', size + 1);
  const bytes = scratch.float64('condensation bytes', size + 1);
  const representative = memberStart.subarray(0, cycleCount).map((first) => number[member[first]]);
  scratch.release(number);
  for (let cycle = 0; cycle < cycleCount; cycle++) {
    const c = representative[cycle];
    for (let i = memberStart[cycle]; i < memberStart[cycle + 1]; i++) bytes[c] += shapes.slotSize[shapeId[member[i]]];
    objects[c] = memberStart[cycle + 1] - memberStart[cycle];
  }
  for (let c = 1; c <= size; c++) {
    const v = object[c];
    if (cycleOf[v] === NONE) {
      objects[c] += 1;
      bytes[c] += shapes.slotSize[shapeId[v]];
    }
    objects[idom[c]] += objects[c];
    bytes[idom[c]] += bytes[c];
    if ((c & SLICE_MASK) === 0) yield c;
  }
  return {
    objects: representative.map((c) => objects[c]),
    bytes: Float64Array.from(representative, (c) => bytes[c]),
  };
}
