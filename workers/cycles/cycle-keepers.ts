/**
 * What keeps each object of the heap, told finer than `Holder`: in the order below, the first that comes to it. What a pool keeps, what a
 * processor's timers keep and what a goroutine's descriptor leads to counts as theirs, although a global leads to the pool, to the processor
 * and to the list of all goroutines: such objects are gates (analysis/gated-marking.ts) that open when their turn comes. A keeper comes before
 * others when it lasts longer than they do.
 */
import { markInPasses, type MarkingPass } from '../analysis/gated-marking';
import type { Components, Reachability } from '../analysis/results';
import { ROOT, type HeapGraph } from '../graph/heap-graph';
import { NONE } from '../lib/none';
import type { Digraph } from '../lib/digraph';
import type { Scratch } from '../lib/scratch';
import type { Work } from '../lib/work';
import type { Naming } from '../naming/naming';
import { heldByCleanups } from './held-by-cleanups';
import { STRUCTURE } from './runtime-structures';

export const KEEPER = {
  global: 0,
  /** Stack, descriptor, defers or panics of a goroutine that may go on. */
  goroutine: 1,
  other: 2,
  /** Finalizers of objects that lie on cycles: they keep themselves from being collected, and all that they refer to. */
  pinned: 3,
  /** Goroutines that wait for ever, and no others. */
  stuckGoroutine: 4,
  /** Timers of a processor. */
  timer: 5,
  /** Arrays of a sync.Pool. */
  pool: 6,
  /** Finalizers that are going to run, and are done then. */
  finalizer: 7,
  /** Words of a stack that no list names. */
  stackWord: 8,
  stuckStackWord: 9,
  /** What runtime.AddCleanup was given, which a dump does not record as roots. */
  cleanup: 10,
  nothing: 11,
} as const;

/** Gates that each keeper opens: its own, and with the first what is no gate at all. */
const OPENS: Partial<Record<number, readonly number[]>> = {
  [KEEPER.global]: [STRUCTURE.waiter],
  [KEEPER.goroutine]: [STRUCTURE.goroutine, STRUCTURE.machine],
  [KEEPER.stuckGoroutine]: [STRUCTURE.stuckGoroutine],
  [KEEPER.timer]: [STRUCTURE.processor],
  [KEEPER.pool]: [STRUCTURE.poolLocals],
};

/** What is found in the file before cycles are told apart. */
export interface CycleStructures {
  /** objectId → STRUCTURE */
  readonly structures: Uint8Array;
  /** goroutine (index of records.goroutines) → 1 where it waits for ever */
  readonly stuck: Uint8Array;
}

export interface Kept extends CycleStructures {
  readonly graph: HeapGraph;
  readonly naming: Naming;
  readonly reachability: Reachability;
  /** Members may have numbers above those of objects: what is no object is none of the runtime's, and keeps nothing. */
  readonly components: Components;
  /** References on which the cycles lie, where they are not those of the graph. */
  readonly references?: Pick<Digraph, 'referenceStart' | 'referenceTarget'>;
}

/** objectId → KEEPER, in an array of the scratch. */
export function* findKeepers(kept: Kept, scratch: Scratch): Work<Uint8Array> {
  const { graph, structures } = kept;
  const keeperOf = keepersOfRoots(kept);
  const cleanups = yield* heldByCleanups(kept);
  const passes: MarkingPass[] = Array.from({ length: KEEPER.nothing }, (_, keeper) => ({
    starts: keeper === KEEPER.cleanup ? cleanups : targetsOf(graph, keeperOf, keeper),
    opens: OPENS[keeper] ?? [],
  }));
  return yield* markInPasses(graph, structures, passes, scratch);
}

/** root → KEEPER */
function keepersOfRoots(kept: Kept): Uint8Array {
  const { roots } = kept.graph;
  return new Uint8Array(roots.count).map((_, root) => keeperOfRoot(kept, root));
}

function keeperOfRoot({ graph, components, stuck }: Kept, root: number): number {
  const { roots, records } = graph;
  const owner = roots.owner[root];
  switch (roots.kind[root]) {
    case ROOT.data:
    case ROOT.bss:
      return KEEPER.global;
    case ROOT.stack: {
      const isStuck = stuck[records.frames[owner].goroutine] === 1;
      if (root >= roots.strongCount) return isStuck ? KEEPER.stuckStackWord : KEEPER.stackWord;
      return isStuck ? KEEPER.stuckGoroutine : KEEPER.goroutine;
    }
    case ROOT.goroutine:
      return stuck[owner] === 1 ? KEEPER.stuckGoroutine : KEEPER.goroutine;
    case ROOT.finalizer: {
      const { object, queued } = records.finalizers[owner];
      const id = graph.index.objectAt(object);
      const pinned = !queued && id !== NONE && components.cycleOf[id] !== NONE;
      return pinned ? KEEPER.pinned : KEEPER.finalizer;
    }
    default:
      return KEEPER.other;
  }
}

function* targetsOf({ roots }: HeapGraph, keeperOf: Uint8Array, keeper: number): Generator<number> {
  for (let root = 0; root < roots.count; root++) if (keeperOf[root] === keeper) yield roots.target[root];
}
