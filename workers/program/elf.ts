/** ELF (System V ABI, chapters 4 and 5): 32 and 64 bit, both byte orders, static and position-independent. */
import { inflateElf, inflateZdebug, type Inflate } from './debug-sections';
import { FileView } from './file-view';
import type { Architecture, ImageParts, ImageSection, ImageSegment, ImageSymbol } from './image';

const PT_LOAD = 1;
const SHT_SYMTAB = 2;
const SHT_RELA = 4;
const SHT_NOBITS = 8;
const SHT_REL = 9;
const SHF_ALLOC = 2;
const SHF_COMPRESSED = 0x800;
const ET_DYN = 3;

const MACHINES: Record<number, Architecture> = { 62: 'amd64', 183: 'arm64', 3: '386', 40: 'arm' };

/** Relocation types that mean "image base plus addend", by e_machine; the base is 0 here, so the addend is the stored pointer. */
const RELATIVE: Record<number, number> = { 62: 8, 183: 1027, 3: 8, 40: 23 };

interface ElfSection {
  name: string;
  type: number;
  flags: number;
  address: number;
  offset: number;
  size: number;
  link: number;
}

export function readElf(bytes: Uint8Array, inflate: Inflate): ImageParts {
  const wide = bytes[4] === 2;
  const littleEndian = bytes[5] !== 2;
  const file = new FileView(bytes, littleEndian, wide);
  const machine = file.u16(18);
  const headers = readSections(file);
  const segments = readSegments(file);
  const positionIndependent = file.u16(16) === ET_DYN;
  if (positionIndependent) applyRelative(file, headers, segments, RELATIVE[machine]);
  return {
    container: 'ELF',
    architecture: MACHINES[machine] ?? 'other',
    pointerBytes: wide ? 8 : 4,
    bigEndian: !littleEndian,
    positionIndependent,
    segments,
    sections: headers.filter((header) => header.flags & SHF_ALLOC).map((header) => toSection(file, header)),
    debug: debugSections(file, headers, inflate),
    symbols: readSymbols(file, headers),
    notes: [],
  };
}

function readSegments(file: FileView): ImageSegment[] {
  const start = file.wide ? file.u64(32) : file.u32(28);
  const entry = file.u16(file.wide ? 54 : 42);
  const count = file.u16(file.wide ? 56 : 44);
  const segments: ImageSegment[] = [];
  for (let i = 0; i < count; i++) {
    const at = start + i * entry;
    if (file.u32(at) !== PT_LOAD) continue;
    const offset = file.word(at + (file.wide ? 8 : 4));
    const address = file.word(at + (file.wide ? 16 : 8));
    const fileSize = file.word(at + (file.wide ? 32 : 16));
    const size = file.word(at + (file.wide ? 40 : 20));
    segments.push({ address, size, bytes: file.slice(offset, fileSize) });
  }
  return segments;
}

function readSections(file: FileView): ElfSection[] {
  const start = file.wide ? file.u64(40) : file.u32(32);
  const entry = file.u16(file.wide ? 58 : 46);
  const count = file.u16(file.wide ? 60 : 48);
  if (start === 0 || count === 0) return [];
  const raw = Array.from({ length: count }, (_, i) => {
    const at = start + i * entry;
    const field = (index: number): number => file.word(at + 8 + index * (file.wide ? 8 : 4));
    return {
      nameAt: file.u32(at),
      name: '',
      type: file.u32(at + 4),
      flags: field(0),
      address: field(1),
      offset: field(2),
      size: field(3),
      link: file.u32(at + (file.wide ? 40 : 24)),
    };
  });
  const names = raw[file.u16(file.wide ? 62 : 50)] as (typeof raw)[number] | undefined;
  for (const section of raw) section.name = names ? file.text(names.offset + section.nameAt, 128) : '';
  return raw;
}

function toSection(file: FileView, header: ElfSection): ImageSection {
  const bytes = header.type === SHT_NOBITS ? new Uint8Array(0) : file.slice(header.offset, header.size);
  return { name: header.name, address: header.address, size: header.size, bytes };
}

/** Writes the pointers of a position-independent image as if it were loaded at its linked address; without this they read as zero. */
function applyRelative(
  file: FileView,
  headers: ElfSection[],
  segments: ImageSegment[],
  relative: number | undefined,
): void {
  const views = segments.map(({ bytes }) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length));
  for (const header of headers) {
    if (header.type !== SHT_RELA && header.type !== SHT_REL) continue;
    // REL stores the addend in place, where it already reads right for base 0.
    if (header.type === SHT_REL) continue;
    const entry = file.wide ? 24 : 12;
    for (let at = header.offset; at + entry <= header.offset + header.size; at += entry) {
      const type = file.wide ? file.u32(file.littleEndian ? at + 8 : at + 12) : file.u32(at + 4) & 0xff;
      if (type !== relative) continue;
      const target = file.word(at);
      const i = segments.findIndex(
        (s) => target >= s.address && target + (file.wide ? 8 : 4) <= s.address + s.bytes.length,
      );
      if (i < 0) continue;
      writeWord(views[i], target - segments[i].address, file, at + (file.wide ? 16 : 8));
    }
  }
}

function writeWord(view: DataView, at: number, file: FileView, from: number): void {
  view.setUint32(at, file.u32(from), file.littleEndian);
  if (file.wide) view.setUint32(at + 4, file.u32(from + 4), file.littleEndian);
}

function debugSections(file: FileView, headers: ElfSection[], inflate: Inflate): Map<string, () => Uint8Array> {
  const sections = new Map<string, () => Uint8Array>();
  for (const header of headers) {
    const bytes = (): Uint8Array => file.slice(header.offset, header.size);
    if (header.name.startsWith('.debug_')) {
      const compressed = (header.flags & SHF_COMPRESSED) !== 0;
      sections.set(header.name.slice(7), () =>
        compressed ? (inflateElf(bytes(), file.wide, file.littleEndian, inflate) ?? new Uint8Array(0)) : bytes(),
      );
    } else if (header.name.startsWith('.zdebug_')) {
      sections.set(header.name.slice(8), () => inflateZdebug(bytes(), inflate));
    }
  }
  return sections;
}

function* readSymbols(file: FileView, headers: ElfSection[]): Generator<ImageSymbol, void, void> {
  const table = headers.find((header) => header.type === SHT_SYMTAB);
  const names = table && (headers[table.link] as ElfSection | undefined);
  if (!names) return;
  const entry = file.wide ? 24 : 16;
  for (let at = table.offset; at + entry <= table.offset + table.size; at += entry) {
    const name = file.text(names.offset + file.u32(at), 1024);
    if (name === '') continue;
    yield { name, address: file.word(at + (file.wide ? 8 : 4)), size: file.word(at + (file.wide ? 16 : 8)) };
  }
}
