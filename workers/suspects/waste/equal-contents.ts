/**
 * Strings and byte arrays that hold the same bytes.
 *
 *   1. Candidates: what is known to be bytes, and how many; of what the program can still reach. What ends in a zero byte is no text but a
 *      buffer that is not full, and is left out.
 *   2. Keys: 53 bits of two hashes of length and bytes, read in one sweep. Of very long ones only the ends are hashed.
 *   3. Order by key; equal keys side by side are taken for equal contents until `confirm` has compared them byte by byte.
 *
 * 12 bytes an object that holds bytes, 16 while they are put in order.
 */
import { HOLDER } from '../../analysis/results';
import { shallowSize } from '../../graph/heap-graph';
import { Scratch } from '../../lib/scratch';
import { sortRange } from '../../lib/sorts';
import { SLICE_MASK, type Work } from '../../lib/work';
import type { Belief } from '../../naming/beliefs/beliefs';
import { HeapWindows } from '../../graph/contents/heap-windows';
import { objectMemory } from '../../graph/contents/object-memory';
import { eachObject } from '../../graph/contents/each-object';
import type { AnalysedHeap } from '../../heap/analysed-heap';

/** Of longer contents this many bytes from each end are hashed. */
const HASHED_END = 32 * 1024;
/** Bytes of one content that are compared, and copies of it: each is read from the file by itself. */
const MOST_COMPARED_BYTES = 2 ** 18;
export const MOST_COMPARED = 100;

/** Contents that are taken for equal. */
export interface Copies {
  readonly length: number;
  readonly count: number;
  /** The first of them, at most MOST_COMPARED. */
  readonly objects: readonly number[];
  /** What all but one of them take. */
  readonly wasted: number;
}

export interface EqualContents {
  /** Most wasted bytes first, at most as many as were asked for. */
  readonly copies: readonly Copies[];
  /** Wasted bytes of all contents, and how many contents there are more than once. */
  readonly wasted: number;
  readonly contents: number;
}

/** The contents that waste most. */
export async function equalContents(heap: AnalysedHeap, most: number): Promise<EqualContents> {
  const scratch = new Scratch(heap.account);
  try {
    const isBytes = heap.naming.beliefs.all.map(holdsBytes);
    if (!isBytes.includes(true)) return { copies: [], wasted: 0, contents: 0 };
    const ids = await heap.drive(candidates(heap, isBytes, scratch));
    const keys = scratch.float64('keys of contents', ids.length);
    await hashAll(heap, ids, keys, scratch);
    return await heap.drive(groupEqual(heap, ids, keys, most, scratch));
  } finally {
    scratch.releaseAll();
  }
}

function holdsBytes({ type, extent }: Belief): boolean {
  return type !== null && extent === 'whole' && (type.role === 'bytes' || type.name === 'uint8');
}

/** Bytes of a candidate's content. */
function lengthOf({ graph, naming }: AnalysedHeap, objectId: number): number {
  return Math.min(naming.countOf(objectId), shallowSize(graph, objectId));
}

function* candidates(heap: AnalysedHeap, isBytes: readonly boolean[], scratch: Scratch): Work<Uint32Array> {
  const { graph, naming, reachability } = heap;
  const isCandidate = (id: number): boolean =>
    isBytes[naming.beliefs.numberOf(id)] && reachability.holder[id] !== HOLDER.nothing;
  let count = 0;
  for (let id = 1; id <= graph.objectCount; id++) {
    if (isCandidate(id)) count++;
    if ((id & SLICE_MASK) === 0) yield id;
  }
  const ids = scratch.uint32('strings and bytes', count);
  let next = 0;
  for (let id = 1; id <= graph.objectCount; id++) {
    if (isCandidate(id)) ids[next++] = id;
    if ((id & SLICE_MASK) === 0) yield id;
  }
  return ids;
}

