/** PE/COFF (Microsoft's specification): PE32 and PE32+. Pointers in the file are for the preferred base, so nothing is relocated. */
import { inflateZdebug, type Inflate } from './debug-sections';
import { FileView, NotAnExecutable } from './file-view';
import type { Architecture, ImageParts, ImageSection, ImageSymbol } from './image';

const PE32_PLUS = 0x20b;
const DYNAMIC_BASE = 0x40;
const UNINITIALISED = 0x80;
const MACHINES: Record<number, Architecture> = { 0x8664: 'amd64', 0xaa64: 'arm64', 0x14c: '386', 0x1c4: 'arm' };

export function readPe(bytes: Uint8Array, inflate: Inflate): ImageParts {
  const dos = new FileView(bytes, true, true);
  const coff = dos.u32(0x3c) + 4;
  if (dos.u32(coff - 4) !== 0x4550) throw new NotAnExecutable(`no PE signature at byte ${coff - 4}: a DOS program`);
  const optional = coff + 20;
  const file = new FileView(bytes, true, dos.u16(optional) === PE32_PLUS);
  const base = file.wide ? file.u64(optional + 24) : file.u32(optional + 28);
  const symbolTable = file.u32(coff + 8);
  const symbolCount = file.u32(coff + 12);
  const strings = symbolTable + symbolCount * 18;
  const sections = readSections(file, optional + file.u16(coff + 16), file.u16(coff + 2), base, strings);
  return {
    container: 'PE',
    architecture: MACHINES[file.u16(coff)] ?? 'other',
    pointerBytes: file.wide ? 8 : 4,
    bigEndian: false,
    positionIndependent: (file.u16(optional + 70) & DYNAMIC_BASE) !== 0,
    segments: sections.filter((section) => !/^\.z?debug_/.test(section.name)),
    sections,
    debug: new Map(
      sections
        .filter((section) => /^\.z?debug_/.test(section.name))
        .map((section) => [section.name.replace(/^\.z?debug_/, ''), () => inflateZdebug(section.bytes, inflate)]),
    ),
    symbols: readSymbols(file, symbolTable, symbolCount, strings, sections),
    notes: [],
  };
}

function readSections(file: FileView, first: number, count: number, base: number, strings: number): ImageSection[] {
  return Array.from({ length: count }, (_, i) => {
    const at = first + i * 40;
    const short = file.text(at, 8);
    // A name longer than 8 bytes is `/offset` into the string table.
    const name = short.startsWith('/') ? file.text(strings + Number(short.slice(1)), 256) : short;
    const size = file.u32(at + 8);
    const stored = Math.min(size, file.u32(at + 16));
    const zero = (file.u32(at + 36) & UNINITIALISED) !== 0;
    return {
      name,
      address: base + file.u32(at + 12),
      size,
      bytes: zero ? new Uint8Array(0) : file.slice(file.u32(at + 20), stored),
    };
  });
}

function* readSymbols(
  file: FileView,
  table: number,
  count: number,
  strings: number,
  sections: ImageSection[],
): Generator<ImageSymbol, void, void> {
  if (table === 0) return;
  for (let i = 0; i < count; i += 1 + file.u8(table + i * 18 + 17)) {
    const at = table + i * 18;
    const section = sections[file.u16(at + 12) - 1] as ImageSection | undefined;
    if (!section) continue;
    const name = file.u32(at) === 0 ? file.text(strings + file.u32(at + 4), 1024) : file.text(at, 8);
    yield { name, address: section.address + file.u32(at + 8), size: 0 };
  }
}
