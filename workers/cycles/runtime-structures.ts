/**
 * Objects that are the runtime's own, and the arrays that pools keep their items in: what ties much of every heap together without being the
 * program's. Told by the dump's records and by structure, so they are found without an executable too:
 *
 *   machine     what a thread record's address lies in (an m)
 *   goroutine   what a goroutine record's address lies in (a g); told apart where it waits for ever
 *   processor   a P, by the sudogs that it keeps (go/processors.ts)
 *   waiter      what refers to a goroutine's descriptor, which no Go code outside the runtime can: sudogs, timers of sleepers, the list of all
 *   poolLocals  the array of a sync.Pool, one entry for each processor
 */
import type { Components } from '../analysis/results';
import { POOL_LOCAL } from '../go/pools';
import { isProcessor, looksLikeProcessor } from '../goroutines/processors';
import type { HeapGraph } from '../graph/heap-graph';
import type { MemoryAccount } from '../lib/alloc';
import { NONE } from '../lib/none';
import { SLICE_MASK } from '../lib/work';
import type { Naming } from '../naming/naming';

export const STRUCTURE = {
  none: 0,
  goroutine: 1,
  machine: 2,
  processor: 3,
  waiter: 4,
  poolLocals: 5,
  stuckGoroutine: 6,
} as const;

/** Whether a STRUCTURE is the runtime's own; what is no object of the heap has none. */
export function isDescriptor(structure: number | undefined): boolean {
  return structure !== undefined && structure !== STRUCTURE.none && structure !== STRUCTURE.poolLocals;
}

/** More candidates than this are not processors: the runtime allows 1024. */
const MOST_CANDIDATES = 4096;

export interface StructureTools {
  readonly account: MemoryAccount;
  readonly checkpoint: () => Promise<void> | undefined;
}

/** objectId → STRUCTURE; 1 byte an object, which the caller releases. `stuck`: goroutine → 1 where it waits for ever. */
export async function findRuntimeStructures(
  graph: HeapGraph,
  naming: Naming,
  components: Components,
  stuck: Uint8Array,
  { account, checkpoint }: StructureTools,
): Promise<Uint8Array> {
  const kinds = account.uint8('runtime structures', graph.vertexCount);
  try {
    await markPoolLocals(graph, naming, kinds, checkpoint);
    for (const id of await findProcessors(graph, components, checkpoint)) kinds[id] = STRUCTURE.processor;
    markRecorded(graph, stuck, kinds);
    return kinds;
  } catch (error) {
    account.release(kinds);
    throw error;
  }
}

/** Where the dump has records of them; a waiter is known by whom it refers to. */
function markRecorded(graph: HeapGraph, stuck: Uint8Array, kinds: Uint8Array): void {
  const { records, index, referrerStart, referrerSource } = graph;
  for (const { address } of records.threads) mark(index.objectAt(address), STRUCTURE.machine, kinds);
  const descriptors = records.goroutines.map(({ address }) => index.objectAt(address));
  descriptors.forEach((id, goroutine) => {
    mark(id, stuck[goroutine] === 1 ? STRUCTURE.stuckGoroutine : STRUCTURE.goroutine, kinds);
  });
  for (const id of descriptors) {
    if (id === NONE) continue;
    for (let at = referrerStart[id]; at < referrerStart[id + 1]; at++) {
      if (kinds[referrerSource[at]] === STRUCTURE.none) kinds[referrerSource[at]] = STRUCTURE.waiter;
    }
  }
}

function mark(id: number, kind: number, kinds: Uint8Array): void {
  if (id !== NONE) kinds[id] = kind;
}

async function markPoolLocals(
  { objectCount }: HeapGraph,
  naming: Naming,
  kinds: Uint8Array,
  checkpoint: () => Promise<void> | undefined,
): Promise<void> {
  const { beliefs } = naming;
  const isLocals = beliefs.all.map(({ type }) => type?.name === POOL_LOCAL);
  if (!isLocals.includes(true)) return;
  for (let id = 1; id <= objectCount; id++) {
    if (isLocals[beliefs.numberOf(id)]) kinds[id] = STRUCTURE.poolLocals;
    if ((id & SLICE_MASK) === 0) await checkpoint();
  }
}

async function findProcessors(
  graph: HeapGraph,
  { member, cycleOf }: Components,
  checkpoint: () => Promise<void> | undefined,
): Promise<number[]> {
  const candidates: number[] = [];
  for (let at = 0; at < member.length; at++) {
    if ((at & SLICE_MASK) === 0) await checkpoint();
    const id = member[at];
    if (cycleOf[id] === NONE || !looksLikeProcessor(graph, id)) continue;
    if (candidates.push(id) > MOST_CANDIDATES) return [];
  }
  const processors: number[] = [];
  for (const id of candidates) if (await isProcessor(graph, id)) processors.push(id);
  return processors;
}
