/**
 * Cycles and garbage sources: strongly connected components of the references between objects. Tarjan (1972, "Depth-first search and linear
 * graph algorithms"), in the form of Pearce (2016, "A space-efficient algorithm for finding strongly connected components"): one column `rindex` stands for
 * Tarjan's number, lowlink and component, and one array holds both stacks, the path from the left and finished vertices from the right. Iterative.
 *
 *   1. Component numbers. Active vertices count up from 1, components down from the number of objects, so they never meet.
 *   2. Components of two or more, or with a self-reference, become cycles, numbered by their lowest member.
 *   3. Unreachable components that no other unreachable one refers to are the sources of garbage.
 *
 * Memory: 13 bytes an object while it runs, besides the result.
 */
import type { MemoryAccount } from '../lib/alloc';
import { NONE } from '../lib/none';
import { withScratch, type Scratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';
import type { ObjectGraph } from './object-graph';
import { HOLDER, type Components, type Reachability } from './results';

/** Cycles of the references between objects, and where garbage is entered. */
export function findComponents(
  graph: ObjectGraph,
  reachability: Reachability,
  account: MemoryAccount,
): Work<Components> {
  return withScratch(account, function* (scratch) {
    const component = yield* numberComponents(graph, scratch);
    const { cycleOf, cycleCount } = yield* numberCycles(graph, component, scratch);
    const { memberStart, member } = yield* listMembers(cycleOf, cycleCount, scratch);
    const garbageEntry = yield* findGarbageSources(graph, reachability, component, scratch);
    for (const column of [cycleOf, memberStart, member, garbageEntry]) scratch.keep(column);
    return { cycleOf, cycleCount, memberStart, member, garbageEntry };
  });
}

/** Phase 1: objectId → number of its component, 1 … objectCount with gaps. */
function* numberComponents(graph: ObjectGraph, scratch: Scratch): Work<Uint32Array> {
  const { objectCount, referenceStart, referenceTarget } = graph;
  const rindex = scratch.uint32('rindex', objectCount + 1);
  const stacks = scratch.uint32('component stacks', objectCount);
  const cursor = scratch.uint32('component cursors', objectCount);
  const isRoot = scratch.uint8('component roots', objectCount);
  let finished = objectCount;
  let index = 1;
  let component = objectCount;
  let steps = 0;
  for (let start = 1; start <= objectCount; start++) {
    let next = rindex[start] === 0 ? start : 0;
    let depth = -1;
    for (;;) {
      if (next !== 0) {
        depth++;
        stacks[depth] = next;
        cursor[depth] = referenceStart[next];
        isRoot[depth] = 1;
        rindex[next] = index++;
      }
      if (depth < 0) break;
      if ((++steps & SLICE_MASK) === 0) yield steps;

      const v = stacks[depth];
      const end = referenceStart[v + 1];
      let reference = cursor[depth];
      let low = rindex[v];
      next = 0;
      // Stops at a vertex not seen yet; the same reference is looked at again when that vertex is done, and then counts.
      for (; reference < end; reference++) {
        const r = rindex[referenceTarget[reference]];
        if (r === 0) {
          next = referenceTarget[reference];
          break;
        }
        if (r < low) low = r;
      }
      cursor[depth] = reference;
      if (low < rindex[v]) {
        rindex[v] = low;
        isRoot[depth] = 0;
      }
      if (next !== 0) continue;

      if (isRoot[depth--] === 0) {
        stacks[--finished] = v;
        continue;
      }
      index--;
      while (finished < objectCount && rindex[stacks[finished]] >= low) {
        rindex[stacks[finished++]] = component;
        index--;
      }
      rindex[v] = component--;
    }
  }
  scratch.release(stacks, cursor, isRoot);
  return rindex;
}

/** Phase 2. */
function* numberCycles(
  graph: ObjectGraph,
  component: Uint32Array,
  scratch: Scratch,
): Work<Pick<Components, 'cycleOf' | 'cycleCount'>> {
  const { objectCount } = graph;
  const size = scratch.uint32('component sizes', objectCount + 1);
  const cycleOf = scratch.uint32('cycleOf', objectCount + 1);
  for (let v = 1; v <= objectCount; v++) {
    size[component[v]]++;
    if ((v & SLICE_MASK) === 0) yield v;
  }
  const cycleOfComponent = scratch.uint32('cycles of components', objectCount + 1);
  cycleOf[0] = NONE;
  let cycleCount = 0;
  for (let v = 1; v <= objectCount; v++) {
    const c = component[v];
    if (size[c] === 1 && !refersToItself(graph, v)) cycleOf[v] = NONE;
    else {
      if (cycleOfComponent[c] === 0) cycleOfComponent[c] = ++cycleCount;
      cycleOf[v] = cycleOfComponent[c] - 1;
    }
    if ((v & SLICE_MASK) === 0) yield v;
  }
  scratch.release(size, cycleOfComponent);
  return { cycleOf, cycleCount };
}

function refersToItself({ referenceStart, referenceTarget }: ObjectGraph, v: number): boolean {
  for (let reference = referenceStart[v]; reference < referenceStart[v + 1]; reference++) {
    if (referenceTarget[reference] === v) return true;
  }
  return false;
}

/** Members by cycle, ascending: counts become ends, and filling from the highest object downwards turns ends into starts. */
function* listMembers(
  cycleOf: Uint32Array,
  cycleCount: number,
  scratch: Scratch,
): Work<Pick<Components, 'memberStart' | 'member'>> {
  const memberStart = scratch.uint32('memberStart', cycleCount + 1);
  for (let v = 1; v < cycleOf.length; v++) {
    if (cycleOf[v] !== NONE) memberStart[cycleOf[v]]++;
    if ((v & SLICE_MASK) === 0) yield v;
  }
  for (let cycle = 1; cycle < cycleCount; cycle++) memberStart[cycle] += memberStart[cycle - 1];
  const total = cycleCount === 0 ? 0 : memberStart[cycleCount - 1];
  memberStart[cycleCount] = total;
  const member = scratch.uint32('member', total);
  for (let v = cycleOf.length - 1; v > 0; v--) {
    if (cycleOf[v] !== NONE) member[--memberStart[cycleOf[v]]] = v;
    if ((v & SLICE_MASK) === 0) yield v;
  }
  return { memberStart, member };
}

/** Phase 3. What refers to an unreachable object is unreachable itself, so only references of such objects need a look. */
function* findGarbageSources(
  { objectCount, referenceStart, referenceTarget }: ObjectGraph,
  { holder, objects }: Reachability,
  component: Uint32Array,
  scratch: Scratch,
): Work<Uint32Array> {
  if (objects[HOLDER.nothing] === 0) return new Uint32Array(0);
  const referredOrListed = scratch.uint8('garbage components', objectCount + 1);
  for (let v = 1; v <= objectCount; v++) {
    if ((v & SLICE_MASK) === 0) yield v;
    if (holder[v] !== HOLDER.nothing) continue;
    for (let reference = referenceStart[v]; reference < referenceStart[v + 1]; reference++) {
      const c = component[referenceTarget[reference]];
      if (c !== component[v]) referredOrListed[c] = 1;
    }
  }
  const entry = scratch.uint32('garbage entries', objects[HOLDER.nothing]);
  let count = 0;
  for (let v = 1; v <= objectCount; v++) {
    if ((v & SLICE_MASK) === 0) yield v;
    if (holder[v] !== HOLDER.nothing || referredOrListed[component[v]] === 1) continue;
    referredOrListed[component[v]] = 1;
    entry[count++] = v;
  }
  const exact = scratch.uint32('garbageEntry', count);
  exact.set(entry.subarray(0, count));
  return exact;
}
