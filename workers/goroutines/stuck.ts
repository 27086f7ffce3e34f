/** The goroutines that can never run again, in groups of one stack and one place of creation, with what each group holds. */
import { NONE } from '../lib/none';
import { hasCleanups } from '../go/cleanups';
import { isOfRuntime, lacksArguments } from '../go/goroutines';
import { creationSites } from './creation-sites';
import { deadWords } from './dead-words';
import { goroutineWaits, type GoroutineWait } from './goroutine-wait';
import type { Naming } from '../naming/naming';
import type { AnalysedHeap } from '../heap/analysed-heap';
import { findGroupHoldings } from '../analysis/group-holdings';
import { findWaking, goroutineOf, WOKEN_BY, type Waking, type WakingInput } from './waking';

/** Goroutines with one stack and one place of creation. */
export interface GoroutineGroup {
  /** Wait reason, functions from the innermost to the outermost frame, and the function that started it. */
  readonly key: string;
  /** Indices of records.goroutines, ascending. */
  readonly goroutines: readonly number[];
  /** Functions of the frames, innermost first, without those of the runtime. */
  readonly functions: readonly string[];
  /** The function with the `go` statement; null where nothing tells. */
  readonly createdBy: string | null;
}

export interface StuckGroup extends GoroutineGroup {
  /** Goroutines of the group that nobody can wake for certain: nothing reaches what they wait on, not even objects that a cleanup could hold. */
  readonly certain: number;
  /** What the group alone holds, without the goroutines' own descriptors and stacks. */
  readonly objects: number;
  readonly bytes: number;
  /** With the other groups that share something with it, `groups` of them: what all of them hold. */
  readonly together: { readonly groups: number; readonly objects: number; readonly bytes: number };
  /** A few objects that its goroutines refer to and that nothing reaches which can run. */
  readonly held: readonly number[];
}

export interface StuckGoroutines {
  /** One a goroutine, in the order of records.goroutines. */
  readonly waits: readonly GoroutineWait[];
  /** goroutine → WOKEN_BY: what reaches that could wake it; `strong` for what runs */
  readonly wokenBy: Uint8Array;
  /** Most bytes first. */
  readonly stuck: readonly StuckGroup[];
}

const MOST_HELD = 8;

/** What of a heap is needed. */
export type StuckScene = Pick<
  AnalysedHeap,
  'graph' | 'naming' | 'components' | 'finalizerOf' | 'account' | 'checkpoint' | 'drive'
>;

/** By naming, of which there is one for each dump and executable. */
const known = new WeakMap<Naming, Promise<StuckGoroutines | null>>();

/**
 * Computed once for a dump; null where the dump is not whole: without its globals nobody knows who can be woken. Goroutines of the runtime and
 * the one that runs main are never stuck.
 */
export function stuckGoroutines(heap: StuckScene): Promise<StuckGoroutines | null> {
  const found = known.get(heap.naming);
  if (found) return found;
  const asked = findStuck(heap);
  known.set(heap.naming, asked);
  // whoever was cancelled asks anew
  asked.catch(() => known.delete(heap.naming));
  return asked;
}

/** As stuckGoroutines, computed anew: a question that has its turn must not wait for one behind it, which waits for that turn to end. */
export async function findStuck(heap: StuckScene): Promise<StuckGoroutines | null> {
  const { graph, components, finalizerOf } = heap;
  if (graph.records.state !== 'whole') return null;
  const waits = await goroutineWaits(heap);
  // nobody to wake: the heap need not be marked
  if (waits.every(({ goroutine, wakers }) => wakers === null || isRuntimes(heap, goroutine)))
    return { waits, wokenBy: new Uint8Array(waits.length), stuck: [] };
  const marking: Omit<WakingInput, 'isDead'> = {
    graph,
    waits,
    isAlwaysLive: (goroutine) => isRuntimes(heap, goroutine),
    finalized: [...finalizerOf.keys()],
    unheld: hasCleanups(graph.records.params.go) ? components.garbageEntry : [],
  };
  const waking = await findWakingBesidesDead(heap, marking);
  try {
    return { waits, wokenBy: waking.wokenBy, stuck: await stuckGroups(heap, waits, waking) };
  } finally {
    waking.reached.release();
  }
}

/**
 * Once with strong roots alone. Where that sets everybody free, words of stacks do not matter; else those of goroutines that run and that lead to
 * something new are read, and the marking is done again with the ones that are not dead.
 */
