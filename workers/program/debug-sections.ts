/** Debug sections as linkers compress them: the ELF header (SHF_COMPRESSED) and the older `.zdebug_` form, zlib inside both. */
import { FileView } from './file-view';

/** Inflates a zlib stream; handed in, because the engine knows no platform. */
export type Inflate = (stream: Uint8Array, size: number) => Uint8Array;

const ELFCOMPRESS_ZLIB = 1;

/** The bytes behind an ELF compression header; null for a compression that is not zlib. */
export function inflateElf(
  section: Uint8Array,
  wide: boolean,
  littleEndian: boolean,
  inflate: Inflate,
): Uint8Array | null {
  const view = new FileView(section, littleEndian, wide);
  if (view.u32(0) !== ELFCOMPRESS_ZLIB) return null;
  const size = wide ? view.u64(8) : view.u32(4);
  return inflate(section.subarray(wide ? 24 : 12), size);
}

/** The bytes behind `ZLIB` and an 8-byte big-endian length; sections without that mark are returned as they are. */
export function inflateZdebug(section: Uint8Array, inflate: Inflate): Uint8Array {
  const marked = section.length > 12 && String.fromCharCode(...section.subarray(0, 4)) === 'ZLIB';
  if (!marked) return section;
  return inflate(section.subarray(12), new FileView(section, false, true).u64(4));
}
