/** Walks maps of both layouts (runtime/map.go up to 1.23, internal/runtime/maps from 1.24). Offsets are counted in words, so 32 bit works too. */
import { SOURCE } from '../beliefs/assignments';
import type { Memory } from '../../graph/contents/memory';
import type { GoType } from '../types/go-type';
import type { KnownTypes } from '../types/known-types';
import { readMapHeader } from './map-headers';
import type { Teller, Telling } from './telling';

/** What walking a map needs: a place to tell, the types that are known, and the words. */
interface MapWalk extends Telling {
  readonly known: KnownTypes;
  readonly windows: Memory;
}

const SAME_SIZE_GROW = 8;

export function walkMapHeader(walk: MapWalk, header: GoType, position: number, teller: Teller): void {
  const map = header.element;
  if (!map?.bucket) walkUnknown(walk, position, teller);
  else if (walk.known.layout.swissMaps) walkSwiss(walk, map, map.bucket, position, teller);
  else walkBuckets(walk, map, map.bucket, position, teller);
}

/** A map whose type nothing tells: its parts are known by what they are. */
function walkUnknown(walk: MapWalk, position: number, teller: Teller): void {
  const { known, windows } = walk;
  const header = readMapHeader(windows, position, known);
  if (!header) return;
  const P = known.layout.pointerBytes;
  const from = { ...teller, offset: 8 + P };
  if (header.directory > 0)
    walk.tell(header.pointer, known.pointerTo(known.unknownTable), header.directory, SOURCE.structure, from);
  else walk.tell(header.pointer, known.unknownEntries, 1, SOURCE.structure, from);
  if (!known.layout.swissMaps)
    walk.tell(windows.word(position + 8 + 2 * P), known.unknownEntries, 1, SOURCE.structure, {
      ...from,
      offset: 8 + 2 * P,
    });
}

/** {used u64, seed, dirPtr, dirLen, …}: one group, or a directory of tables. */
function walkSwiss(walk: MapWalk, map: GoType, group: GoType, position: number, teller: Teller): void {
  const P = walk.known.layout.pointerBytes;
  const at = 8 + P;
  const directory = walk.windows.word(position + at);
  const length = walk.windows.word(position + at + P);
  const from = { ...teller, offset: at };
  if (length === 0) walk.tell(directory, group, 1, SOURCE.pointer, from);
  else walk.tell(directory, walk.known.pointerTo(walk.known.mapTable(map)), length, SOURCE.pointer, from);
}

/** {used, capacity, growthLeft u16, localDepth u8, index, groups {data, lengthMask u64}} */
export function walkMapTable(walk: MapWalk, table: GoType, position: number, teller: Teller): void {
  const P = walk.known.layout.pointerBytes;
  const at = P === 8 ? 16 : 12;
  const group = table.element?.bucket;
  if (!group) {
    const entries = walk.windows.word(position + at);
    walk.tell(entries, walk.known.unknownEntries, 1, SOURCE.structure, { ...teller, offset: at });
    return;
  }
  walk.tell(walk.windows.word(position + at), group, walk.windows.word(position + at + P) + 1, SOURCE.pointer, {
    ...teller,
    offset: at,
  });
}

/** {count, flags u8, B u8, …, buckets, oldbuckets, nevacuate, extra} */
function walkBuckets(walk: MapWalk, map: GoType, bucket: GoType, position: number, teller: Teller): void {
  const P = walk.known.layout.pointerBytes;
  const flags = walk.windows.u8(position + P);
  const B = walk.windows.u8(position + P + 1);
  const at = P + 8;
  if (B > 40) return;
  walk.tell(walk.windows.word(position + at), bucket, 2 ** B, SOURCE.pointer, { ...teller, offset: at });
  const old = flags & SAME_SIZE_GROW ? 2 ** B : 2 ** Math.max(B - 1, 0);
  walk.tell(walk.windows.word(position + at + P), bucket, old, SOURCE.pointer, { ...teller, offset: at + P });
  const extra = walk.known.mapExtra(map);
  if (extra)
    walk.tell(walk.windows.word(position + at + 3 * P), extra, 1, SOURCE.pointer, { ...teller, offset: at + 3 * P });
}
