/** Mach-O (Apple's loader.h): 64 and 32 bit, and the slice of a fat file that fits the dump's architecture. */
import { inflateZdebug, type Inflate } from './debug-sections';
import { FileView, NotAnExecutable } from './file-view';
import type { Architecture, ImageParts, ImageSection, ImageSegment, ImageSymbol } from './image';

const MH_MAGIC = 0xfeedface;
const MH_MAGIC_64 = 0xfeedfacf;
const FAT_MAGIC = 0xcafebabe;
const FAT_MAGIC_64 = 0xcafebabf;
const MH_PIE = 0x200000;
const LC_SEGMENT = 1;
const LC_SYMTAB = 2;
const LC_SEGMENT_64 = 0x19;
const LC_DYLD_CHAINED_FIXUPS = 0x80000034;
const S_ZEROFILL = 1;
const N_STAB = 0xe0;

const CPUS: Record<number, Architecture> = { 0x01000007: 'amd64', 0x0100000c: 'arm64', 7: '386', 12: 'arm' };
const UNLOADED = new Set(['__PAGEZERO', '__LINKEDIT', '__DWARF']);

export function isMachO(bytes: Uint8Array): boolean {
  if (bytes.length < 8) return false;
  const big = new FileView(bytes, false, true).u32(0);
  const little = new FileView(bytes, true, true).u32(0);
  // A Java class file begins like a fat file; its "number of architectures" is a class version of 45 or more.
  if (big === FAT_MAGIC || big === FAT_MAGIC_64) return new FileView(bytes, false, true).u32(4) < 40;
  return [big, little].some((magic) => magic === MH_MAGIC || magic === MH_MAGIC_64);
}

export function readMachO(bytes: Uint8Array, inflate: Inflate, wanted: Architecture | null): ImageParts {
  const slice = thin(bytes, wanted);
  const littleEndian = slice[0] === 0xcf || slice[0] === 0xce;
  const magic = new FileView(slice, littleEndian, true).u32(0);
  const file = new FileView(slice, littleEndian, magic === MH_MAGIC_64);
  const parts: ImageParts = {
    container: 'Mach-O',
    architecture: CPUS[file.u32(4)] ?? 'other',
    pointerBytes: file.wide ? 8 : 4,
    bigEndian: !littleEndian,
    positionIndependent: (file.u32(24) & MH_PIE) !== 0,
    segments: [],
    sections: [],
    debug: new Map(),
    symbols: [],
    notes: [],
  };
  let at = file.wide ? 32 : 28;
  for (let i = file.u32(16); i > 0; i--) {
    const command = file.u32(at);
    if (command === LC_SEGMENT || command === LC_SEGMENT_64) readSegment(file, at, parts, inflate);
    else if (command === LC_SYMTAB) parts.symbols = readSymbols(file, at);
    else if (command === LC_DYLD_CHAINED_FIXUPS) {
      parts.notes.push(
        'This Mach-O file keeps its pointers as chained fixups (external linking), which are not decoded: types may be missing.',
      );
    }
    const size = file.u32(at + 4);
    if (size < 8) throw new NotAnExecutable(`Mach-O load command at byte ${at} has size ${size}`);
    at += size;
  }
  return parts;
}

/** The slice of a fat file for the wanted architecture, else its first; a thin file is returned whole. */
function thin(bytes: Uint8Array, wanted: Architecture | null): Uint8Array {
  const fat = new FileView(bytes, false, true);
  const magic = fat.u32(0);
  if (magic !== FAT_MAGIC && magic !== FAT_MAGIC_64) return bytes;
  const entry = magic === FAT_MAGIC ? 20 : 32;
  const slices = Array.from({ length: fat.u32(4) }, (_, i) => {
    const at = 8 + i * entry;
    const [offset, size] = entry === 20 ? [fat.u32(at + 8), fat.u32(at + 12)] : [fat.u64(at + 8), fat.u64(at + 16)];
    return { architecture: CPUS[fat.u32(at)] ?? 'other', offset, size };
  });
  const chosen = slices.find((slice) => slice.architecture === wanted) ?? slices[0];
  return fat.slice(chosen.offset, chosen.size);
}

function readSegment(file: FileView, at: number, parts: ImageParts, inflate: Inflate): void {
  const { wide } = file;
  const segmentName = file.text(at + 8, 16);
  const address = file.word(at + 24);
  const size = file.word(at + (wide ? 32 : 28));
  const offset = file.word(at + (wide ? 40 : 32));
  const fileSize = file.word(at + (wide ? 48 : 36));
  if (!UNLOADED.has(segmentName)) parts.segments.push(segment(file, address, size, offset, fileSize));
  const first = at + (wide ? 72 : 56);
  const entry = wide ? 80 : 68;
  for (let i = 0; i < file.u32(at + (wide ? 64 : 48)); i++) {
    const section = readSection(file, first + i * entry);
    if (segmentName !== '__DWARF') parts.sections.push(section);
    else addDebug(parts, section, inflate);
  }
}

function segment(file: FileView, address: number, size: number, offset: number, fileSize: number): ImageSegment {
  return { address, size, bytes: file.slice(offset, fileSize) };
}

function readSection(file: FileView, at: number): ImageSection {
  const size = file.word(at + (file.wide ? 40 : 36));
  const flags = file.u32(at + (file.wide ? 64 : 56));
  const offset = file.u32(at + (file.wide ? 48 : 40));
  const zero = (flags & 0xff) === S_ZEROFILL;
  return {
    name: file.text(at, 16),
    address: file.word(at + 32),
    size,
    bytes: zero ? new Uint8Array(0) : file.slice(offset, size),
  };
}

/** Names are cut to 16 bytes in the file: `__debug_str_offs` is `str_offsets`. */
function addDebug(parts: ImageParts, section: ImageSection, inflate: Inflate): void {
  const plain = section.name.replace(/^__z?debug_/, '').replace(/^str_offs.*$/, 'str_offsets');
  parts.debug.set(plain, () => inflateZdebug(section.bytes, inflate));
}

function* readSymbols(file: FileView, at: number): Generator<ImageSymbol, void, void> {
  const [table, count, names] = [file.u32(at + 8), file.u32(at + 12), file.u32(at + 16)];
  const entry = file.wide ? 16 : 12;
  for (let i = 0; i < count; i++) {
    const symbol = table + i * entry;
    if (file.u8(symbol + 4) & N_STAB) continue;
    const name = file.text(names + file.u32(symbol), 1024).replace(/^_/, '');
    yield { name, address: file.word(symbol + 8), size: 0 };
  }
}
