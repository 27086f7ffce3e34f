/**
 * The dominator tree with retained sizes: each object's shallow bytes are added to its dominator in reverse preorder, so a subtree is complete
 * before it is passed on. Then the children of each object by counting sort, each list ordered by retained size.
 */
import type { MemoryAccount } from '../lib/alloc';
import { NONE } from '../lib/none';
import { withScratch, type Scratch } from '../lib/scratch';
import { SHORT_RANGE, sortRange, sortShort } from '../lib/sorts';
import { SLICE_MASK, type Work } from '../lib/work';
import { findDominators, type Dominators } from './dominators';
import type { ObjectGraph } from './object-graph';
import type { Components, DominatorTree, Reachability } from './results';
import { entryTiers } from './tiers';

/** Dominators and retained sizes of all objects. Entry 0 of the sums is the whole heap: every object, reachable or not. */
export function buildDominatorTree(
  graph: ObjectGraph,
  reachability: Reachability,
  components: Components,
  account: MemoryAccount,
): Work<DominatorTree> {
  return withScratch(account, function* (scratch) {
    const dominators = yield* findDominators(graph, entryTiers(graph, reachability, components), account);
    const { immediateDominator, preorder } = dominators;
    scratch.adopt(immediateDominator, preorder);
    const sums = yield* sumSubtrees(graph, dominators, scratch);
    scratch.release(preorder);
    shareAmongSources(components, sums);
    const children = yield* listDominated(immediateDominator, scratch);
    yield* orderDominated(children, sums.retainedSize, account);
    const tree = { immediateDominator, ...sums, ...children };
    for (const column of Object.values(tree)) scratch.keep(column);
    return tree;
  });
}

type Sums = Pick<DominatorTree, 'retainedObjects' | 'retainedSize'>;

function* sumSubtrees(graph: ObjectGraph, dominators: Dominators, scratch: Scratch): Work<Sums> {
  const { immediateDominator, preorder, reached } = dominators;
  const { objectCount, shapeId, shapes } = graph;
  const retainedObjects = scratch.uint32('retainedObjects', objectCount + 1);
  const retainedSize = scratch.float64('retainedSize', objectCount + 1);
  for (let i = reached - 1; i > 0; i--) {
    const v = preorder[i];
    const d = immediateDominator[v];
    retainedObjects[v] += 1;
    retainedSize[v] += shapes.slotSize[shapeId[v]];
    retainedObjects[d] += retainedObjects[v];
    retainedSize[d] += retainedSize[v];
    if ((i & SLICE_MASK) === 0) yield reached - i;
  }
  return { retainedObjects, retainedSize };
}

/**
 * Members of an unreachable ring that nothing else refers to retain what the ring retains: whichever one starts from, all of it hangs on it.
 * The tree knows only the entry, the member through which it was entered.
 */
function shareAmongSources({ garbageEntry, cycleOf, memberStart, member }: Components, sums: Sums): void {
  for (const entry of garbageEntry) {
    const cycle = cycleOf[entry];
    if (cycle === NONE) continue;
    for (let i = memberStart[cycle]; i < memberStart[cycle + 1]; i++) {
      sums.retainedObjects[member[i]] = sums.retainedObjects[entry];
      sums.retainedSize[member[i]] = sums.retainedSize[entry];
    }
  }
}

type Children = Pick<DominatorTree, 'dominatedStart' | 'dominatedObject'>;

/** Counts become ends, and filling from the highest object downwards turns ends into starts, so each list ascends by id. */
function* listDominated(immediateDominator: Uint32Array, scratch: Scratch): Work<Children> {
  const vertexCount = immediateDominator.length;
  const dominatedStart = scratch.uint32('dominatedStart', vertexCount + 1);
  const dominatedObject = scratch.uint32('dominatedObject', vertexCount - 1);
  for (let v = 1; v < vertexCount; v++) {
    dominatedStart[immediateDominator[v]]++;
    if ((v & SLICE_MASK) === 0) yield v;
  }
  for (let d = 1; d <= vertexCount; d++) {
    dominatedStart[d] += dominatedStart[d - 1];
    if ((d & SLICE_MASK) === 0) yield d;
  }
  for (let v = vertexCount - 1; v > 0; v--) {
    dominatedObject[--dominatedStart[immediateDominator[v]]] = v;
    if ((v & SLICE_MASK) === 0) yield v;
  }
  return { dominatedStart, dominatedObject };
}

/** Largest first; equal sizes stay in the order of the file. */
function* orderDominated(
  { dominatedStart, dominatedObject }: Children,
  retainedSize: Float64Array,
  account: MemoryAccount,
): Work<void> {
  for (let d = 0; d + 1 < dominatedStart.length; d++) {
    const begin = dominatedStart[d];
    const end = dominatedStart[d + 1];
    if (end - begin <= SHORT_RANGE) sortShort(dominatedObject, begin, end, retainedSize, true);
    else yield* sortRange(dominatedObject, begin, end, retainedSize, true, account);
    if ((d & SLICE_MASK) === 0) yield d;
  }
}
