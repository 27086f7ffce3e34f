/**
 * What keeps each cycle, as KEEPER. A Go cycle is no leak by itself; who holds it decides. It is the keeper of its members (keepers.ts); of several,
 * as descriptors of the runtime let them differ, that of most bytes: from Go 1.23 on every running timer leads to its processor and so to all
 * others, which joins cycles that have nothing else in common. Descriptors do not count. Two rules go before:
 *
 *   finalizer   A member has a registered finalizer: the finalizer keeps what the member refers to, the cycle leads from there back to the
 *               member, so nothing of it is ever collected, whoever holds it now.
 *   runtime     The runtime's own: every member is one of its structures or of a type of its own, or it is a cycle only by way of
 *               its descriptors (goroutines, threads, processors, what waits for goroutines): without them no member leads back to itself.
 *
 * One pass over the heap for the keepers, then one over the members and their references. 9 bytes an object while it runs.
 */
import type { MemoryAccount } from '../lib/alloc';
import { shallowSize } from '../graph/heap-graph';
import { NONE } from '../lib/none';
import { withScratch, type Scratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';
import { isMapEntries } from '../naming/types/field-path';
import { KEEPER, KEEPERS, keepersOfObjects, type Kept } from './keepers';
import { isDescriptor } from './runtime-structures';

/** cycle → KEEPER */
export function findCycleClasses(kept: Kept, account: MemoryAccount): Work<Uint8Array> {
  return withScratch(account, function* (scratch) {
    const { cycleCount, memberStart } = kept.components;
    const classes = new Uint8Array(cycleCount);
    if (cycleCount === 0) return classes;
    const keepers = yield* keepersOfObjects(kept, scratch);
    const pinned = cyclesWithFinalizers(kept);
    const isOwnType = runtimeTypes(kept);
    const inner = new InnerCycles(kept, scratch);
    let steps = 0;
    for (let cycle = 0; cycle < cycleCount; cycle++) {
      if (pinned.has(cycle)) classes[cycle] = KEEPER.finalizer;
      else if (isAllOwn(kept, cycle, isOwnType)) classes[cycle] = KEEPER.runtime;
      else if (hasDescriptors(kept, cycle) && (yield* inner.fallApart(cycle))) classes[cycle] = KEEPER.runtime;
      else classes[cycle] = keeperOf(kept, cycle, keepers);
      if ((++steps & SLICE_MASK) === 0 || memberStart[cycle + 1] - memberStart[cycle] > SLICE_MASK) yield steps;
    }
    return classes;
  });
}

function cyclesWithFinalizers({ graph, components }: Kept): Set<number> {
  const pinned = new Set<number>();
  for (const { object, queued } of graph.records.finalizers) {
    const id = queued ? NONE : graph.index.objectAt(object);
    if (id !== NONE && components.cycleOf[id] !== NONE) pinned.add(components.cycleOf[id]);
  }
  return pinned;
}

/** The keeper of most of the members' bytes; of equals the first. A pool that lies on the cycle itself is kept by what keeps the others. */
function keeperOf({ graph, components, structures }: Kept, cycle: number, keepers: Uint8Array): number {
  const bytes = new Float64Array(KEEPERS.length);
  for (let at = components.memberStart[cycle]; at < components.memberStart[cycle + 1]; at++) {
    const id = components.member[at];
    if (id > graph.objectCount) break;
    if (!isDescriptor(structures[id])) bytes[keepers[id]] += shallowSize(graph, id);
  }
  const pooled = bytes[KEEPER.pool];
  bytes[KEEPER.pool] = 0;
  const most = bytes.reduce((best, sum, keeper) => (sum > bytes[best] ? keeper : best), 0);
  if (bytes[most] > 0) return most;
  return pooled > 0 ? KEEPER.pool : KEEPER.nothing;
}

/** Packages of which every type is the runtime's own, or the tree of a sync.Map whose nodes know their parents. */
const OWN_PACKAGE = /^(runtime|internal\/runtime\/.*|internal\/sync)$/;
/** A timer and its channel, which refer to each other from Go 1.23 on; the rings in a sync.Pool, which know their neighbours. */
const OWN_NAMES = new Set(['time.Timer', 'time.Ticker', 'chan time.Time', 'sync.poolChainElt']);

/** belief → whether it is of a type of the runtime */
function runtimeTypes({ naming }: Kept): boolean[] {
  return naming.beliefs.all.map(({ type, extent }) => {
    // a bucket leads to the buckets that overflow from it, which may lie in the same array; what it holds never points into the map
    if (type && isMapEntries(type)) return true;
    if (!type || extent !== 'whole') return false;
    return OWN_NAMES.has(type.name) || (type.packagePath !== null && OWN_PACKAGE.test(type.packagePath));
  });
}

function isAllOwn(
  { graph, components, naming, structures }: Kept,
  cycle: number,
  isOwnType: readonly boolean[],
): boolean {
  const { memberStart, member } = components;
  for (let at = memberStart[cycle]; at < memberStart[cycle + 1]; at++) {
    const id = member[at];
    if (id > graph.objectCount) break;
    if (!isDescriptor(structures[id]) && !isOwnType[naming.beliefs.numberOf(id)]) return false;
  }
  return true;
}

function hasDescriptors({ components: { memberStart, member }, structures }: Kept, cycle: number): boolean {
  for (let at = memberStart[cycle]; at < memberStart[cycle + 1]; at++)
    if (isDescriptor(structures[member[at]])) return true;
  return false;
}

/** Cycles inside cycles, when descriptors are taken out: what nothing refers to goes first, then what only that referred to (Kahn 1962). */
class InnerCycles {
  /** objectId → references to it from members that are left */
  private readonly referred: Uint32Array;
  private readonly queue: Uint32Array;

  constructor(
    private readonly kept: Kept,
    scratch: Scratch,
  ) {
    this.referred = scratch.uint32('inner references', kept.components.cycleOf.length);
    this.queue = scratch.uint32('inner queue', kept.components.member.length);
  }

  /** True where a cycle is none without the descriptors among its members. */
  *fallApart(cycle: number): Work<boolean> {
    const { components, structures } = this.kept;
    const { referred, queue } = this;
    const members = components.member.subarray(components.memberStart[cycle], components.memberStart[cycle + 1]);
    let left = 0;
    for (let at = 0; at < members.length; at++) {
      if ((at & SLICE_MASK) === SLICE_MASK) yield at;
      if (isDescriptor(structures[members[at]])) continue;
      left++;
      this.eachInner(members[at], cycle, (target) => referred[target]++);
    }
    let end = 0;
    for (const id of members) if (referred[id] === 0 && !isDescriptor(structures[id])) queue[end++] = id;
    for (let head = 0; head < end; head++) {
      if ((head & SLICE_MASK) === SLICE_MASK) yield head;
      this.eachInner(queue[head], cycle, (target) => {
        if (--referred[target] === 0) queue[end++] = target;
      });
    }
    for (const id of members) referred[id] = 0;
    return end === left;
  }

  private eachInner(id: number, cycle: number, use: (target: number) => void): void {
    const { graph, components, structures, references = graph } = this.kept;
    const { referenceStart, referenceTarget } = references;
    for (let at = referenceStart[id]; at < referenceStart[id + 1]; at++) {
      const target = referenceTarget[at];
      if (components.cycleOf[target] === cycle && !isDescriptor(structures[target])) use(target);
    }
  }
}
