/**
 * The runtime's type descriptors (internal/abi.Type): what versions changed of them. The header {size, ptrdata, hash u32, tflag, align, field
 * align, kind u8, equal, gcdata, name i32, pointer to this i32} has been the same since Go 1.14.
 */
import { hasSwissMaps } from './maps';
import { rowFor, type GoVersion } from './version';

export interface DescriptorLayout {
  /** Struct fields keep offset × 2 + embedded in one word; since Go 1.19 the name says embedded. */
  readonly shiftedOffsets: boolean;
  /** A name's length takes two bytes, high first; a varint since Go 1.17. */
  readonly wideNameLength: boolean;
  /** The mask is made on demand where the type's flags say so; up to Go 1.23 it is a program where its kind says so. */
  readonly masksOnDemand: boolean;
  /** Whether an interface holds the value itself is told by the flags; up to Go 1.25 by the kind. */
  readonly directInFlags: boolean;
  /** Bytes of a map's descriptor behind the header: with buckets, with groups (1.24), and with more about those (1.27). */
  readonly mapBytes: number;
}

const ROWS = [
  { from: 27, shiftedOffsets: false, wideNameLength: false, masksOnDemand: true, directInFlags: true, mapWords: 10 },
  { from: 26, shiftedOffsets: false, wideNameLength: false, masksOnDemand: true, directInFlags: true, mapWords: 7 },
  { from: 24, shiftedOffsets: false, wideNameLength: false, masksOnDemand: true, directInFlags: false, mapWords: 7 },
  { from: 19, shiftedOffsets: false, wideNameLength: false, masksOnDemand: false, directInFlags: false, mapWords: 4 },
  { from: 17, shiftedOffsets: true, wideNameLength: false, masksOnDemand: false, directInFlags: false, mapWords: 4 },
  { from: 0, shiftedOffsets: true, wideNameLength: true, masksOnDemand: false, directInFlags: false, mapWords: 4 },
] as const;

/** Of a map with buckets, where newer ones could be built with them. */
const BUCKET_MAP_WORDS = 4;

export function descriptorLayout(version: GoVersion, pointerBytes: 4 | 8): DescriptorLayout {
  const row = rowFor(ROWS, version);
  const swiss = hasSwissMaps(version);
  const words = swiss ? row.mapWords : BUCKET_MAP_WORDS;
  return {
    shiftedOffsets: row.shiftedOffsets,
    wideNameLength: row.wideNameLength,
    masksOnDemand: row.masksOnDemand,
    directInFlags: row.directInFlags,
    // then with buckets 8 bytes of sizes and flags; with groups flags alone, a u32 that is padded to a word
    mapBytes: words * pointerBytes + (swiss ? pointerBytes : 8),
  };
}
