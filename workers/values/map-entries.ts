/**
 * The entries of a map, read from the file when somebody looks: header → (directory → tables →) groups since 1.24, header → buckets and what
 * overflows from them before.
 */
import type { BucketMaps, MapLayout, SwissMaps } from '../go/maps';
import { objectMemory } from '../graph/contents/object-memory';
import type { SegmentMemory } from '../graph/contents/segment-memory';
import { valueAddress, type HeapGraph } from '../graph/heap-graph';
import { NONE } from '../lib/none';
import { oldBuckets, readMapHeader, readMapTable } from '../naming/steps/map-headers';
import { usedSlots, type EntryPart } from '../naming/steps/map-slots';
import type { GoType } from '../naming/types/go-type';

export interface MapEntry {
  memory: SegmentMemory;
  key: EntryPart;
  /** Null for sets: their elements take no room. */
  value: EntryPart | null;
}

/** Groups or buckets that are read of one map: far more than a person reads. */
const MOST_GROUPS = 4096;
const MOST_BYTES = 1 << 20;
const MOST_BUCKET_BITS = 40;

/** Entries of the map whose header lies at a position; none where its type is not known. Stops after some thousand groups. */
export async function* mapEntries(
  graph: HeapGraph,
  layout: MapLayout,
  header: GoType,
  memory: SegmentMemory,
  position: number,
): AsyncGenerator<MapEntry> {
  const group = header.element?.bucket;
  if (!group) return;
  const runs = layout.swiss ? groupRuns(graph, layout, memory, position) : bucketRuns(layout, memory, position);
  let room = MOST_GROUPS;
  for await (const run of runs) {
    for (let address = run.address, count = run.count; count > 0 && room > 0;) {
      const chunk = Math.min(count, room, Math.max(1, Math.floor(MOST_BYTES / group.size)));
      const part = await memoryAt(graph, address, chunk * group.size);
      if (!part) break;
      yield* entriesIn(graph, layout, group, part, chunk);
      room -= chunk;
      count -= chunk;
      address += chunk * group.size;
    }
  }
}

/** Groups or buckets that lie side by side, with what overflows from each. */
async function* entriesIn(
  graph: HeapGraph,
  layout: MapLayout,
  group: GoType,
  memory: SegmentMemory,
  count: number,
): AsyncGenerator<MapEntry> {
  const overflow = group.fields.find(({ name }) => name === 'overflow')?.offset;
  for (let i = 0; i < count; i++) {
    let at = i * group.size;
    let where = memory;
    for (let chained = 0; chained < MOST_GROUPS; chained++) {
      for (const { key, value } of usedSlots(group, where, at, layout)) yield { memory: where, key, value };
      const next = overflow === undefined ? 0 : where.word(at + overflow);
      const found = next === 0 ? null : await memoryAt(graph, next, group.size);
      if (!found) break;
      [where, at] = [found, 0];
    }
  }
}

interface Run {
  address: number;
  count: number;
}

/** The buckets, and while the map grows those that are still to be moved. */
function* bucketRuns(layout: BucketMaps, memory: SegmentMemory, position: number): Generator<Run> {
  const { at } = layout.header;
  const bits = memory.u8(position + at.bucketBits);
  if (bits > MOST_BUCKET_BITS) return;
  yield { address: memory.word(position + at.buckets), count: 2 ** bits };
  yield { address: memory.word(position + at.oldBuckets), count: oldBuckets(memory, position, layout) };
}

/** The one group, or the groups of each table; a table stands in the directory as often as it has hash prefixes. */
async function* groupRuns(
  graph: HeapGraph,
  layout: SwissMaps,
  memory: SegmentMemory,
  position: number,
): AsyncGenerator<Run> {
  const P = graph.records.params.pointerBytes;
  const found = readMapHeader(memory, position, layout);
  if (!found) return;
  if (found.directory === 0) {
    yield { address: found.pointer, count: 1 };
    return;
  }
  const directory = await memoryAt(graph, found.pointer, Math.min(found.directory * P, MOST_BYTES));
  let before = 0;
  for (let i = 0; directory && i < found.directory; i++) {
    const address = directory.word(i * P);
    const table = address === before ? null : await memoryAt(graph, address, layout.table.bytes);
    before = address;
    if (table) yield readMapTable(table, 0, layout);
  }
}

/** The bytes from an address on, inside the object that contains it. */
async function memoryAt(graph: HeapGraph, address: number, bytes: number): Promise<SegmentMemory | null> {
  const objectId = address === 0 ? NONE : graph.index.objectAt(address);
  if (objectId === NONE) return null;
  const memory = await objectMemory(graph, objectId, bytes, address - valueAddress(graph, objectId));
  return memory.size > 0 ? memory : null;
}
