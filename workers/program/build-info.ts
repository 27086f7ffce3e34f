/** The build information that `go version -m` prints (debug/buildinfo): the toolchain and the module graph. */
import { decodeUtf8, type ProgramImage } from './image';

export interface BuildInfo {
  goVersion: string;
  /** Path of the main package, null where the build recorded none. */
  path: string | null;
  settings: Record<string, string>;
}

const MAGIC = [0xff, 0x20, 0x47, 0x6f, 0x20, 0x62, 0x75, 0x69, 0x6c, 0x64, 0x69, 0x6e, 0x66, 0x3a]; // "\xff Go buildinf:"
const INLINE_STRINGS = 2;
/** The module text is fenced by 16 bytes on each side. */
const FENCE = 16;

/** Finds and reads it; null in a file that no Go linker wrote. */
export function readBuildInfo(image: ProgramImage): BuildInfo | null {
  const at = findMagic(image);
  if (at === null) return null;
  const [version, modules] =
    (image.u8(at + 15) & INLINE_STRINGS) !== 0 ? inlineStrings(image, at) : pointedStrings(image, at);
  const text = modules.length > 2 * FENCE ? modules.subarray(FENCE, -FENCE) : new Uint8Array(0);
  const lines = decodeUtf8(text)
    .split('\n')
    .map((line) => line.split('\t'));
  return {
    goVersion: decodeUtf8(version),
    path: lines.find(([kind]) => kind === 'path')?.[1] ?? null,
    settings: Object.fromEntries(
      lines
        .filter(([kind]) => kind === 'build')
        .map(([, setting]) => [setting.split('=', 1)[0], setting.slice(setting.indexOf('=') + 1)]),
    ),
  };
}

function findMagic(image: ProgramImage): number | null {
  const own = image.section('.go.buildinfo', '__go_buildinfo');
  const places = own ? [own] : image.segments;
  for (const place of places) {
    // The linker aligns it to 16 bytes.
    for (let at = 0; at + 32 <= place.bytes.length; at += 16) {
      if (MAGIC.every((byte, i) => place.bytes[at + i] === byte)) return place.address + at;
    }
  }
  return null;
}

/** Go ≥ 1.18: two strings with varint lengths after the 32-byte header. */
function inlineStrings(image: ProgramImage, at: number): [Uint8Array, Uint8Array] {
  const [version, next] = varintString(image, at + 32);
  return [version, varintString(image, next)[0]];
}

/** Go ≤ 1.17: pointers to two string headers. */
function pointedStrings(image: ProgramImage, at: number): [Uint8Array, Uint8Array] {
  const read = (pointer: number): Uint8Array => {
    if (pointer === 0 || !image.has(pointer, 2 * image.pointerBytes)) return new Uint8Array(0);
    const length = image.word(pointer + image.pointerBytes);
    const data = image.word(pointer);
    return image.has(data, length) ? image.bytes(data, length) : new Uint8Array(0);
  };
  return [read(image.word(at + 16)), read(image.word(at + 16 + image.pointerBytes))];
}

function varintString(image: ProgramImage, at: number): [Uint8Array, number] {
  let length = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = image.u8(at++);
    length += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
  }
  return [image.bytes(at, length), at + length];
}
