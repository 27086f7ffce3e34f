/** Where items of a pool lead: to what goroutines have on their stacks, or to each other. */
import { ROOT } from '../../graph/heap-graph';
import { goroutineOfRoot } from '../../graph/root-owner';
import type { AnalysedHeap } from '../../heap/analysed-heap';

/** Objects that one item alone keeps, looked through for pointers to what it does not. */
const MOST_OWN = 256;
/** What they refer to that is looked at: an item may be an array of millions. */
const MOST_SEEN = 10_000;
/** Items looked at. */
const MOST_ITEMS = 10_000;
/** Of the items: what more of them point at is the pool's or the program's, as a logger is, not one request's. */
const FEW = 0.5;
const FEW_ITEMS = 2;

/** A pointer out of an item, to an object that a goroutine has on its stack. */
export interface LiveReference {
  readonly item: number;
  /** The item, or what it alone keeps, that has the pointer. */
  readonly owner: number;
  readonly target: number;
  /** Index of records.goroutines. */
  readonly goroutine: number;
}

/**
 * Pointers of items to objects that are not theirs alone: that a goroutine of the program has on its stack, and that only few of the items lead
 * to. The first of each item.
 */
export async function liveReferences(heap: AnalysedHeap, items: readonly number[]): Promise<LiveReference[]> {
  const found: LiveReference[] = [];
  const looked = items.slice(0, MOST_ITEMS);
  const itself = new Set(items);
  for (const item of looked) {
    const reference = firstLive(heap, item, itself);
    if (reference) found.push(reference);
    await heap.checkpoint();
  }
  const times = new Map<number, number>();
  for (const { target } of found) times.set(target, (times.get(target) ?? 0) + 1);
  const most = Math.max(FEW_ITEMS, FEW * looked.length);
  return found.filter(({ target }) => (times.get(target) ?? 0) < most);
}

function firstLive(heap: AnalysedHeap, item: number, items: ReadonlySet<number>): LiveReference | null {
  const { graph, dominators } = heap;
  const own = [item];
  const seen = new Set(own);
  for (let head = 0; head < own.length; head++) {
    const owner = own[head];
    for (let at = graph.referenceStart[owner]; at < graph.referenceStart[owner + 1]; at++) {
      const target = graph.referenceTarget[at];
      if (seen.size > MOST_SEEN) return null;
      if (seen.has(target) || items.has(target)) continue;
      seen.add(target);
      if (seen.has(dominators.immediateDominator[target]) && own.length < MOST_OWN) own.push(target);
      const goroutine = onStack(heap, target);
      if (goroutine !== null) return { item, owner, target, goroutine };
    }
  }
  return null;
}

/** A goroutine of the program that has the object in a listed word of its stack. */
function onStack({ graph, roots }: AnalysedHeap, objectId: number): number | null {
  const { goroutines } = graph.records;
  for (const root of roots.ofObject(objectId)) {
    const goroutine = root < graph.roots.strongCount ? goroutineOfRoot(graph, root) : null;
    // its own descriptor is no word of its stack
    if (goroutine === null || goroutines[goroutine].system) continue;
    if (graph.roots.kind[root] === ROOT.stack) return goroutine;
  }
  return null;
}

/** Part of the heap that the items keep, each by itself; items that keep others count twice, so it is no less than what they keep by themselves. */
export function shareOfItems({ graph, dominators }: AnalysedHeap, items: readonly number[]): number {
  return items.reduce((sum, id) => sum + dominators.retainedSize[id], 0) / graph.heapBytes;
}
