/** What trials of cuts look up, made once for a dump: places in the dominator tree, and the finalizers that are still to run. */
import { ROOT, type AddressIndex, type HeapGraph, type RootTable } from '../graph/heap-graph';
import type { MemoryAccount } from '../lib/alloc';
import { NONE } from '../lib/none';
import { SLICE_MASK, type Work } from '../lib/work';
import type { CutHeap, PendingFinalizers } from './removal-loss';
import type { DominatorTree, Reachability } from './results';
import { findTreePlaces } from './tree-places';

export type CutTables = Pick<CutHeap, 'place' | 'finalizers'>;

/** What of a graph tells of finalizers. */
export interface FinalizerRoots {
  readonly records: {
    readonly finalizers: readonly Pick<HeapGraph['records']['finalizers'][number], 'object' | 'queued'>[];
  };
  readonly roots: Pick<RootTable, 'strongCount' | 'kind' | 'owner'>;
  readonly index: AddressIndex;
}

export function* findCutTables(
  graph: FinalizerRoots,
  reachability: Reachability,
  dominators: DominatorTree,
  account: MemoryAccount,
): Work<CutTables> {
  const place = yield* findTreePlaces(dominators, reachability, account);
  const rootsOf = yield* finalizerRootsOf(graph);
  return { place, finalizers: pendingFinalizers(rootsOf, place) };
}

/**
 * All rows that are there because of the finalizer behind a root that is still to run: it goes as a whole. Null for other roots, those of queued
 * finalizers among them: a finalizer that registers its object anew is both while it runs.
 */
export function finalizerRows(
  { records, roots, index }: FinalizerRoots,
  { rootsOf }: Pick<PendingFinalizers, 'rootsOf'>,
  root: number,
): readonly number[] | null {
  if (roots.kind[root] !== ROOT.finalizer) return null;
  const { object, queued } = records.finalizers[roots.owner[root]];
  return queued ? null : (rootsOf.get(index.objectAt(object)) ?? null);
}

/** `rootsOf`: object → rows of graph.roots that are there because of its finalizer, which is not queued. */
function pendingFinalizers(rootsOf: ReadonlyMap<number, readonly number[]>, place: Uint32Array): PendingFinalizers {
  return { rootsOf, places: Uint32Array.from(rootsOf.keys(), (objectId) => place[objectId]).sort() };
}

/** object → rows of graph.roots that are there because of its finalizer, which is not queued */
export function* finalizerRootsOf({ records, roots, index }: FinalizerRoots): Work<Map<number, number[]>> {
  const rootsOf = new Map<number, number[]>();
  for (let root = 0; root < roots.strongCount; root++) {
    if ((root & SLICE_MASK) === 0) yield root;
    if (roots.kind[root] !== ROOT.finalizer) continue;
    const finalizer = records.finalizers[roots.owner[root]];
    const object = finalizer.queued ? NONE : index.objectAt(finalizer.object);
    if (object === NONE) continue;
    const rows = rootsOf.get(object);
    if (rows) rows.push(root);
    else rootsOf.set(object, [root]);
  }
  return rootsOf;
}
