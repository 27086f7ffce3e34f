/**
 * The entries of a map, read from the file when somebody looks: header → (directory → tables →) groups since 1.24, header → buckets and what
 * overflows from them before.
 */
import { NONE } from '../../lib/none';
import { valueAddress, type HeapGraph } from '../../graph/heap-graph';
import type { GoType } from '../types/go-type';
import type { KnownTypes } from '../types/known-types';
import { readMapHeader } from './map-headers';
import { objectMemory } from '../../graph/contents/object-memory';
import type { SegmentMemory } from '../../graph/contents/segment-memory';

/** A key or element of a used slot. */
export interface EntryPart {
  type: GoType;
  /** Offset in the memory that holds the entry. */
  at: number;
}

export interface MapEntry {
  memory: SegmentMemory;
  key: EntryPart;
  /** Null for sets: their elements take no room. */
  value: EntryPart | null;
}

const SLOTS = 8;
/** Smaller hashes mark empty and moved slots. */
const LEAST_TOP_HASH = 5;
const SAME_SIZE_GROW = 8;
/** Groups or buckets that are read of one map: far more than a person reads. */
const MOST_GROUPS = 4096;
const MOST_BYTES = 1 << 20;

/** Slots of a group or bucket that hold an entry: `slots[8]{key, elem}` (1.24+), `keys[8], elems[8]` (before, and split groups). */
export function* usedSlots(
  group: GoType,
  memory: SegmentMemory,
  at: number,
  { layout: { swissMaps } }: KnownTypes,
  bigEndian: boolean,
): Generator<{ slot: number; key: EntryPart; value: EntryPart | null }> {
  const parts = group.fields.flatMap(({ name, offset, type: list }) => {
    const { element } = list;
    if (!element || !/^(slots|keys|elems)$/.test(name)) return [];
    return name === 'slots'
      ? element.fields.map((field) => ({ ...field, offset: offset + field.offset, step: element.size }))
      : [{ name: name === 'keys' ? 'key' : 'elem', offset, type: element, step: element.size }];
  });
  const key = parts.find(({ name }) => name === 'key');
  const value = parts.find(({ name, type }) => name === 'elem' && type.size > 0);
  if (!key) return;
  for (let slot = 0; slot < SLOTS; slot++) {
    // The control word is a uint64 whose lowest byte is of the first slot.
    const control = memory.u8(at + (swissMaps && bigEndian ? SLOTS - 1 - slot : slot));
    if (swissMaps ? control >= 0x80 : control < LEAST_TOP_HASH) continue;
    const part = (one: typeof key): EntryPart => ({ type: one.type, at: at + one.offset + slot * one.step });
    yield { slot, key: part(key), value: value ? part(value) : null };
  }
}

/** Entries of the map whose header lies at a position; none where its type is not known. Stops after some thousand groups. */
export async function* mapEntries(
  graph: HeapGraph,
  known: KnownTypes,
  header: GoType,
  memory: SegmentMemory,
  position: number,
): AsyncGenerator<MapEntry> {
  const group = header.element?.bucket;
  if (!group) return;
  const runs = known.layout.swissMaps ? groupRuns(graph, known, memory, position) : bucketRuns(known, memory, position);
  let room = MOST_GROUPS;
  for await (const run of runs) {
    for (let address = run.address, count = run.count; count > 0 && room > 0;) {
      const chunk = Math.min(count, room, Math.max(1, Math.floor(MOST_BYTES / group.size)));
      const part = await memoryAt(graph, address, chunk * group.size);
      if (!part) break;
      yield* entriesIn(graph, known, group, part, chunk);
      room -= chunk;
      count -= chunk;
      address += chunk * group.size;
    }
  }
}

/** Groups or buckets that lie side by side, with what overflows from each. */
async function* entriesIn(
  graph: HeapGraph,
  known: KnownTypes,
  group: GoType,
  memory: SegmentMemory,
  count: number,
): AsyncGenerator<MapEntry> {
  const { bigEndian } = graph.records.params;
  const overflow = group.fields.find(({ name }) => name === 'overflow')?.offset;
  for (let i = 0; i < count; i++) {
    let at = i * group.size;
    let where = memory;
    for (let chained = 0; chained < MOST_GROUPS; chained++) {
      for (const { key, value } of usedSlots(group, where, at, known, bigEndian)) yield { memory: where, key, value };
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
function* bucketRuns({ layout }: KnownTypes, memory: SegmentMemory, position: number): Generator<Run> {
  const P = layout.pointerBytes;
  const flags = memory.u8(position + P);
  const B = memory.u8(position + P + 1);
  if (B > 40) return;
  yield { address: memory.word(position + P + 8), count: 2 ** B };
  const old = flags & SAME_SIZE_GROW ? B : Math.max(B - 1, 0);
  yield { address: memory.word(position + 2 * P + 8), count: 2 ** old };
}

/** The one group, or the groups of each table; a table stands in the directory as often as it has hash prefixes. */
async function* groupRuns(
  graph: HeapGraph,
  known: KnownTypes,
  memory: SegmentMemory,
  position: number,
): AsyncGenerator<Run> {
  const P = known.layout.pointerBytes;
  const found = readMapHeader(memory, position, known);
  if (!found) return;
  if (found.directory === 0) {
    yield { address: found.pointer, count: 1 };
    return;
  }
  const directory = await memoryAt(graph, found.pointer, Math.min(found.directory * P, MOST_BYTES));
  const groupsAt = P === 8 ? 16 : 12;
  let before = 0;
  for (let i = 0; directory && i < found.directory; i++) {
    const address = directory.word(i * P);
    const table = address === before ? null : await memoryAt(graph, address, groupsAt + P + 8);
    before = address;
    if (table) yield { address: table.word(groupsAt), count: table.word(groupsAt + P) + 1 };
  }
}

/** The bytes from an address on, inside the object that contains it. */
async function memoryAt(graph: HeapGraph, address: number, bytes: number): Promise<SegmentMemory | null> {
  const objectId = address === 0 ? NONE : graph.index.objectAt(address);
  if (objectId === NONE) return null;
  const memory = await objectMemory(graph, objectId, bytes, address - valueAddress(graph, objectId));
  return memory.size > 0 ? memory : null;
}
