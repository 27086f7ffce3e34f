/** Maps of both layouts: runtime/map.go up to Go 1.23, internal/runtime/maps since. Groups and buckets have descriptors of their own. */
import type { Machine, Structure } from './structure';
import { isFrom, rowFor, type GoVersion } from './version';

const FIRST_SWISS = 24;

/** Maps made of tables and groups, which could be switched off in the two releases that brought them. */
export function hasSwissMaps(version: GoVersion): boolean {
  return isFrom(version, FIRST_SWISS) && !version.experiments.has('noswissmap');
}

/** Names that debug information and executables have for the headers of maps. */
export const SWISS_HEADER = 'internal/runtime/maps.Map';
export const BUCKET_HEADER = 'runtime.hmap';
/** The same for a table. */
export const SWISS_TABLE = 'internal/runtime/maps.table';

/** Entries of a group, and of a bucket. */
export const SLOTS_PER_GROUP = 8;
const SLOTS = [0, 1, 2, 3, 4, 5, 6, 7];

/** Go ≥ 1.24: header → one group, or a directory of tables → groups. */
export interface SwissMaps {
  readonly swiss: true;
  readonly header: Structure<
    'used' | 'seed' | 'directory' | 'directoryLength' | 'globalDepth' | 'globalShift' | 'writing' | 'clears'
  >;
  readonly table: Structure<'used' | 'capacity' | 'groups' | 'lengthMask'>;
  /** Bits of a hash that choose a table; `globalShift` is what is left of them. */
  readonly hashBits: number;
  /** slot → where its control byte lies in the group */
  readonly controls: readonly number[];
}

/** Go ≤ 1.23: header → buckets, each with a chain of what overflows from it. */
export interface BucketMaps {
  readonly swiss: false;
  readonly header: Structure<'count' | 'flags' | 'bucketBits' | 'seed' | 'buckets' | 'oldBuckets' | 'extra'>;
  /** Bookkeeping of overflow: two pointers to slices of pointers to buckets, and one to a bucket. */
  readonly extra: Structure<'overflow' | 'oldOverflow' | 'nextOverflow'>;
  /** Flag of a map that grows into as many buckets as it has. */
  readonly sameSizeGrow: number;
  /** Smaller hashes mark empty and moved slots. */
  readonly leastTopHash: number;
  /** slot → where its top hash lies in the bucket */
  readonly controls: readonly number[];
}

export type MapLayout = SwissMaps | BucketMaps;

/** runtime.minTopHash. Smaller ones are marks of empty slots: Go 1.12 added one. */
const TOP_HASH_ROWS = [
  { from: 12, leastTopHash: 5 },
  { from: 0, leastTopHash: 4 },
] as const;

/** runtime.sameSizeGrow, a bit of the flags. */
const SAME_SIZE_GROW = 8;
/** The high bit of a group's control byte: no entry, whether there was one (deleted) or not (empty). */
const NO_ENTRY = 0x80;

export function mapLayout(version: GoVersion, { pointerBytes, bigEndian }: Machine): MapLayout {
  return hasSwissMaps(version) ? swissMaps(pointerBytes, bigEndian) : bucketMaps(version, pointerBytes);
}

/** Does the control byte of a group, or the top hash of a bucket, say that the slot holds an entry? */
export function holdsEntry(layout: MapLayout, control: number): boolean {
  return layout.swiss ? control < NO_ENTRY : control >= layout.leastTopHash;
}

/**
 * {used u64, seed, dirPtr, dirLen, globalDepth u8, globalShift u8, writing u8, …, clearSeq u64} and
 * {used u16, capacity u16, growthLeft u16, localDepth u8, index, groups {data, lengthMask u64}}
 */
function swissMaps(P: 4 | 8, bigEndian: boolean): SwissMaps {
  // of numbers of 64 bits one word is read, the low one
  const low = P === 4 && bigEndian ? 4 : 0;
  const directory = 8 + P;
  const depth = 8 + 3 * P;
  const groups = 8 + P;
  return {
    swiss: true,
    header: {
      name: SWISS_HEADER,
      bytes: P === 8 ? 48 : 32,
      mask: Uint32Array.of(directory),
      fields: [
        { name: 'used', offset: low },
        { name: 'seed', offset: 8 },
        { name: 'dirPtr', offset: directory },
        { name: 'dirLen', offset: directory + P },
        { name: 'globalDepth', offset: depth },
      ],
      at: {
        used: low,
        seed: 8,
        directory,
        directoryLength: directory + P,
        globalDepth: depth,
        globalShift: depth + 1,
        writing: depth + 2,
        clears: P === 8 ? 40 : 24 + low,
      },
    },
    table: {
      name: SWISS_TABLE,
      bytes: P === 8 ? 32 : 24,
      mask: Uint32Array.of(groups),
      fields: [
        { name: 'used', offset: 0 },
        { name: 'index', offset: 8 },
        { name: 'groups', offset: groups },
      ],
      at: { used: 0, capacity: 2, groups, lengthMask: groups + P + low },
    },
    hashBits: 8 * P,
    // the control bytes of a group are one number of 64 bits, whose lowest byte is of the first slot
    controls: SLOTS.map((slot) => (bigEndian ? SLOTS_PER_GROUP - 1 - slot : slot)),
  };
}

/** {count, flags u8, B u8, noverflow u16, hash0 u32, buckets, oldbuckets, nevacuate, extra} */
function bucketMaps(version: GoVersion, P: 4 | 8): BucketMaps {
  const buckets = 8 + P;
  const extra = buckets + 3 * P;
  return {
    swiss: false,
    header: {
      name: BUCKET_HEADER,
      bytes: buckets + 4 * P,
      mask: Uint32Array.of(buckets, buckets + P, extra),
      fields: [
        { name: 'count', offset: 0 },
        { name: 'flags', offset: P },
        { name: 'buckets', offset: buckets },
        { name: 'oldbuckets', offset: buckets + P },
        { name: 'nevacuate', offset: buckets + 2 * P },
        { name: 'extra', offset: extra },
      ],
      at: { count: 0, flags: P, bucketBits: P + 1, seed: P + 4, buckets, oldBuckets: buckets + P, extra },
    },
    extra: {
      name: 'runtime.mapextra',
      bytes: 3 * P,
      mask: Uint32Array.of(0, P, 2 * P),
      fields: [
        { name: 'overflow', offset: 0 },
        { name: 'oldoverflow', offset: P },
        { name: 'nextOverflow', offset: 2 * P },
      ],
      at: { overflow: 0, oldOverflow: P, nextOverflow: 2 * P },
    },
    sameSizeGrow: SAME_SIZE_GROW,
    controls: SLOTS,
    leastTopHash: rowFor(TOP_HASH_ROWS, version).leastTopHash,
  };
}
