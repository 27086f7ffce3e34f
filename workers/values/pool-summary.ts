/**
 * Every sync.Pool and what lies in it: by the arrays that local and victim point at, of one poolLocal for each processor, and the chains of rings
 * that these lead to (go/pools.ts).
 */
import { NONE } from '../lib/none';
import { SLICE_MASK } from '../lib/work';
import { valueAddress, type HeapGraph } from '../graph/heap-graph';
import { shapeOffsets } from '../graph/contents/read-object';
import type { Naming } from '../naming/naming';
import { objectMemory, segmentMemory } from '../graph/contents/object-memory';
import { MOST_RINGS, POOL_LOCAL, type PoolLayout } from '../go/pools';
import type { SegmentMemory } from '../graph/contents/segment-memory';

const MOST_PROCESSORS = 4096;
const MOST_SLOTS = 1 << 20;
/** A ring is shorter. */
const RING_BYTES = 64;

export interface PoolItem {
  processor: number;
  place: 'private' | 'shared' | 'victim private' | 'victim shared';
  objectId: number;
}

export interface PoolRow {
  /** `main.buffers`, `0x… .pool`, `bss+0x1a40`. */
  where: string;
  address: number;
  /** The object that contains the pool, NONE where it is a package variable. */
  objectId: number;
  /** The function behind New, or null. */
  create: string | null;
  items: PoolItem[];
}

/** A place that may be a pool: its words. */
interface Place {
  address: number;
  objectId: number;
  where: string;
  memory: SegmentMemory;
  at: number;
}

/** All pools that hold an array of poolLocals, globals first, each in the order of addresses. */
export async function findPools(naming: Naming, checkpoint: () => void | Promise<void>): Promise<PoolRow[]> {
  const rows: PoolRow[] = [];
  for (const place of [...(await globalPlaces(naming)), ...(await heapPlaces(naming, checkpoint))]) {
    rows.push(await readPool(naming, place));
    await checkpoint();
  }
  return rows;
}

async function globalPlaces(naming: Naming): Promise<Place[]> {
  const { records } = naming.graph;
  const places: Place[] = [];
  for (const [name, segment] of Object.entries({ data: records.data, bss: records.bss })) {
    if (!segment) continue;
    const memory = await segmentMemory(naming.graph, segment);
    for (const at of poolOffsets(naming, segment.pointerOffsets, memory, segment.address)) {
      const address = segment.address + at;
      const where = naming.roots.globalAt(address, `${name}+0x${at.toString(16)}`).replace(/\.local$/, '');
      places.push({ address, objectId: NONE, where, memory, at });
    }
  }
  return places;
}

/** Objects that refer to an array of poolLocals: the arrays are few, so their referrers are looked up. */
async function heapPlaces(naming: Naming, checkpoint: () => void | Promise<void>): Promise<Place[]> {
  const { graph } = naming;
  const places: Place[] = [];
  const owners = new Set<number>();
  const { beliefs } = naming;
  const isLocals = beliefs.all.map(({ type }) => type?.name === POOL_LOCAL);
  for (let id = 1; id <= graph.objectCount; id++) {
    if ((id & SLICE_MASK) === 0) await checkpoint();
    if (!isLocals[beliefs.numberOf(id)]) continue;
    for (let i = graph.referrerStart[id]; i < graph.referrerStart[id + 1]; i++) owners.add(graph.referrerSource[i]);
  }
  for (const objectId of [...owners].sort((a, b) => a - b)) {
    if (objectId === 0) continue;
    const memory = await objectMemory(graph, objectId, MOST_SLOTS);
    const start = valueAddress(graph, objectId);
    const header = start - graph.slotAddress[objectId];
    const listed = await shapeOffsets(graph, graph.shapeId[objectId], MOST_SLOTS);
    const offsets = Uint32Array.from(listed, (offset) => offset - header);
    for (const at of poolOffsets(naming, offsets, memory, start)) {
      const path = naming.fieldPath(objectId, at) ?? '';
      const type = naming.label(objectId).type;
      // Slices of pools (allPools) point at pools, not at their arrays; a pool on its own is called by its address.
      const where = `0x${(start + at).toString(16)}${type === null || type === 'sync.Pool' ? '' : ` (${type}${path.replace(/\.local$/, '')})`}`;
      places.push({ address: start + at, objectId, where, memory, at });
    }
  }
  return places;
}

/**
 * Offsets where a pool begins. The victim of a pool looks like a pool 16 bytes on: the earlier reading wins.
 * @param listed offsets of the words that the dump lists, ascending
 */
function poolOffsets(naming: Naming, listed: Uint32Array, memory: SegmentMemory, base: number): number[] {
  const { pool } = naming.known.layout.pools;
  const words = new Set(listed);
  const found: number[] = [];
  let after = -1;
  for (const at of listed) {
    if (at < after || !isPair(naming, memory, at)) continue;
    const start = victimOnly(naming, memory, at, base, words) ? at - pool.victim : at;
    found.push(start);
    after = start + pool.bytes;
  }
  return found;
}

/**
 * After a collection a pool nobody uses has only victims: then a variable or a sync.Pool begins two words before. Where neither is known, the
 * words tell: a pool lists local, victim and New.
 */
