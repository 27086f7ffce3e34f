/** Walks maps of both layouts. */
import type { BucketMaps, SwissMaps } from '../../go/maps';
import { SOURCE } from '../beliefs/assignments';
import type { Memory } from '../../graph/contents/memory';
import type { GoType } from '../types/go-type';
import type { KnownTypes } from '../types/known-types';
import { oldBuckets, readMapHeader, readMapTable } from './map-headers';
import type { Teller, Telling } from './telling';

/** What walking a map needs: a place to tell, the types that are known, and the words. */
interface MapWalk extends Telling {
  readonly known: KnownTypes;
  readonly windows: Memory;
}

const MOST_BUCKET_BITS = 40;

export function walkMapHeader(walk: MapWalk, header: GoType, position: number, teller: Teller): void {
  const map = header.element;
  const { maps } = walk.known.layout;
  if (!map?.bucket) walkUnknown(walk, position, teller);
  else if (maps.swiss) walkSwiss(walk, maps, map, map.bucket, position, teller);
  else walkBuckets(walk, maps, map, map.bucket, position, teller);
}

/** A map whose type nothing tells: its parts are known by what they are. */
function walkUnknown(walk: MapWalk, position: number, teller: Teller): void {
  const { known, windows } = walk;
  const { maps } = known.layout;
  const header = readMapHeader(windows, position, maps);
  if (!header) return;
  const from = { ...teller, offset: maps.swiss ? maps.header.at.directory : maps.header.at.buckets };
  if (maps.swiss && header.directory > 0)
    walk.tell(header.pointer, known.pointerTo(known.unknownTable(maps)), header.directory, SOURCE.structure, from);
  else walk.tell(header.pointer, known.unknownEntries, 1, SOURCE.structure, from);
  if (maps.swiss) return;
  const offset = maps.header.at.oldBuckets;
  walk.tell(windows.word(position + offset), known.unknownEntries, 1, SOURCE.structure, { ...from, offset });
}

/** One group, or a directory of tables. */
function walkSwiss(walk: MapWalk, maps: SwissMaps, map: GoType, group: GoType, position: number, teller: Teller): void {
  const { at } = maps.header;
  const directory = walk.windows.word(position + at.directory);
  const length = walk.windows.word(position + at.directoryLength);
  const from = { ...teller, offset: at.directory };
  if (length === 0) walk.tell(directory, group, 1, SOURCE.pointer, from);
  else walk.tell(directory, walk.known.pointerTo(walk.known.mapTable(map, maps)), length, SOURCE.pointer, from);
}

export function walkMapTable(walk: MapWalk, table: GoType, position: number, teller: Teller): void {
  const { known, windows } = walk;
  const { maps } = known.layout;
  if (!maps.swiss) return;
  const from = { ...teller, offset: maps.table.at.groups };
  const group = table.element?.bucket;
  const { address, count } = readMapTable(windows, position, maps);
  if (group) walk.tell(address, group, count, SOURCE.pointer, from);
  else walk.tell(address, known.unknownEntries, 1, SOURCE.structure, from);
}

function walkBuckets(
  walk: MapWalk,
  maps: BucketMaps,
  map: GoType,
  bucket: GoType,
  position: number,
  teller: Teller,
): void {
  const { windows } = walk;
  const { at } = maps.header;
  const bits = windows.u8(position + at.bucketBits);
  if (bits > MOST_BUCKET_BITS) return;
  const tell = (offset: number, type: GoType, count: number): void =>
    walk.tell(windows.word(position + offset), type, count, SOURCE.pointer, { ...teller, offset });
  tell(at.buckets, bucket, 2 ** bits);
  tell(at.oldBuckets, bucket, oldBuckets(windows, position, maps));
  const extra = walk.known.mapExtra(map, maps);
  if (extra) tell(at.extra, extra, 1);
}
