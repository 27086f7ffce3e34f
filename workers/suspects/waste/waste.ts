/** When memory that is held for little is worth telling, and of what in a program it is. */
import { NONE } from '../../lib/none';
import type { Severity } from '../finding';
import { reachableBytes, type ReachableHeap } from '../holders/reachable-bytes';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { pathToContainer } from '../../naming/types/container-types';

/** Less than this, or than this share of what is reachable, is not worth anybody's time. */
const TELLING_BYTES = 64 * 1024;
const TELLING_SHARE = 0.02;
/** From here on it is much of the heap. */
const MUCH_BYTES = 16 * 2 ** 20;
const MUCH_SHARE = 0.25;

/** How severe it is that so many bytes are wasted in one way; null where it is not worth telling. */
export function severityOfWaste(heap: ReachableHeap, bytes: number): Severity | null {
  const reachable = reachableBytes(heap);
  if (bytes < Math.max(TELLING_BYTES, TELLING_SHARE * reachable)) return null;
  return bytes >= Math.max(MUCH_BYTES, MUCH_SHARE * reachable) ? 'warning' : 'note';
}

/** `main.Batch .lines`: the field that a word of an object is, whichever element or entry, or word of a container, it lies in. */
export function fieldOf(heap: AnalysedHeap, objectId: number, offset: number): string {
  const start = heap.naming.startOf(objectId);
  // groups and buckets are called after their map
  const type = (start?.shown ?? heap.typeText(objectId)).replace(/^(noalg\.)?map\.(group|bucket)\[/, 'map[');
  const path =
    (start && pathToContainer(start, offset)) ?? heap.naming.fieldPath(objectId, offset) ?? `+0x${offset.toString(16)}`;
  return `${type} ${path.replace(/\[\d+\]/g, '[]').replace(/^\[\]/, '')}`.trim();
}

/** Items by a text, most bytes first. */
export async function groupedBy<T>(
  { checkpoint }: Pick<AnalysedHeap, 'checkpoint'>,
  items: Iterable<T>,
  keyOf: (item: T) => string,
  bytesOf: (item: T) => number,
): Promise<Group<T>[]> {
  const groups = new Map<string, { key: string; items: T[]; bytes: number }>();
  for (const item of items) {
    await checkpoint();
    const key = keyOf(item);
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { key, items: [], bytes: 0 }));
    group.items.push(item);
    group.bytes += bytesOf(item);
  }
  const sorted = [...groups.values()].sort((a, b) => b.bytes - a.bytes);
  for (const group of sorted) group.items.sort((a, b) => bytesOf(b) - bytesOf(a));
  return sorted;
}

export interface Group<T> {
  readonly key: string;
  /** Most bytes first. */
  readonly items: readonly T[];
  readonly bytes: number;
}

/** Where a header lies: an object, or a variable of the program. */
export interface HeaderPlace {
  /** NONE for a variable. */
  readonly objectId: number;
  readonly offset: number;
  readonly variable: string | null;
}

/** The place in words. */
export function placeText(heap: AnalysedHeap, { objectId, offset, variable }: HeaderPlace): string {
  return objectId === NONE ? (variable ?? 'a variable') : fieldOf(heap, objectId, offset);
}

/** Of packages that keep what they read, write and compress through; the last ones are forks of the standard library's. */
const BUFFERS =
  /^(bufio|bytes|strings|compress\/\w+|github\.com\/klauspost\/compress\/[\w/]+|github\.com\/(golang\/snappy|pierrec\/lz4(\/\w+)?)|golang\.org\/x\/net\/http2)\./;

/** Is a place one of the buffers that are there to be filled again and again, by all that reads and writes through them? */
export function isBuffer(place: string): boolean {
  return BUFFERS.test(place);
}
