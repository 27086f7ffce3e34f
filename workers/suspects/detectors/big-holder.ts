/** Who holds a large share of the heap: single objects, the containers in their fields, long chains, and crowds of one type. */
import { HOLDER } from '../../analysis/results';
import { cutsInto } from '../../cycles/what-lets-go';
import { containersOf, entriesBelow } from '../../heap/containers';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import type { Detector } from '../detector';
import type { Finding, Fix, Proof } from '../finding';
import { findAccumulations, type Chain, type Holder } from '../holders/accumulation';
import { crowdKey, crowdName, crowdsOf, crowdText, type Crowd } from '../holders/crowds';
import { containerText, mainContainer, placeOf, type HeldContainer } from '../holders/holder-place';
import { mostBytesBelow } from '../holders/kinds-below';
import { reachableBytes } from '../holders/reachable-bytes';
import { rootPlace, rootWay, shortestRootPath } from '../holders/root-way';
import { adviceForChain, adviceForHolder } from '../words/holder-advice';
import { formatBytes, formatShare } from '../../lib/format';
import { times } from '../words/wording';

/** Share of what is reachable, and bytes, from which on a holder is large: of a small heap something always has a fifth. */
const LARGE_SHARE = 0.2;
const LARGE_BYTES = 4 * 2 ** 20;
/** So many equal items with half of the heap are what a collection looks like that only grows. */
const GROWING_ITEMS = 100_000;
const GROWING_SHARE = 0.5;
/** Parts below this share of what accumulates prove nothing. */
const TELLING_PART = 0.01;
const MOST_HOLDERS = 5;
const MOST_CUTS = 3;
/** Members of a crowd whose holders are compared. */
const MOST_COMPARED = 16;
/** Structures and variables that are there in every program, whatever it does; what pools hold, pool-contents tells. */
const RUNTIME = /^(\*|\[\d*\])*(runtime\.|internal\/(runtime|abi|cpu)[./]|sync\.pool)/;

export const bigHolder: Detector = {
  name: 'big-holder',
  title: 'Holders of a large share of the heap',
  needs: ['goroutines and their stacks', 'globals'],
  async detect(heap) {
    const reachable = reachableBytes(heap);
    const large = Math.max(LARGE_BYTES, LARGE_SHARE * reachable);
    if (reachable < large) return { findings: [], skipped: null };
    const { holders, chains } = await heap.drive(findAccumulations(heap, large));
    const findings: (Finding | null)[] = [];
    for (const chain of chains.slice(0, MOST_HOLDERS)) findings.push(await describeChain(heap, chain, reachable));
    for (const holder of holders.slice(0, MOST_HOLDERS)) findings.push(await describe(heap, holder, reachable));
    for (const crowd of await crowdsAtRoots(heap, large)) findings.push(await describeCrowd(heap, crowd, reachable));
    return { findings: findings.filter((finding) => finding !== null), skipped: null };
  },
};

/** What is told of a holder: itself, or the one container that has nearly all of it. Null for the runtime's own. */
async function subjectOf(heap: AnalysedHeap, objectId: number): Promise<Subject | null> {
  const container = mainContainer(heap, objectId);
  if (!container) {
    if (RUNTIME.test(heap.typeText(objectId))) return null;
    return { objectId, container, text: crowdText(heap, objectId), key: crowdName(heap, objectId) ?? 'what is held' };
  }
  const place = await placeOf(heap, container.head);
  if (RUNTIME.test(place) || (container.kind === 'array' && RUNTIME.test(heap.typeText(container.head)))) return null;
  const what = containerText(heap, container);
  return { objectId: container.head, container, text: `${place}, a ${what},`, key: place };
}

interface Subject {
  /** What is shown and cut off. */
  readonly objectId: number;
  readonly container: HeldContainer | null;
  readonly text: string;
  readonly key: string;
}

async function describe(heap: AnalysedHeap, { objectId, own }: Holder, reachable: number): Promise<Finding | null> {
  const subject = await subjectOf(heap, objectId);
  if (!subject) return null;
  const { retainedSize, retainedObjects } = heap.dominators;
  const bytes = retainedSize[subject.objectId];
  const crowds = await crowdsOf(heap, entriesBelow(heap, subject.objectId));
  const [most] = crowds;
  const of =
    crowds.length > 0 && most.count > 1
      ? `, ${most.bytes >= own / 2 ? 'most of it' : 'part of it'} in ${times(most.count, crowdText(heap, most.sample))}`
      : '';
  const growing = crowds.length > 0 && most.count >= GROWING_ITEMS && most.bytes >= GROWING_SHARE * reachable;
  const path = await shortestRootPath(heap, subject.objectId);
  const root = path ? rootPlace(heap, path.root) : 'nothing';
  return {
    ...common(growing, adviceForHolder(subject.container?.kind ?? null)),
    key: subject.key === root ? root : `${subject.key} of ${rootKey(root)}`,
    confidence: heap.reachability.holder[objectId] === HOLDER.stackWord ? 'likely' : 'certain',
    title: `${subject.text} retains ${formatBytes(bytes)}, ${formatShare(bytes, reachable)} of what is reachable${of}`,
    objects: retainedObjects[subject.objectId],
    bytes,
    proofs: [
      {
        kind: 'object',
        objectId: subject.objectId,
        text: `held by ${(await rootWay(heap, subject.objectId)) ?? root}`,
      },
      ...crowds
        .filter((crowd) => crowd.bytes >= TELLING_PART * own)
        .slice(0, 4)
        .map((crowd) => partProof(heap, crowd)),
      ...(await mostBytesBelow(heap, subject.objectId, crowds)),
    ],
    cuts: await cutsInto(heap, [subject.objectId], MOST_CUTS),
  };
}