async function findWakingBesidesDead(heap: StuckScene, marking: Omit<WakingInput, 'isDead'>): Promise<Waking> {
  const { graph, account } = heap;
  const first = await heap.drive(findWaking({ ...marking, isDead: () => true }, account));
  if (first.wokenBy.every((by) => by === WOKEN_BY.strong)) return first;
  const rows: number[] = [];
  for (let root = graph.roots.strongCount; root < graph.roots.count; root++) {
    const goroutine = goroutineOf(graph, root);
    const runs = goroutine !== NONE && first.wokenBy[goroutine] === WOKEN_BY.strong;
    if (runs && !first.reached.has(graph.roots.target[root])) rows.push(root);
  }
  first.reached.release();
  const dead = await deadWords(heap, rows);
  return heap.drive(findWaking({ ...marking, isDead: (root) => dead.has(root) }, account));
}

async function stuckGroups(heap: StuckScene, waits: readonly GoroutineWait[], waking: Waking): Promise<StuckGroup[]> {
  const stuck = [...waits.keys()].filter((goroutine) => waking.wokenBy[goroutine] >= WOKEN_BY.unheld);
  if (stuck.length === 0) return [];
  const groups = groupGoroutines(heap, stuck);
  const own = new Set(waits.flatMap(({ descriptor, sudogs }) => [descriptor, ...sudogs]));
  const starts = startsOf(heap, groups, waits);
  const { go, architecture } = heap.graph.records.params;
  const missing = lacksArguments(go, architecture);
  const isCertain = (goroutine: number): boolean =>
    waking.wokenBy[goroutine] === WOKEN_BY.nothing && (!missing || waits[goroutine].wakers?.length === 0);
  const holdings = await heap.drive(findGroupHoldings(heap.graph, waking.reached, starts, own, heap.account));
  return groups
    .map((group, i) => ({
      ...group,
      certain: group.goroutines.filter(isCertain).length,
      objects: holdings.objects[i],
      bytes: holdings.bytes[i],
      together: {
        groups: holdings.cluster.filter((cluster) => cluster === holdings.cluster[i]).length - 1,
        objects: holdings.clusterObjects[i],
        bytes: holdings.clusterBytes[i],
      },
      held: [...new Set(starts[i])].filter((id) => !own.has(id) && !waking.reached.has(id)).slice(0, MOST_HELD),
    }))
    .sort((a, b) => b.bytes - a.bytes || b.goroutines.length - a.goroutines.length);
}

/** group → what its goroutines hold at first hand: what their stacks and records point at, their descriptors and sudogs */
function startsOf(
  { graph }: StuckScene,
  groups: readonly GoroutineGroup[],
  waits: readonly GoroutineWait[],
): number[][] {
  const groupOf = new Map<number, number>();
  const starts = groups.map(({ goroutines }, group) => {
    for (const goroutine of goroutines) groupOf.set(goroutine, group);
    return goroutines.flatMap((goroutine) => [waits[goroutine].descriptor, ...waits[goroutine].sudogs]);
  });
  for (let root = 0; root < graph.roots.count; root++) {
    const owner = goroutineOf(graph, root);
    const group = owner === NONE ? undefined : groupOf.get(owner);
    if (group !== undefined) starts[group].push(graph.roots.target[root]);
  }
  return starts.map((objects) => objects.filter((objectId) => objectId !== NONE));
}

/** Groups in the order of their first goroutine. `part`: what of a stack, innermost first, has to be the same. */
export function groupGoroutines(
  heap: StuckScene,
  goroutines: readonly number[],
  part: (functions: readonly string[]) => readonly string[] = (functions) => functions,
): GoroutineGroup[] {
  const { records } = heap.graph;
  const createdBy = creationSites(heap);
  const groups = new Map<string, GoroutineGroup & { goroutines: number[] }>();
  for (const goroutine of goroutines) {
    const { firstFrame, frameCount, goPc, waitReason } = records.goroutines[goroutine];
    const frames = part(records.frames.slice(firstFrame, firstFrame + frameCount).map((frame) => frame.function));
    const site = createdBy(goPc);
    const key = [waitReason, ...frames, site ?? ''].join('\n');
    const group = groups.get(key);
    if (group) group.goroutines.push(goroutine);
    else groups.set(key, { key, goroutines: [goroutine], functions: withoutRuntime(frames), createdBy: site });
  }
  return [...groups.values()];
}

function withoutRuntime(functions: readonly string[]): string[] {
  return functions.filter((name) => !name.startsWith('runtime.'));
}

function isRuntimes({ graph: { records } }: StuckScene, goroutine: number): boolean {
  const { system, firstFrame, frameCount } = records.goroutines[goroutine];
  const frames = records.frames.slice(firstFrame, firstFrame + frameCount);
  return system || frames.some((frame) => isOfRuntime(frame.function));
}
