/**
 * What holds each object of the heap and each root, told by who lasts longest: in the order of KEEPER, the first that comes to it. What a pool keeps,
 * what a processor's timers keep and what a goroutine's descriptor leads to counts as theirs, although a global leads to the pool, to the processor
 * and to the list of all goroutines: such objects are gates (analysis/gated-marking.ts) that open when their turn comes. So do registries of the
 * runtime and of the library, which list what others own, where their variables have names: sync.allPools leads to every structure that has a
 * pool in it. `Holder` of analysis/results.ts is coarser, by the kind of root alone: it tells the tiers.
 */
import { markInPasses, type MarkingPass, type MarkingTrace } from '../analysis/gated-marking';
import type { Components, Reachability } from '../analysis/results';
import { ROOT, shallowSize, type HeapGraph } from '../graph/heap-graph';
import type { MemoryAccount } from '../lib/alloc';
import type { Digraph } from '../lib/digraph';
import { NONE } from '../lib/none';
import { withScratch, type Scratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';
import type { Naming } from '../naming/naming';
import { heldByCleanups } from './held-by-cleanups';
import { isDescriptor, STRUCTURE } from './runtime-structures';

/** Keepers as stored in columns; KEEPERS[keeper] is the name on the wire. */
export const KEEPERS = [
  'global',
  'goroutine',
  'other',
  'finalizer',
  'stuck goroutine',
  'timer',
  'runtime',
  'pool',
  'finalizing',
  'stack word',
  'cleanup',
  'nothing',
] as const;

export const KEEPER = {
  global: 0,
  /** Stack, descriptor, defers or panics of a goroutine that may go on. */
  goroutine: 1,
  other: 2,
  /** Finalizers of objects that lie on cycles: they keep themselves from being collected, and all that they refer to. */
  finalizer: 3,
  /** Goroutines that wait for ever, and no others; words of their stacks, too, where no other goroutine's stack has such. */
  stuckGoroutine: 4,
  /** Timers of a processor. */
  timer: 5,
  /** Variables of the runtime, and registries of the library. */
  runtime: 6,
  /** Arrays of a sync.Pool. */
  pool: 7,
  /** Finalizers that run some day, and are done then. */
  finalizing: 8,
  /** Words of a stack that no list names. */
  stackWord: 9,
  /** What runtime.AddCleanup was given, which a dump does not record as roots. */
  cleanup: 10,
  nothing: 11,
} as const;

/** Passes over the heap: one a keeper, in order, with words of stuck goroutines' stacks behind all other words of stacks. */
const STUCK_WORDS = KEEPER.stackWord + 1;
const CLEANUPS = STUCK_WORDS + 1;
const PASSES = CLEANUPS + 1;

/** pass → KEEPER; the last is for what no pass comes to */
const KEEPER_OF_PASS = Uint8Array.of(
  ...Array.from({ length: STUCK_WORDS }, (_, keeper) => keeper),
  KEEPER.stuckGoroutine,
  KEEPER.cleanup,
  KEEPER.nothing,
);

/** Gates that each pass opens: its own, and with the first what is no gate at all. */
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

export interface Keepers {
  /** objectId → KEEPER; what is the runtime's own structure is the runtime's, whatever root leads to it */
  readonly ofObject: Uint8Array;
  /** root → KEEPER */
  readonly ofRoot: Uint8Array;
  /** KEEPER → objects and their shallow bytes */
  readonly objects: Float64Array;
  readonly bytes: Float64Array;
}

/** 1 byte an object and 1 a root, which the caller releases. */
export function findKeepers(kept: Kept, account: MemoryAccount): Work<Keepers> {
  return withScratch(account, function* (scratch) {
    const passOfRoot = passesOfRoots(kept, scratch);
    const ofObject = yield* markKeepers(kept, passOfRoot, scratch);
    const { graph, structures } = kept;
    const objects = new Float64Array(KEEPERS.length);
    const bytes = new Float64Array(KEEPERS.length);
    for (let id = 1; id <= graph.objectCount; id++) {
      if (isDescriptor(structures[id]) && ofObject[id] < KEEPER.cleanup) ofObject[id] = KEEPER.runtime;
      objects[ofObject[id]]++;
      bytes[ofObject[id]] += shallowSize(graph, id);
      if ((id & SLICE_MASK) === 0) yield id;
    }
    for (let root = 0; root < passOfRoot.length; root++)
      passOfRoot[root] = passOfRoot[root] === STUCK_WORDS ? KEEPER.stackWord : KEEPER_OF_PASS[passOfRoot[root]];
    return { ofObject: scratch.keep(ofObject), ofRoot: scratch.keep(passOfRoot), objects, bytes };
  });
}

/** objectId → KEEPER of what it is reached by, the runtime's structures too; in an array of the scratch. */
export function* keepersOfObjects(kept: Kept, scratch: Scratch): Work<Uint8Array> {
  return yield* markKeepers(kept, passesOfRoots(kept, scratch), scratch);
}

/** On which way each object is come to, in the order of keepers. */
export interface KeeperTrace {
  /** objectId → KEEPER of what comes to it, the runtime's structures too; `nothing` where nothing does */
  readonly keeper: Uint8Array;
  /** Start of a way → the root that it is the target of, as a row of graph.roots; none for what is no root's target. */
  readonly rootOf: Map<number, number>;
}

/** Fills a trace with the marking that tells keepers. Arrays of the scratch. */
export function* traceKeepers(kept: Kept, trace: MarkingTrace, scratch: Scratch): Work<KeeperTrace> {
  const passOfRoot = passesOfRoots(kept, scratch);
  const { target } = kept.graph.roots;
  const rootOf = new Map<number, number>();
  const keeper = yield* markKeepers(kept, passOfRoot, scratch, trace);
  for (let root = 0; root < passOfRoot.length; root++) {
    const start = target[root];
    if (trace.reference[start] !== NONE || trace.source[start] !== 0) continue;
    const before = rootOf.get(start);
    if (before === undefined || passOfRoot[root] < passOfRoot[before]) rootOf.set(start, root);
    if ((root & SLICE_MASK) === 0) yield root;
  }
  return { keeper, rootOf };
}

function* markKeepers(
  kept: Kept,
  passOfRoot: Uint8Array,
  scratch: Scratch,
  trace: MarkingTrace | null = null,
): Work<Uint8Array> {
  const { graph, structures } = kept;
  const cleanups = yield* heldByCleanups(kept);
  // where what goes before timers is missing from the file, nobody knows what they alone hold
  const processors = lacksHolders(graph) ? [] : yield* findProcessors(kept);
  const startsOf = (pass: number): Iterable<number> => {
    if (pass === CLEANUPS) return cleanups;
    return pass === KEEPER.timer ? processors : targetsOf(graph, passOfRoot, pass);
  };
  const passes: MarkingPass[] = Array.from({ length: PASSES }, (_, pass) => ({
    starts: startsOf(pass),
    opens: OPENS[pass] ?? [],
  }));
  const mark = yield* markInPasses(graph, structures, passes, scratch, trace);
  for (let id = 0; id < mark.length; id++) {
    mark[id] = KEEPER_OF_PASS[mark[id]];
    if ((id & SLICE_MASK) === 0) yield id;
  }
  return mark;
}

/** Are globals or goroutines missing, or some of them? */
function lacksHolders({ records }: HeapGraph): boolean {
  return (records.issue?.lost ?? []).some((part) => /globals|goroutines/.test(part));
}

/** root → pass */
function passesOfRoots(kept: Kept, scratch: Scratch): Uint8Array {
  const passes = scratch.uint8('passes of roots', kept.graph.roots.count);
  for (let root = 0; root < passes.length; root++) passes[root] = passOfRoot(kept, root);
  return passes;
}

function passOfRoot({ graph, naming, components, stuck }: Kept, root: number): number {
  const { roots, records } = graph;
  const owner = roots.owner[root];
  switch (roots.kind[root]) {
    case ROOT.data:
    case ROOT.bss:
      return isRegistry(naming.rootName(root)) ? KEEPER.runtime : KEEPER.global;
    case ROOT.stack: {
      const isStuck = stuck[records.frames[owner].goroutine] === 1;
      if (root >= roots.strongCount) return isStuck ? STUCK_WORDS : KEEPER.stackWord;
      return isStuck ? KEEPER.stuckGoroutine : KEEPER.goroutine;
    }
    case ROOT.goroutine:
      return stuck[owner] === 1 ? KEEPER.stuckGoroutine : KEEPER.goroutine;
    case ROOT.finalizer: {
      const { object, queued } = records.finalizers[owner];
      const id = graph.index.objectAt(object);
      const pinned = !queued && id !== NONE && components.cycleOf[id] !== NONE;
      return pinned ? KEEPER.finalizer : KEEPER.finalizing;
    }
    default:
      return KEEPER.other;
  }
}

/** Variables of the runtime, of the library's inside, and the two lists of all pools. */
const REGISTRY = /^(runtime|internal\/[\w/]+)\.|^sync\.(allPools|oldPools)\b/;

function isRegistry(name: string | null): boolean {
  return name !== null && REGISTRY.test(name);
}

function* targetsOf({ roots }: HeapGraph, passOfRoot: Uint8Array, pass: number): Generator<number> {
  for (let root = 0; root < roots.count; root++) if (passOfRoot[root] === pass) yield roots.target[root];
}

/** The runtime's list of them is one of its variables, whose turn comes after that of timers. */
function* findProcessors({ graph, structures }: Kept): Work<number[]> {
  const found: number[] = [];
  for (let id = 1; id <= graph.objectCount; id++) {
    if (structures[id] === STRUCTURE.processor) found.push(id);
    if ((id & SLICE_MASK) === 0) yield id;
  }
  return found;
}