function partProof(heap: AnalysedHeap, { sample, count, bytes }: Crowd): Proof {
  const type = crowdText(heap, sample);
  const text =
    count === 1
      ? `right below it, ${type} retains ${formatBytes(bytes)}`
      : `one of ${times(count, type)} right below it, which retain ${formatBytes(bytes)} together`;
  return { kind: 'object', objectId: sample, text };
}

async function describeChain(heap: AnalysedHeap, { links }: Chain, reachable: number): Promise<Finding | null> {
  const [first] = links;
  const kinds = await crowdsOf(heap, links);
  if (kinds.every(({ sample }) => RUNTIME.test(heap.typeText(sample)))) return null;
  kinds.sort((a, b) => b.count - a.count);
  const of = kinds.map(({ count, sample }) => times(count, crowdText(heap, sample))).join(' and ');
  const { retainedSize, retainedObjects } = heap.dominators;
  const place = await placeOf(heap, first);
  const bytes = retainedSize[first];
  return {
    ...common(false, adviceForChain(crowdText(heap, kinds[0].sample))),
    key: `a chain of ${kinds.map(({ sample }) => crowdName(heap, sample) ?? 'objects').join(' and ')} from ${rootKey(place)}`,
    confidence: heap.reachability.holder[first] === HOLDER.stackWord ? 'likely' : 'certain',
    title: `A chain of ${of} ${place.startsWith('behind ') ? place : `from ${place}`} retains ${formatBytes(bytes)}, ${formatShare(bytes, reachable)} of what is reachable`,
    objects: retainedObjects[first],
    bytes,
    proofs: [
      { kind: 'object', objectId: first, text: `the first link, held by ${(await rootWay(heap, first)) ?? 'nothing'}` },
      { kind: 'object', objectId: links[links.length - 1], text: 'the last link' },
      ...(await mostBytesBelow(heap, first, kinds)),
    ],
    why:
      'Each link keeps all behind it, so none of them seems large: a list that is only added to, contexts derived from each other in a loop, ' +
      'errors that wrap or join those before them.',
    cuts: await cutsInto(heap, [first], MOST_CUTS),
  };
}

/** Names of variables stay; numbers of goroutines do not. */
function rootKey(place: string): string {
  return place.replace(/^goroutine \d+$/, 'a goroutine');
}

/** Crowds of objects that roots hold, or several holders together, none of which is large by itself. */
async function crowdsAtRoots(heap: AnalysedHeap, large: number): Promise<Crowd[]> {
  const crowds = await crowdsOf(heap, smallAtRoots(heap, large));
  return crowds.filter(({ bytes }) => bytes >= large).slice(0, MOST_HOLDERS);
}

/** Containers are passed through here too: what both maps of a sync.Map up to Go 1.23 lead to, neither of them has. */
function* smallAtRoots(heap: AnalysedHeap, large: number): Generator<number> {
  const { dominatedStart, dominatedObject, retainedSize } = heap.dominators;
  const { holder } = heap.reachability;
  const containers = containersOf(heap.naming);
  for (let at = dominatedStart[0]; at < dominatedStart[1]; at++) {
    const id = dominatedObject[at];
    if (retainedSize[id] >= large || holder[id] === HOLDER.nothing) continue;
    if (containers.isInside(id) && dominatedStart[id] < dominatedStart[id + 1]) yield* entriesBelow(heap, id);
    else yield id;
  }
}

async function describeCrowd(
  heap: AnalysedHeap,
  { sample, count, objects, bytes }: Crowd,
  reachable: number,
): Promise<Finding | null> {
  if (RUNTIME.test(heap.typeText(sample))) return null;
  const type = crowdText(heap, sample);
  const large = Math.max(LARGE_BYTES, LARGE_SHARE * reachable);
  const place = await commonPlace(heap, sample, large);
  return {
    ...common(false, adviceForHolder(null)),
    key: `a crowd of ${type}`,
    confidence: 'certain',
    title: `${times(count, type)} retain ${formatBytes(bytes)}, ${formatShare(bytes, reachable)} of what is reachable, ${place === null ? 'and no single holder' : `in ${place}`}`,
    objects,
    bytes,
    proofs: [
      {
        kind: 'object',
        objectId: sample,
        text: `the one that retains most, held by ${(await rootWay(heap, sample)) ?? 'nothing'}`,
      },
    ],
    cuts: [],
  };
}

/** The field or variable that has the first members of a crowd; null where they are in several. */
async function commonPlace(heap: AnalysedHeap, sample: number, large: number): Promise<string | null> {
  const key = crowdKey(heap, sample);
  let place: string | null = null;
  let compared = 0;
  for (const id of smallAtRoots(heap, large)) {
    if (crowdKey(heap, id) !== key) continue;
    const other = await placeOf(heap, id);
    if (place !== null && other !== place) return null;
    place = other;
    if (++compared === MOST_COMPARED) break;
  }
  return place;
}

function common(growing: boolean, fix: Fix): Pick<Finding, 'detector' | 'severity' | 'basis' | 'why' | 'fix'> {
  return {
    detector: bigHolder.name,
    severity: growing ? 'warning' : 'note',
    basis:
      'Dominators over all references of the dump: what is counted would be freed if the holder were. Whether it should be held, and whether it ' +
      'grows, one dump does not tell: compare two.',
    why:
      'Where memory is to be saved, it is here. Collections that are filled and never emptied look like this: caches without a bound, maps by ' +
      'request or session, lists of everything that ever was.',
    fix,
  };
}
