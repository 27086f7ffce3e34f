/**
 * Cycles of the full graph beside those of the heap. Everything that knows the cycles of a dump by its components is given components in which
 * both kinds stand: those of the heap under their ids, although some are parts of larger ones, then the others; an object belongs to the larger.
 */
import { countCycleBorder } from '../../analysis/cycle-border';
import type { Components } from '../../analysis/results';
import { NONE } from '../../lib/none';
import { withScratch } from '../../lib/scratch';
import type { Work } from '../../lib/work';
import type { CycleStructures } from '../../cycles/keepers';
import { findFullCycles, rootTest, type FullCycles } from '../../cycles/full-cycles';
import { findFullGraph, releaseFullGraph, type Outside } from '../../cycles/full-graph';
import { goroutineWaits } from '../../goroutines/goroutine-wait';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import type { AnalysedDump } from '../dump/opened-dump';
import { censusOfCycles } from './cycle-census';
import { countMembers, type CycleFacts } from './cycle-facts';

/** What is asked when cycles are told: one for the heap's, one for those of the full graph. */
export interface CycleCatalogue {
  /** With the components that hold the cycles. */
  readonly dump: AnalysedDump;
  readonly facts: CycleFacts;
  /** Ids in the order of a list; null for all of them. */
  readonly shown: Uint32Array | null;
  /** Globals and goroutines that lie on a cycle. */
  readonly through: (cycle: number) => readonly Outside[];
  /** Whether a root lies on a cycle itself. */
  readonly ownRoots: (cycle: number) => (root: number) => boolean;
  /** Gives back what it holds of the account. */
  readonly release: () => void;
}

export function heapCatalogue(dump: AnalysedDump, facts: CycleFacts): CycleCatalogue {
  return { dump, facts, shown: null, through: () => [], ownRoots: () => () => false, release: () => undefined };
}

/** Reads the file. Of the account it keeps 4 bytes an object, where there are cycles that the heap alone does not have. */
export async function fullCatalogue(
  dump: AnalysedDump,
  facts: CycleFacts,
  structures: CycleStructures,
  tools: Pick<AnalysedHeap, 'checkpoint' | 'drive'>,
): Promise<CycleCatalogue> {
  const heap = { ...dump, ...tools };
  const waits = await goroutineWaits(heap);
  const graph = await findFullGraph(heap, dump.reachability, waits);
  const full = await tools
    .drive(findFullCycles({ ...dump, ...structures }, facts.classes, graph, dump.account))
    .finally(() => {
      releaseFullGraph(graph, dump.account);
    });
  if (full.count === 0) return heapCatalogue(dump, facts);
  const components = widenComponents(dump, full);
  const own = await tools.drive(describeCycles(dump, full, facts));
  const first = dump.components.cycleCount;
  const through = (cycle: number) => (cycle < first ? [] : full.through[cycle - first]);
  return {
    dump: { ...dump, components },
    facts: joinFacts(facts, own, full),
    shown: shownOf(full, first),
    through,
    ownRoots: (cycle) => rootTest(dump.graph, through(cycle), (id) => components.cycleOf[id] === cycle),
    release: () => {
      dump.account.release(components.cycleOf);
    },
  };
}

/** The components of the dump with the other cycles behind; only what is needed of them afterwards. */
function widenComponents({ components, account }: AnalysedDump, full: FullCycles): Components {
  const { cycleCount, memberStart, member, garbageEntry } = components;
  const cycleOf = account.uint32('cycles of the full graph', components.cycleOf.length);
  cycleOf.set(components.cycleOf);
  for (let at = 0; at < full.count; at++) {
    for (const id of membersAt(full, at)) cycleOf[id] = cycleCount + at;
  }
  const behind = full.memberStart.subarray(1).map((end) => member.length + end);
  return {
    cycleOf,
    cycleCount: cycleCount + full.count,
    memberStart: joined(memberStart, behind),
    member: joined(member, full.member),
    garbageEntry,
  };
}

type OwnFacts = Omit<CycleFacts, 'retainedBytes' | 'above' | 'classes'>;

/** The same as for cycles of the heap, of the others alone. Roots that lie on a cycle do not enter it. */
function describeCycles(dump: AnalysedDump, full: FullCycles, heap: CycleFacts): Work<OwnFacts> {
  return withScratch(dump.account, function* (scratch) {
    const { graph, reachability, labels } = dump;
    const cycleOf = scratch.uint32('cycles beside the heap', graph.vertexCount).fill(NONE);
    for (let at = 0; at < full.count; at++) for (const id of membersAt(full, at)) cycleOf[id] = at;
    const components = { ...full, cycleCount: full.count, cycleOf, garbageEntry: new Uint32Array(0) };
    const border = yield* countCycleBorder(graph, reachability, components);
    const isOwn = full.through.map((through, at) => rootTest(graph, through, (id) => cycleOf[id] === at));
    for (const root of reachability.effectiveRoots) {
      const cycle = cycleOf[graph.roots.target[root]];
      if (cycle !== NONE && isOwn[cycle](root)) border.entering[cycle]--;
    }
    const census = yield* censusOfCycles(components, labels, heap);
    return { ...border, ...census, ...(yield* countMembers(dump, components)) };
  });
}

function joinFacts(heap: CycleFacts, own: OwnFacts, full: FullCycles): CycleFacts {
  return {
    entering: joined(heap.entering, own.entering),
    leaving: joined(heap.leaving, own.leaving),
    ownBytes: joined(heap.ownBytes, own.ownBytes),
    retainedBytes: joined(heap.retainedBytes, full.retainedBytes),
    above: full.above,
    finalizers: joined(heap.finalizers, own.finalizers),
    holder: joined(heap.holder, own.holder),
    classes: joined(heap.classes, full.classes),
    shape: joined(
      heap.shape,
      own.shape.map((code) => heap.shapeTexts.length + code),
    ),
    shapeTexts: [...heap.shapeTexts, ...own.shapeTexts],
    cyclesWith: own.cyclesWith,
  };
}

/** Cycles of the heap that are no part of another, then the others. */
function shownOf({ absorbed, count }: FullCycles, first: number): Uint32Array {
  const shown: number[] = [];
  for (let cycle = 0; cycle < first; cycle++) if (absorbed[cycle] === 0) shown.push(cycle);
  for (let at = 0; at < count; at++) shown.push(first + at);
  return Uint32Array.from(shown);
}

function membersAt({ memberStart, member }: FullCycles, at: number): Uint32Array {
  return member.subarray(memberStart[at], memberStart[at + 1]);
}

function joined<A extends Uint8Array | Uint32Array | Float64Array>(first: A, second: A): A {
  // one of the constructors of A
  const Column = first.constructor as new (length: number) => A;
  const all = new Column(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