/** Candidates come in the order of the file, so the sweep meets them in theirs. Those whose bytes the file lacks, and buffers, keep key -1. */
async function hashAll(heap: AnalysedHeap, ids: Uint32Array, keys: Float64Array, scratch: Scratch): Promise<void> {
  keys.fill(-1);
  const windows = await HeapWindows.over(heap.graph, 0, scratch, () => heap.checkpoint());
  let next = 0;
  await eachObject(
    windows,
    () => heap.checkpoint(),
    (objectId, position) => {
      while (ids[next] < objectId) next++;
      const length = lengthOf(heap, objectId);
      if (windows.u8(position + length - 1) !== 0) keys[next] = hash(windows, position, length);
    },
    (objectId) => {
      while (next < ids.length && ids[next] < objectId) next++;
      return ids[next] === objectId;
    },
  );
}

/** FNV-1a and a multiplicative hash of 21 bits beside it, over the bytes of both ends. */
function hash(windows: HeapWindows, position: number, length: number): number {
  let fnv = 0x811c9dc5 ^ length;
  let other = length;
  const firstEnd = Math.min(length, HASHED_END);
  const lastStart = Math.max(firstEnd, length - HASHED_END);
  for (let at = 0; at < length; at = at + 1 === firstEnd ? lastStart : at + 1) {
    const byte = windows.u8(position + at);
    fnv = Math.imul(fnv ^ byte, 0x01000193);
    other = (Math.imul(other, 0x9e3779b1) + byte) | 0;
  }
  return (fnv >>> 0) * 2 ** 21 + (other >>> 11);
}

function* groupEqual(
  heap: AnalysedHeap,
  ids: Uint32Array,
  keys: Float64Array,
  most: number,
  scratch: Scratch,
): Work<EqualContents> {
  const order = scratch.uint32('contents in order', ids.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  yield* sortRange(order, 0, order.length, keys, false, heap.account);
  const top = new TopCopies(most);
  let wasted = 0;
  let contents = 0;
  for (let begin = 0, end = 0; begin < order.length; begin = end) {
    const key = keys[order[begin]];
    const first = ids[order[begin]];
    for (end = begin + 1; end < order.length && keys[order[end]] === key; end++);
    if ((end & SLICE_MASK) === 0) yield end;
    if (key < 0 || end - begin < 2) continue;
    const copies = (end - begin - 1) * shallowSize(heap.graph, first);
    wasted += copies;
    contents++;
    top.offer(copies, () => ({
      length: lengthOf(heap, first),
      count: end - begin,
      objects: Array.from(order.subarray(begin, Math.min(end, begin + MOST_COMPARED)), (at) => ids[at]),
      wasted: copies,
    }));
  }
  return { copies: top.sorted(), wasted, contents };
}

/** Keeps the largest few: let in freely, and thinned out when there are twice as many. */
class TopCopies {
  private kept: Copies[] = [];
  private least = 0;

  constructor(private readonly most: number) {}

  offer(wasted: number, make: () => Copies): void {
    if (wasted <= this.least) return;
    this.kept.push(make());
    if (this.kept.length >= 2 * this.most) {
      this.kept = this.sorted();
      this.least = this.kept[this.kept.length - 1].wasted;
    }
  }

  sorted(): Copies[] {
    return this.kept.sort((a, b) => b.wasted - a.wasted).slice(0, this.most);
  }
}

/** Those of the copies whose bytes are those of the first. Very many, and very long ones, are compared in part: `complete` tells. */
export async function confirm(
  heap: AnalysedHeap,
  { count, objects, length }: Copies,
): Promise<{ objects: number[]; complete: boolean }> {
  const [first] = objects;
  const bytes = await contentOf(heap, first, Math.min(length, MOST_COMPARED_BYTES));
  const equal = [first];
  for (const objectId of objects.slice(1)) {
    await heap.checkpoint();
    if (lengthOf(heap, objectId) !== length) continue;
    const other = await contentOf(heap, objectId, bytes.length);
    if (other.length === bytes.length && other.every((byte, i) => byte === bytes[i])) equal.push(objectId);
  }
  return { objects: equal, complete: count <= MOST_COMPARED && length <= MOST_COMPARED_BYTES };
}

/** The first bytes of an object's content. */
export async function contentOf(
  { graph }: Pick<AnalysedHeap, 'graph'>,
  objectId: number,
  bytes: number,
): Promise<Uint8Array> {
  return (await objectMemory(graph, objectId, bytes)).slice(0, bytes);
}
