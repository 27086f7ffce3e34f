/**
 * Cycles of the full graph (full-graph.ts) that the heap alone does not have: with globals, goroutines or finalizers' closures on them. A strongly
 * connected component of the full graph that is one of the heap too is not counted again; any other takes in the cycles of the heap that it has.
 *
 * Ids go on from the last cycle of the heap, by lowest member, so an id means one cycle whichever graph was asked for.
 */
import { findComponents } from '../analysis/components';
import { findCycleRetained } from '../analysis/cycle-retained';
import type { ObjectGraph } from '../analysis/object-graph';
import { HOLDER, type Components, type Reachability } from '../analysis/results';
import { releaseWidened, widened } from '../analysis/widened-graph';
import { ROOT, ROOT_PART, type HeapGraph } from '../graph/heap-graph';
import type { MemoryAccount } from '../lib/alloc';
import { NONE } from '../lib/none';
import { withScratch } from '../lib/scratch';
import type { Work } from '../lib/work';
import { findCycleClasses } from './cycle-classes';
import { KEEPER, type Kept } from './keepers';
import type { FullGraph, Outside } from './full-graph';
import { goroutineOf } from '../goroutines/waking';

/** Columns indexed by cycle, counted from the first that the heap alone does not have. */
export interface FullCycles {
  readonly count: number;
  /** Objects, ascending; count + 1 starts. */
  readonly memberStart: Uint32Array;
  readonly member: Uint32Array;
  /** What else lies on it. */
  readonly through: readonly (readonly Outside[])[];
  /** cycle of the heap → 1 where it is part of one of these */
  readonly absorbed: Uint8Array;
  readonly classes: Uint8Array;
  readonly retainedBytes: Float64Array;
  /** cycle of either kind, by id → the nearest that takes it along when it goes; NONE where none does */
  readonly above: Uint32Array;
}

/**
 * `heapClasses`: cycle of the heap → KEEPER. A cycle whose objects all lie on cycles of the runtime is one itself, whatever else joins them.
 * 32 bytes an object and 8 a reference while it runs. Nothing is done where the full graph is the heap itself.
 */
export function* findFullCycles(
  kept: Kept,
  heapClasses: Uint8Array,
  { extension, outside }: FullGraph,
  account: MemoryAccount,
): Work<FullCycles> {
  if (extension.from.length === 0) return none(kept.components);
  const graph = yield* widened(kept.graph, extension, account);
  try {
    return yield* withScratch(account, function* (scratch) {
      const holder = scratch.uint8('holders of the full graph', graph.vertexCount);
      holdOutside(holder, kept.reachability, outside);
      const reachability = { ...kept.reachability, holder };
      const components = yield* findComponents(graph, reachability, account);
      scratch.adopt(components.cycleOf, components.memberStart, components.member, components.garbageEntry);
      const found = newCycles(kept, components);
      if (found.length === 0) return none(kept.components);
      return yield* describe(kept, heapClasses, { graph, reachability, components, outside, found }, account);
    });
  } finally {
    releaseWidened(graph, account);
  }
}

function none({ cycleCount }: Components): FullCycles {
  return {
    count: 0,
    memberStart: new Uint32Array(1),
    member: new Uint32Array(0),
    through: [],
    absorbed: new Uint8Array(cycleCount),
    classes: new Uint8Array(0),
    retainedBytes: new Float64Array(0),
    above: new Uint32Array(0),
  };
}

interface Widened {
  readonly graph: ObjectGraph;
  readonly reachability: Reachability;
  readonly components: Components;
  readonly outside: readonly Outside[];
  /** Cycles of the full graph that are none of the heap. */
  readonly found: readonly number[];
}

/** Places count as held by globals, goroutines by goroutines. */
function holdOutside(holder: Uint8Array, known: Reachability, outside: readonly Outside[]): void {
  holder.set(known.holder);
  for (const [at, { kind }] of outside.entries()) {
    holder[known.holder.length + at] = kind === 'place' ? HOLDER.global : HOLDER.goroutine;
  }
}

/** A component of the heap never grows without another vertex: equal sizes mean equal members. */
function newCycles({ graph, components: heap }: Kept, { cycleCount, memberStart, member }: Components): number[] {
  const found: number[] = [];
  for (let cycle = 0; cycle < cycleCount; cycle++) {
    const lowest = member[memberStart[cycle]];
    // places alone, without an object
    if (lowest > graph.objectCount) continue;
    const same = heap.cycleOf[lowest];
    const size = memberStart[cycle + 1] - memberStart[cycle];
    if (same === NONE || heap.memberStart[same + 1] - heap.memberStart[same] !== size) found.push(cycle);
  }
  return found;
}

