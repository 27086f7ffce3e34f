/** The same text, or the same bytes, held many times over: by the field that holds the copies. */
import { HOLDER } from '../../analysis/results';
import { shallowSize } from '../../graph/heap-graph';
import type { Detector } from '../detector';
import {
  confirm,
  contentOf,
  equalContents,
  MOST_COMPARED,
  type Copies,
  type EqualContents,
} from '../waste/equal-contents';
import type { Finding, Proof } from '../finding';
import { quoted } from '../words/quoted';
import { offsetOfReference } from '../../heap/references';
import { rootPlace } from '../holders/root-way';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { fieldOf, groupedBy, isBuffer, severityOfWaste, type Group } from '../waste/waste';
import { counted, formatBytes } from '../../lib/format';

/** Contents that are looked into. */
const MOST_CONTENTS = 50;
/** Copies of a content whose holders are looked at: the field that most of them are in speaks for all. */
const SAMPLED = 4;
const MOST_PLACES = 10;
const MOST_PROOFS = 8;
const QUOTED_BYTES = 40;

export const duplicateStrings: Detector = {
  name: 'duplicate-strings',
  title: 'The same text held many times',
  async detect(heap) {
    const equal = await equalContents(heap, MOST_CONTENTS);
    if (severityOfWaste(heap, equal.wasted) === null) return { findings: [], skipped: null };
    const contents: Content[] = [];
    for (const copies of equal.copies) contents.push(...(await lookInto(heap, copies)));
    const groups = await groupedBy(
      heap,
      contents,
      ({ place }) => place,
      ({ wasted }) => wasted,
    );
    const findings: Finding[] = [];
    for (const group of groups.slice(0, MOST_PLACES)) findings.push(...(await describe(heap, group)));
    return { findings: findings.length > 0 ? findings : await describeAll(heap, equal, contents), skipped: null };
  },
};

/** A content that is there several times for certain, and the field that its copies are in. */
interface Content {
  readonly count: number;
  /** One of the copies. */
  readonly sample: number;
  readonly length: number;
  readonly wasted: number;
  readonly complete: boolean;
  readonly place: string;
}

async function lookInto(heap: AnalysedHeap, copies: Copies): Promise<Content[]> {
  const { objects, complete } = await confirm(heap, copies);
  if (objects.length < 2) return [];
  const count = complete ? objects.length : copies.count;
  const wasted = (count - 1) * shallowSize(heap.graph, objects[0]);
  const place = await placeOf(heap, objects);
  return isBuffer(place) ? [] : [{ count, sample: objects[0], length: copies.length, wasted, complete, place }];
}

/** The field that most of the first copies are in. */
async function placeOf(heap: AnalysedHeap, objects: readonly number[]): Promise<string> {
  const places = new Map<string, number>();
  for (const objectId of objects.slice(0, SAMPLED)) {
    const place = await placeOfHolder(heap, objectId);
    places.set(place, (places.get(place) ?? 0) + 1);
  }
  return [...places].sort((a, b) => b[1] - a[1])[0][0];
}

/** `main.Visit .agent`, or the variable. */
async function placeOfHolder(heap: AnalysedHeap, objectId: number): Promise<string> {
  const { graph, roots, reachability } = heap;
  for (let at = graph.referrerStart[objectId]; at < graph.referrerStart[objectId + 1]; at++) {
    const from = graph.referrerSource[at];
    if (reachability.holder[from] === HOLDER.nothing) continue;
    const offset = await offsetOfReference(graph, from, objectId);
    if (offset !== null) return fieldOf(heap, from, offset);
  }
  for (const root of roots.ofObject(objectId)) return rootPlace(heap, root);
  return 'several places';
}

async function describe(heap: AnalysedHeap, { key, items, bytes }: Group<Content>): Promise<Finding[]> {
  const severity = severityOfWaste(heap, bytes);
  if (severity === null) return [];
  const copies = items.reduce((sum, { count }) => sum + count, 0);
  return [
    {
      ...COMMON,
      key,
      severity,
      confidence: items.every(({ complete }) => complete) ? 'certain' : 'likely',
      title: `${formatBytes(bytes)} go to copies of the same text: ${counted(copies, 'copy', 'copies')} of ${counted(items.length, 'content')} in ${key}`,
      objects: copies - items.length,
      bytes,
      proofs: await proofsOf(heap, items),
    },
  ];
}

/** Where no single field has much of it. */
async function describeAll(
  heap: AnalysedHeap,
  { wasted, contents }: EqualContents,
  samples: readonly Content[],
): Promise<Finding[]> {
  const severity = severityOfWaste(heap, wasted);
  if (severity === null || samples.length === 0) return [];
  return [
    {
      ...COMMON,
      key: 'many fields',
      severity,
      confidence: 'likely',
      title: `${formatBytes(wasted)} go to copies of the same text: ${counted(contents, 'content')} in many fields`,
      objects: contents,
      bytes: wasted,
      proofs: await proofsOf(heap, samples),
    },
  ];
}

async function proofsOf(heap: AnalysedHeap, contents: readonly Content[]): Promise<Proof[]> {
  const proofs: Proof[] = [];
  for (const { count, sample, length, wasted, place } of contents.slice(0, MOST_PROOFS)) {
    const bytes = await contentOf(heap, sample, Math.min(length, QUOTED_BYTES + 1));
    const text = `${counted(count, 'copy', 'copies')} of ${quoted(bytes, QUOTED_BYTES)} (${formatBytes(length)}) in ${place}: ${formatBytes(wasted)}`;
    proofs.push({ kind: 'object', objectId: sample, text });
  }
  return proofs;
}

const COMMON = {
  detector: duplicateStrings.name,
  basis:
    `Copies agree in length and in a hash of 53 bits; up to ${MOST_COMPARED} of each content were compared byte by byte. What is counted are all ` +
    'copies but one. Bytes that the program will write to cannot be shared.',
  why:
    'Each string that is read, decoded or put together has bytes of its own, however many others are equal. Values from a small set (names of ' +
    'countries, agents, labels, keys of JSON) are then held thousands of times.',
  fix: {
    text: 'Keep one of each: unique.Make (Go 1.23), or a map from a string to itself where they come in.',
    before: 'visit.agent = request.UserAgent()',
    after: 'visit.agent = unique.Make(request.UserAgent()).Value()',
  },
  cuts: [],
};
