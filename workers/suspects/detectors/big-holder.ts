/**
 * Who holds a large share of the heap: single objects, and crowds of one type. As Eclipse MAT finds leak suspects: go down the dominator tree
 * from each large object as long as one child has nearly all of it; where the bytes part into many small ones, they accumulate.
 */
import { HOLDER } from '../../analysis/results';
import { crowdName, crowdsOf, crowdText, type Crowd } from '../holders/crowds';
import { cutsInto } from '../../cycles/what-lets-go';
import type { Detector } from '../detector';
import type { Finding, Proof } from '../finding';
import { reachableBytes } from '../holders/reachable-bytes';
import { rootPlace, rootWay, shortestRootPath } from '../holders/root-way';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { bytesText, times } from '../words/wording';

/** Share of what is reachable, and bytes, from which on a holder is large: of a small heap something always has a fifth. */
const LARGE_SHARE = 0.2;
const LARGE_BYTES = 4 * 2 ** 20;
/** A child with so much of its parent's bytes is what holds them; the parent is on the way. */
const NEARLY_ALL = 0.8;
/** So many equal items with half of the heap are what a collection looks like that only grows. */
const GROWING_ITEMS = 100_000;
const GROWING_SHARE = 0.5;
/** Parts below this share of what accumulates prove nothing. */
const TELLING_PART = 0.01;
const MOST_HOLDERS = 5;
const MOST_CUTS = 3;
/** Structures that are there in every program, whatever it does; what pools hold, pool-contents tells. */
const RUNTIME = /^(\*|\[\d*\])*(runtime[./]|internal\/(runtime|abi|cpu)[./]|sync\.pool)/;

export const bigHolder: Detector = {
  name: 'big-holder',
  title: 'Holders of a large share of the heap',
  async detect(heap) {
    const reachable = reachableBytes(heap);
    const large = Math.max(LARGE_BYTES, LARGE_SHARE * reachable);
    if (reachable < large) return { findings: [], skipped: null };
    const findings: Finding[] = [];
    for (const { objectId, own } of accumulationPoints(heap, large)) {
      if (!RUNTIME.test(heap.typeText(objectId))) findings.push(await describe(heap, objectId, own, reachable));
    }
    for (const crowd of await crowdsAtRoots(heap, large)) {
      if (!RUNTIME.test(heap.typeText(crowd.sample))) findings.push(await describeCrowd(heap, crowd, reachable));
    }
    return { findings, skipped: null };
  },
};

/** An object, and what it retains besides large objects below it. */
interface Holder {
  readonly objectId: number;
  readonly own: number;
}

/** Where bytes accumulate, most first. Large objects are few, so this looks at few. */
function accumulationPoints(heap: AnalysedHeap, large: number): Holder[] {
  const { retainedSize } = heap.dominators;
  const holders: Holder[] = [];
  const waiting = largeChildren(heap, 0, large);
  for (let objectId = waiting.pop(); objectId !== undefined; objectId = waiting.pop()) {
    const at = accumulationPoint(heap, objectId);
    const children = largeChildren(heap, at, large);
    const own = children.reduce((left, child) => left - retainedSize[child], retainedSize[at]);
    if (own >= large) holders.push({ objectId: at, own });
    waiting.push(...children);
  }
  return holders.sort((a, b) => b.own - a.own).slice(0, MOST_HOLDERS);
}

function accumulationPoint({ dominators }: AnalysedHeap, start: number): number {
  const { dominatedStart, dominatedObject, retainedSize } = dominators;
  for (let at = start; ;) {
    if (dominatedStart[at] === dominatedStart[at + 1]) return at;
    const largest = dominatedObject[dominatedStart[at]];
    if (retainedSize[largest] < NEARLY_ALL * retainedSize[at]) return at;
    at = largest;
  }
}

/** Children lie by retained size, largest first. Garbage is nobody's. */
function largeChildren({ dominators, reachability }: AnalysedHeap, parent: number, large: number): number[] {
  const { dominatedStart, dominatedObject, retainedSize } = dominators;
  const children: number[] = [];
  for (let at = dominatedStart[parent]; at < dominatedStart[parent + 1]; at++) {
    const child = dominatedObject[at];
    if (retainedSize[child] < large) break;
    if (reachability.holder[child] !== HOLDER.nothing) children.push(child);
  }
  return children;
}