function victimOnly(
  naming: Naming,
  memory: SegmentMemory,
  at: number,
  base: number,
  listed: ReadonlySet<number>,
): boolean {
  const { pool } = naming.known.layout.pools;
  const start = at - pool.victim;
  if (start < 0 || memory.word(start) !== 0 || memory.word(start + pool.localSize) !== 0) return false;
  const variable = naming.roots.variableAt(base + at);
  if (variable) return variable.address === base + start || victimOf(naming, base + at);
  const objectId = naming.graph.index.objectAt(base + at);
  const path = objectId === NONE ? null : naming.fieldPath(objectId, at);
  if (path !== null) return path.endsWith('.victim');
  if (!listed.has(start)) return false;
  const next = memory.word(at + pool.victim);
  return !listed.has(at + pool.create) || (next !== 0 && !isPair(naming, memory, at + pool.victim));
}

/** Is a word of a variable the field of a pool? */
function victimOf(naming: Naming, address: number): boolean {
  return naming.roots.globalAt(address, '').endsWith('.victim');
}

/** A pointer to an array of poolLocals beside its length. */
function isPair(naming: Naming, memory: SegmentMemory, at: number): boolean {
  const count = memory.word(at + naming.known.layout.pools.pool.localSize);
  if (count < 1 || count > MOST_PROCESSORS) return false;
  const address = memory.word(at);
  const objectId = address === 0 ? NONE : naming.graph.index.objectAt(address);
  return objectId !== NONE && address === valueAddress(naming.graph, objectId) && isLocals(naming, objectId);
}

function isLocals(naming: Naming, objectId: number): boolean {
  return naming.startOf(objectId)?.name === POOL_LOCAL;
}

async function readPool(naming: Naming, { address, objectId, where, memory, at }: Place): Promise<PoolRow> {
  const { pool } = naming.known.layout.pools;
  const word = (offset: number): number => memory.word(at + offset);
  const items = [
    ...(await readLocals(naming, word(pool.local), word(pool.localSize), false)),
    ...(await readLocals(naming, word(pool.victim), word(pool.victimSize), true)),
  ];
  return { where, address, objectId, create: await functionBehind(naming, word(pool.create)), items };
}

/** A func value leads to a closure in the heap, or to a static one, whose code only the executable holds. */
async function functionBehind(naming: Naming, funcval: number): Promise<string | null> {
  if (funcval === 0) return null;
  const objectId = naming.graph.index.objectAt(funcval);
  if (objectId === NONE) return naming.functionOfStatic(funcval);
  const code = (await objectMemory(naming.graph, objectId, 8)).word(0);
  return naming.functionAt(code);
}

async function readLocals(naming: Naming, address: number, count: number, victim: boolean): Promise<PoolItem[]> {
  const { graph } = naming;
  const { local } = naming.known.layout.pools;
  const array = address === 0 || count > MOST_PROCESSORS ? NONE : graph.index.objectAt(address);
  if (array === NONE) return [];
  const memory = await objectMemory(graph, array, count * local.bytes);
  const items: PoolItem[] = [];
  for (let processor = 0; processor < count; processor++) {
    const at = processor * local.bytes;
    const own = itemAt(graph, memory, at + local.privateType, at + local.privateData);
    if (own !== NONE) items.push({ processor, place: victim ? 'victim private' : 'private', objectId: own });
    for (const objectId of await readChain(naming, memory.word(at + local.tail)))
      items.push({ processor, place: victim ? 'victim shared' : 'shared', objectId });
  }
  return items;
}

/**
 * From the oldest ring on. A slot without a type is empty. Where there are several places for `next`, the ring's type knows.
 */
async function readChain(naming: Naming, tail: number): Promise<number[]> {
  const { graph } = naming;
  const { pools } = naming.known.layout;
  const { values, length, nextAt } = pools.ring;
  const items: number[] = [];
  const seen = new Set<number>();
  for (let element = tail; element !== 0 && seen.size < MOST_RINGS && !seen.has(element);) {
    seen.add(element);
    const objectId = graph.index.objectAt(element);
    if (objectId === NONE) break;
    const ring = await objectMemory(graph, objectId, RING_BYTES);
    const next = naming.typeOf(objectId)?.fields.find(({ name }) => name === 'next')?.offset ?? nextAt[0];
    const slots = graph.index.objectAt(ring.word(values));
    const count = Math.min(ring.word(length), MOST_SLOTS);
    if (slots !== NONE)
      addRingItems(items, graph, await objectMemory(graph, slots, count * pools.slot.bytes), count, pools);
    element = ring.word(next);
  }
  return items;
}

function addRingItems(
  items: number[],
  graph: HeapGraph,
  memory: SegmentMemory,
  count: number,
  { slot }: PoolLayout,
): void {
  for (let i = 0; i < count; i++) {
    const at = i * slot.bytes;
    const item = itemAt(graph, memory, at + slot.type, at + slot.data);
    if (item !== NONE) items.push(item);
  }
}

/** The object behind an interface value, by the offsets of its two words; or NONE. */
function itemAt(graph: HeapGraph, memory: SegmentMemory, type: number, data: number): number {
  return memory.word(type) === 0 || memory.word(data) === 0 ? NONE : graph.index.objectAt(memory.word(data));
}
