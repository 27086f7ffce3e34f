/** What a map's header says of itself, by its structure alone. */
import { SLOTS_PER_GROUP, type BucketMaps, type MapLayout, type SwissMaps } from '../../go/maps';
import type { Memory } from '../../graph/contents/memory';

const DEEPEST = 32;
/** Clears are counted; no program clears one map that often. */
const MOST_CLEARS = 65536;
const MOST_BUCKET_BITS = 31;
const ALL_FLAGS = 16;
/** Old maps grow at 6.5 entries a bucket; more than 13 means that this is no map. */
const MOST_PER_BUCKET = 13;

export interface MapHeader {
  /** Entries in it. */
  used: number;
  /** The directory, or the one group; the buckets. */
  pointer: number;
  /** Groups or buckets there; 0 where a directory stands before them. */
  count: number;
  /** Tables in the directory, 0 for none. */
  directory: number;
}

/** The header at a position, or null where a rule of its structure is broken. The caller has compared size and pointer words. */
export function readMapHeader(memory: Memory, position: number, layout: MapLayout): MapHeader | null {
  return layout.swiss ? readSwiss(memory, position, layout) : readOld(memory, position, layout);
}

/** No directory means at most 8 entries; else it has 2^depth tables. */
function readSwiss(memory: Memory, position: number, { header: { at }, hashBits }: SwissMaps): MapHeader | null {
  const used = memory.word(position + at.used);
  const seed = memory.word(position + at.seed);
  const pointer = memory.word(position + at.directory);
  const directory = memory.word(position + at.directoryLength);
  const depth = memory.u8(position + at.globalDepth);
  const shift = memory.u8(position + at.globalShift);
  const writing = memory.u8(position + at.writing);
  const clears = memory.word(position + at.clears);
  if (seed === 0 || writing !== 0 || clears >= MOST_CLEARS || pointer === 0) return null;
  if (directory === 0) return used <= SLOTS_PER_GROUP && depth === 0 ? { used, pointer, count: 1, directory } : null;
  const whole = depth < DEEPEST && directory === 2 ** depth && shift === hashBits - depth;
  return whole ? { used, pointer, count: 0, directory } : null;
}

function readOld(memory: Memory, position: number, { header: { at } }: BucketMaps): MapHeader | null {
  const used = memory.word(position + at.count);
  const flags = memory.u8(position + at.flags);
  const bits = memory.u8(position + at.bucketBits);
  const seed = memory.u16(position + at.seed) + memory.u16(position + at.seed + 2);
  const pointer = memory.word(position + at.buckets);
  if (pointer === 0 || bits >= MOST_BUCKET_BITS || flags >= ALL_FLAGS || seed === 0) return null;
  const count = 2 ** bits;
  return used <= MOST_PER_BUCKET * count ? { used, pointer, count, directory: 0 } : null;
}

/** Buckets of the old array, which a map that grows still has. */
export function oldBuckets(memory: Memory, position: number, { header: { at }, sameSizeGrow }: BucketMaps): number {
  const bits = memory.u8(position + at.bucketBits);
  return 2 ** (memory.u8(position + at.flags) & sameSizeGrow ? bits : Math.max(bits - 1, 0));
}

/** The groups of a table of a directory, and how many. */
export function readMapTable(
  memory: Pick<Memory, 'word'>,
  position: number,
  { table: { at } }: SwissMaps,
): { address: number; count: number } {
  return { address: memory.word(position + at.groups), count: memory.word(position + at.lengthMask) + 1 };
}