async function describe(heap: AnalysedHeap, objectId: number, own: number, reachable: number): Promise<Finding> {
  const { dominatedStart, dominatedObject, retainedSize, retainedObjects } = heap.dominators;
  const children = dominatedObject.subarray(dominatedStart[objectId], dominatedStart[objectId + 1]);
  const crowds = await crowdsOf(heap, children);
  const type = crowdText(heap, objectId);
  const [most] = crowds;
  const of =
    crowds.length > 0 && most.count > 1
      ? `, ${most.bytes >= own / 2 ? 'most of it' : 'part of it'} in ${times(most.count, crowdText(heap, most.sample))}`
      : '';
  const growing = crowds.length > 0 && most.count >= GROWING_ITEMS && most.bytes >= GROWING_SHARE * reachable;
  const path = await shortestRootPath(heap, objectId);
  const root = path ? rootPlace(heap, path.root) : 'nothing';
  return {
    ...common(growing),
    key: `${crowdName(heap, objectId) ?? 'what is held'} of ${rootKey(root)}`,
    confidence: heap.reachability.holder[objectId] === HOLDER.stackWord ? 'likely' : 'certain',
    title: `${type} retains ${bytesText(retainedSize[objectId])}, ${percent(retainedSize[objectId] / reachable)} of what is reachable${of}`,
    objects: retainedObjects[objectId],
    bytes: retainedSize[objectId],
    proofs: [
      { kind: 'object', objectId, text: `held by ${(await rootWay(heap, objectId)) ?? root}` },
      ...crowds
        .filter(({ bytes }) => bytes >= TELLING_PART * own)
        .slice(0, 4)
        .map((crowd) => partProof(heap, crowd)),
    ],
    cuts: await cutsInto(heap, [objectId], MOST_CUTS),
  };
}

function partProof(heap: AnalysedHeap, { sample, count, bytes }: Crowd): Proof {
  const type = crowdText(heap, sample);
  const text =
    count === 1
      ? `right below it, ${type} retains ${bytesText(bytes)}`
      : `one of ${times(count, type)} right below it, which retain ${bytesText(bytes)} together`;
  return { kind: 'object', objectId: sample, text };
}

/** Names of variables stay; numbers of goroutines do not. */
function rootKey(place: string): string {
  return place.replace(/^goroutine \d+$/, 'a goroutine');
}

/** Crowds of objects that roots hold, or several holders together, none of which is large by itself. */
async function crowdsAtRoots(heap: AnalysedHeap, large: number): Promise<Crowd[]> {
  const { dominatedStart, dominatedObject, retainedSize } = heap.dominators;
  const { holder } = heap.reachability;
  const top = dominatedObject.subarray(dominatedStart[0], dominatedStart[1]);
  const isSmall = (id: number): boolean => retainedSize[id] < large && holder[id] !== HOLDER.nothing;
  const crowds = await crowdsOf(heap, top, isSmall);
  return crowds.filter(({ bytes }) => bytes >= large).slice(0, MOST_HOLDERS);
}

async function describeCrowd(
  heap: AnalysedHeap,
  { sample, count, objects, bytes }: Crowd,
  reachable: number,
): Promise<Finding> {
  const type = crowdText(heap, sample);
  const way = await rootWay(heap, sample);
  return {
    ...common(false),
    key: `a crowd of ${type}`,
    confidence: 'certain',
    title: `${times(count, type)} retain ${bytesText(bytes)}, ${percent(bytes / reachable)} of what is reachable, and no single holder`,
    objects,
    bytes,
    proofs: [{ kind: 'object', objectId: sample, text: `the one that retains most, held by ${way ?? 'nothing'}` }],
    cuts: [],
  };
}

function common(growing: boolean): Pick<Finding, 'detector' | 'severity' | 'basis' | 'why' | 'fix'> {
  return {
    detector: bigHolder.name,
    severity: growing ? 'warning' : 'note',
    basis:
      'Dominators over all references of the dump: what is counted would be freed if the holder were. Whether it should be held, and whether it ' +
      'grows, one dump does not tell: compare two.',
    why:
      'Where memory is to be saved, it is here. Collections that are filled and never emptied look like this: caches without a bound, maps by ' +
      'request or session, lists of everything that ever was.',
    fix: {
      text: 'If it is a cache, bound it, by size or by age; if it is a registry, take out what is done with.',
      before: 'cache[key] = value // and never deleted',
      after: 'if len(cache) >= maxEntries {\n\tevictOldest(cache)\n}\ncache[key] = value',
    },
  };
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