function* describe(kept: Kept, heapClasses: Uint8Array, wide: Widened, account: MemoryAccount): Work<FullCycles> {
  const { components, graph, reachability, found } = wide;
  const retained = yield* findCycleRetained(graph, reachability, components, account);
  const { referenceStart, referenceTarget } = graph;
  const classes = yield* findCycleClasses(
    { ...kept, components, references: { referenceStart, referenceTarget } },
    account,
  );
  const members = membersOf(kept, wide);
  const { memberStart, member } = members;
  const { cycleOf, cycleCount } = kept.components;
  const absorbed = new Uint8Array(cycleCount);
  for (const id of member) if (cycleOf[id] !== NONE) absorbed[cycleOf[id]] = 1;
  const isRuntimes = (at: number) =>
    member.subarray(memberStart[at], memberStart[at + 1]).every((id) => heapClasses[cycleOf[id]] === KEEPER.runtime);
  return {
    count: found.length,
    ...members,
    absorbed,
    classes: Uint8Array.from(found, (cycle, at) => (isRuntimes(at) ? KEEPER.runtime : classes[cycle])),
    retainedBytes: Float64Array.from(found, (cycle) => retained.bytes[cycle]),
    above: aboveById(kept.components, wide, retained.above),
  };
}

/** Members ascend, so what is no object stands behind the objects. */
function membersOf(
  { graph: { objectCount } }: Kept,
  { components, outside, found }: Widened,
): Pick<FullCycles, 'memberStart' | 'member' | 'through'> {
  const objects: Uint32Array[] = [];
  const through: Outside[][] = [];
  const memberStart = new Uint32Array(found.length + 1);
  for (const [at, cycle] of found.entries()) {
    const [start, end] = [components.memberStart[cycle], components.memberStart[cycle + 1]];
    let objectEnd = end;
    while (objectEnd > start && components.member[objectEnd - 1] > objectCount) objectEnd--;
    objects.push(components.member.subarray(start, objectEnd));
    through.push(Array.from(components.member.subarray(objectEnd, end), (id) => outside[id - objectCount - 1]));
    memberStart[at + 1] = memberStart[at] + objectEnd - start;
  }
  const member = new Uint32Array(memberStart[found.length]);
  for (const [at, ids] of objects.entries()) member.set(ids, memberStart[at]);
  return { memberStart, member, through };
}

/** Of a cycle that is part of a larger one nothing is told. */
function aboveById(heap: Components, { components, found }: Widened, above: Uint32Array): Uint32Array {
  const idOf = new Uint32Array(components.cycleCount).fill(NONE);
  for (let cycle = 0; cycle < idOf.length; cycle++)
    idOf[cycle] = heap.cycleOf[components.member[components.memberStart[cycle]]] ?? NONE;
  for (const [at, cycle] of found.entries()) idOf[cycle] = heap.cycleCount + at;
  const byId = new Uint32Array(heap.cycleCount + found.length).fill(NONE);
  for (let cycle = 0; cycle < idOf.length; cycle++) {
    if (idOf[cycle] !== NONE && above[cycle] !== NONE) byId[idOf[cycle]] = idOf[above[cycle]];
  }
  return byId;
}

/** Whether a root lies on a cycle itself: in one of its places, on the stack of one of its goroutines, or as the closure of a member's finalizer. */
export function rootTest(
  graph: HeapGraph,
  through: readonly Outside[],
  isMember: (objectId: number) => boolean,
): (root: number) => boolean {
  const { roots, records, index } = graph;
  const places = through.flatMap((one) => (one.kind === 'place' ? [one.place] : []));
  const goroutines = new Set(through.flatMap((one) => (one.kind === 'goroutine' ? [one.goroutine] : [])));
  const isInPlace = (address: number) => places.some(({ start, end }) => address >= start && address < end);
  return (root) => {
    const [kind, offset] = [roots.kind[root], roots.offset[root]];
    if (kind === ROOT.data) return isInPlace((records.data?.address ?? 0) + offset);
    if (kind === ROOT.bss) return isInPlace((records.bss?.address ?? 0) + offset);
    if (kind === ROOT.finalizer) {
      const object = index.objectAt(records.finalizers[roots.owner[root]].object);
      return offset === ROOT_PART.finalizerFunction && object !== NONE && isMember(object);
    }
    const goroutine = goroutineOf(graph, root);
    return goroutine !== NONE && goroutines.has(goroutine);
  };
}
