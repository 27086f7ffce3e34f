/** Tells the container of an executable by its first bytes and reads it. */
import type { Work } from '../lib/work';
import type { Inflate } from './debug-sections';
import { readElf } from './elf';
import { NotAnExecutable } from './file-view';
import { ProgramImage, type Architecture, type ImageParts, type ImageSymbol } from './image';
import { isMachO, readMachO } from './mach-o';
import { readPe } from './pe';

/** Symbols that are read between two yields. */
const SYMBOLS_BETWEEN = 1 << 13;

/**
 * Reads ELF, Mach-O (thin or fat) or PE. `bytes` is the whole file and becomes the image's own memory: relocations are written into it.
 * `wanted` picks the slice of a fat file. Throws `NotAnExecutable` with what the file is instead.
 */
export function* loadImage(
  bytes: Uint8Array,
  inflate: Inflate,
  wanted: Architecture | null = null,
): Work<ProgramImage> {
  const parts = readParts(bytes, inflate, wanted);
  if (parts.segments.length === 0)
    throw new NotAnExecutable(`this ${parts.container} file has nothing to load: an object file or a debug file?`);
  const symbols = new Map<string, ImageSymbol>();
  let read = 0;
  for (const symbol of parts.symbols) {
    symbols.set(symbol.name, symbol);
    if (++read % SYMBOLS_BETWEEN === 0) yield read;
  }
  return new ProgramImage(parts, symbols);
}

function readParts(bytes: Uint8Array, inflate: Inflate, wanted: Architecture | null): ImageParts {
  if (bytes.length < 64) throw new NotAnExecutable(`${bytes.length} bytes are too few for an executable`);
  if (bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46) return readElf(bytes, inflate);
  if (isMachO(bytes)) return readMachO(bytes, inflate, wanted);
  if (bytes[0] === 0x4d && bytes[1] === 0x5a) return readPe(bytes, inflate);
  throw new NotAnExecutable('not an ELF, Mach-O or PE file');
}
