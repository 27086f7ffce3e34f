/**
 * Where bytes accumulate. As Eclipse MAT finds leak suspects: from each large object down the dominator tree as long as one child has nearly all
 * of it; where the bytes part into many, they accumulate. The insides of containers are passed through, and what a chain loses link by link on
 * the way down is added up: each link of a list retains all behind it, so that no single step parts.
 */
import { HOLDER } from '../../analysis/results';
import { entriesBelow } from '../../heap/containers';
import { SLICE_MASK, type Work } from '../../lib/work';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { crowdKey } from './crowds';

/** A child with so much of its parent's bytes is what holds them; the parent is on the way. */
export const NEARLY_ALL = 0.8;
/** So many of one kind on a way down are links of a chain. */
const LEAST_LINKS = 8;
/** A chain is told where so much of what a way down retains is lost along its links. */
const CHAIN_SHARE = 0.5;

/** An object, and what it retains besides large objects below it. */
export interface Holder {
  readonly objectId: number;
  readonly own: number;
}

export interface Accumulations {
  /** Most bytes first. */
  readonly holders: readonly Holder[];
  readonly chains: readonly Chain[];
}

/** Objects of one kind or a few, each of which dominates the next. */
export interface Chain {
  /** The first retains all others. */
  readonly links: readonly number[];
  /** Bytes that are lost along the links, in all. */
  readonly bytes: number;
}

/** `large`: bytes that are worth telling. Large objects are few, so this looks at few. */
export function* findAccumulations(heap: AnalysedHeap, large: number): Work<Accumulations> {
  const { retainedSize } = heap.dominators;
  const holders: Holder[] = [];
  const chains: Chain[] = [];
  const waiting = largeTops(heap, large);
  for (let start = waiting.pop(); start !== undefined; start = waiting.pop()) {
    const way = yield* wayDown(heap, start);
    const at = way[way.length - 1];
    const below = yield* largeEntries(heap, at, large);
    waiting.push(...below);
    const held = below.reduce((sum, child) => sum + retainedSize[child], 0);
    if (retainedSize[start] - held < large) continue;
    const chain = yield* chainOf(heap, way);
    const isChain = chain !== null && chain.bytes >= CHAIN_SHARE * (retainedSize[start] - held);
    if (isChain) chains.push(chain);
    const ownOfLast = retainedSize[at] - held;
    if (ownOfLast >= large) holders.push({ objectId: at, own: ownOfLast });
    else if (!isChain) holders.push({ objectId: start, own: retainedSize[start] - held });
  }
  return {
    holders: holders.sort((a, b) => b.own - a.own),
    chains: chains.sort((a, b) => b.bytes - a.bytes),
  };
}

/** What roots hold, most first; garbage is nobody's. A container stands for itself: nothing but a variable is above it. */
function largeTops({ dominators, reachability }: AnalysedHeap, large: number): number[] {
  const { dominatedStart, dominatedObject, retainedSize } = dominators;
  const tops: number[] = [];
  for (let at = dominatedStart[0]; at < dominatedStart[1]; at++) {
    const child = dominatedObject[at];
    if (retainedSize[child] < large) break;
    if (reachability.holder[child] !== HOLDER.nothing) tops.push(child);
  }
  return tops;
}

/** From an object down to where no entry has nearly all of it. */
function* wayDown(heap: AnalysedHeap, start: number): Work<number[]> {
  const { retainedSize } = heap.dominators;
  const way = [start];
  for (let at = start; ;) {
    const largest = yield* largestEntry(heap, at);
    if (largest === 0 || retainedSize[largest] < NEARLY_ALL * retainedSize[at]) return way;
    way.push((at = largest));
    if ((way.length & SLICE_MASK) === 0) yield way.length;
  }
}

/** 0 where there is none. */
function* largestEntry(heap: AnalysedHeap, objectId: number): Work<number> {
  const { retainedSize } = heap.dominators;
  let largest = 0;
  let steps = 0;
  for (const entry of entriesBelow(heap, objectId)) {
    if (largest === 0 || retainedSize[entry] > retainedSize[largest]) largest = entry;
    if ((++steps & SLICE_MASK) === 0) yield steps;
  }
  return largest;
}

function* largeEntries(heap: AnalysedHeap, objectId: number, large: number): Work<number[]> {
  const found: number[] = [];
  let steps = 0;
  for (const entry of entriesBelow(heap, objectId)) {
    if (heap.dominators.retainedSize[entry] >= large) found.push(entry);
    if ((++steps & SLICE_MASK) === 0) yield steps;
  }
  return found;
}

/** The links of kinds that are there often on a way, with those behind its end: the last ones have too little to have nearly all of it. */
function* chainOf(heap: AnalysedHeap, way: readonly number[]): Work<Chain | null> {
  const counts = new Map<number, number>();
  for (const id of way) counts.set(crowdKey(heap, id), (counts.get(crowdKey(heap, id)) ?? 0) + 1);
  const isLink = (id: number): boolean => (counts.get(crowdKey(heap, id)) ?? 0) >= LEAST_LINKS;
  if (!way.some(isLink)) return null;
  const whole = [...way];
  let behind = yield* largestEntry(heap, whole[whole.length - 1]);
  for (; behind !== 0 && isLink(behind); behind = yield* largestEntry(heap, behind)) whole.push(behind);
  const { retainedSize } = heap.dominators;
  let bytes = 0;
  for (const [i, id] of whole.entries()) {
    if (isLink(id)) bytes += retainedSize[id] - (i + 1 < whole.length ? retainedSize[whole[i + 1]] : 0);
  }
  return { links: whole.filter(isLink), bytes };
}
