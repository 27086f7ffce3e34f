/** What the bytes are that an object retains, by kind: what lies right below it may be a few objects with a forest behind each. */
import { shallowSize } from '../../graph/heap-graph';
import { SLICE_MASK, type Work } from '../../lib/work';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import type { Proof } from '../finding';
import { formatBytes } from '../../lib/format';
import { times } from '../words/wording';
import { crowdKey, crowdText, type Crowd } from './crowds';

/** Kinds with less than this share of the bytes are not told. */
const TELLING_SHARE = 0.1;
const MOST_KINDS = 3;

/** The kinds with most bytes of their own among all that an object retains, as proofs; `told`: crowds that are told already. */
export async function mostBytesBelow(heap: AnalysedHeap, objectId: number, told: readonly Crowd[]): Promise<Proof[]> {
  const known = new Map(told.map((crowd) => [crowdKey(heap, crowd.sample), crowd.count]));
  const least = TELLING_SHARE * heap.dominators.retainedSize[objectId];
  const kinds = await heap.drive(kindsBelow(heap, [objectId]));
  return kinds
    .filter(({ count, bytes }) => count > 1 && bytes >= least)
    .filter(({ sample, count }) => known.get(crowdKey(heap, sample)) !== count)
    .slice(0, MOST_KINDS)
    .map(({ sample, count, bytes }) => ({
      kind: 'object',
      objectId: sample,
      text: `in all, ${times(count, crowdText(heap, sample))} take ${formatBytes(bytes)} of it`,
    }));
}

/** Objects that are called the same, with bytes of their own. */
export interface Kind {
  readonly sample: number;
  count: number;
  bytes: number;
}

/** What some objects retain together, none of which retains another: most bytes first. Linear in what is retained. */
export function* kindsBelow(heap: AnalysedHeap, objectIds: Iterable<number>): Work<Kind[]> {
  const { dominatedStart, dominatedObject } = heap.dominators;
  const kinds = new Map<number, Kind>();
  const waiting = [...objectIds];
  let steps = 0;
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const key = crowdKey(heap, id);
    let kind = kinds.get(key);
    if (!kind) kinds.set(key, (kind = { sample: id, count: 0, bytes: 0 }));
    kind.count++;
    kind.bytes += shallowSize(heap.graph, id);
    for (let at = dominatedStart[id]; at < dominatedStart[id + 1]; at++) waiting.push(dominatedObject[at]);
    if ((++steps & SLICE_MASK) === 0) yield steps;
  }
  return [...kinds.values()].sort((a, b) => b.bytes - a.bytes);
}
