/** What a map's header says of itself, by its structure alone (runtime/map.go up to 1.23, internal/runtime/maps from 1.24). */
import type { KnownTypes } from '../types/known-types';
import type { Memory } from '../../graph/contents/memory';

/** Entries of a small map: one group, no directory. */
const SLOTS = 8;
const DEEPEST = 32;
/** Clears are counted; no program clears one map that often. */
const MOST_CLEARS = 65536;
const MOST_BUCKET_BITS = 31;
const ALL_FLAGS = 16;
/** Old maps grow at 6.5 entries a bucket; more than 13 means that this is no map. */
const MOST_PER_BUCKET = 13;

export interface MapHeader {
  /** The directory, or the one group; the buckets. */
  pointer: number;
  /** Groups or buckets there; 0 where a directory stands before them. */
  count: number;
  /** Tables in the directory, 0 for none. */
  directory: number;
}

/** The header at a position, or null where a rule of its structure is broken. The caller has compared size and pointer words. */
export function readMapHeader(memory: Memory, position: number, known: KnownTypes): MapHeader | null {
  return known.layout.swissMaps
    ? readSwiss(memory, position, known.layout.pointerBytes)
    : readOld(memory, position, known.layout.pointerBytes);
}

/** {used u64, seed, dirPtr, dirLen, globalDepth u8, globalShift u8, writing u8, …, clearSeq u64}: no directory means at most 8 entries; else it has 2^depth tables. */
function readSwiss(memory: Memory, position: number, P: number): MapHeader | null {
  const at = 8 + P;
  const used = memory.word(position);
  const seed = memory.word(position + 8);
  const pointer = memory.word(position + at);
  const directory = memory.word(position + at + P);
  const depth = memory.u8(position + at + 2 * P);
  const shift = memory.u8(position + at + 2 * P + 1);
  const writing = memory.u8(position + at + 2 * P + 2);
  const clears = P === 8 ? memory.word(position + 40) : 0;
  if (seed === 0 || writing !== 0 || clears >= MOST_CLEARS || pointer === 0) return null;
  if (directory === 0) return used <= SLOTS && depth === 0 ? { pointer, count: 1, directory } : null;
  const whole = depth < DEEPEST && directory === 2 ** depth && shift === 8 * P - depth;
  return whole ? { pointer, count: 0, directory } : null;
}

/** {count, flags u8, B u8, noverflow u16, hash0 u32, buckets, …} */
function readOld(memory: Memory, position: number, P: number): MapHeader | null {
  const entries = memory.word(position);
  const flags = memory.u8(position + P);
  const B = memory.u8(position + P + 1);
  const seed = memory.u16(position + P + 4) + memory.u16(position + P + 6);
  const pointer = memory.word(position + P + 8);
  if (pointer === 0 || B >= MOST_BUCKET_BITS || flags >= ALL_FLAGS || seed === 0) return null;
  const count = 2 ** B;
  return entries <= MOST_PER_BUCKET * count ? { pointer, count, directory: 0 } : null;
}
