/**
 * An executable as the address space that it would be loaded into, at the addresses its linker chose. Containers (elf.ts, mach-o.ts, pe.ts)
 * fill it; everything above reads by address and never by file offset. A dump may lie elsewhere by the slide, which callers add.
 */

export type Architecture = 'amd64' | 'arm64' | '386' | 'arm' | 'other';
export type Container = 'ELF' | 'Mach-O' | 'PE';

/** A stretch of memory with the bytes that the file holds for it; memory past the bytes is zero when loaded. */
export interface ImageSegment {
  address: number;
  size: number;
  bytes: Uint8Array;
}

export interface ImageSection extends ImageSegment {
  name: string;
}

export interface ImageSymbol {
  name: string;
  address: number;
  size: number;
}

/** What a container knows before anything Go is looked at. */
export interface ImageParts {
  container: Container;
  architecture: Architecture;
  pointerBytes: 4 | 8;
  bigEndian: boolean;
  /** True where the loader may move the whole image. */
  positionIndependent: boolean;
  segments: ImageSegment[];
  sections: ImageSection[];
  /** Debug sections by plain name (`info`, `abbrev`, …), inflated on demand. */
  debug: Map<string, () => Uint8Array>;
  symbols: Iterable<ImageSymbol>;
  /** Things a person should know: what could not be read, and why. */
  notes: string[];
}

export class ProgramImage {
  readonly container: Container;
  readonly architecture: Architecture;
  readonly pointerBytes: 4 | 8;
  readonly bigEndian: boolean;
  readonly positionIndependent: boolean;
  readonly segments: readonly ImageSegment[];
  readonly sections: readonly ImageSection[];
  readonly debug: ReadonlyMap<string, () => Uint8Array>;
  readonly notes: readonly string[];
  private readonly views: DataView[];
  private readonly littleEndian: boolean;
  private last = 0;

  constructor(
    parts: ImageParts,
    private readonly symbolByName: ReadonlyMap<string, ImageSymbol>,
  ) {
    this.container = parts.container;
    this.architecture = parts.architecture;
    this.pointerBytes = parts.pointerBytes;
    this.bigEndian = parts.bigEndian;
    this.littleEndian = !parts.bigEndian;
    this.positionIndependent = parts.positionIndependent;
    this.segments = [...parts.segments].sort((a, b) => a.address - b.address);
    this.sections = parts.sections;
    this.debug = parts.debug;
    this.notes = parts.notes;
    this.views = this.segments.map(({ bytes }) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length));
  }

  /** The first section that carries one of the names, in their order. */
  section(...names: string[]): ImageSection | null {
    for (const name of names) {
      const found = this.sections.find((section) => section.name === name);
      if (found) return found;
    }
    return null;
  }

  symbol(name: string): ImageSymbol | null {
    return this.symbolByName.get(name) ?? null;
  }

  get symbols(): Iterable<ImageSymbol> {
    return this.symbolByName.values();
  }

  /** True where `length` bytes at the address stand in the file. */
  has(address: number, length = 1): boolean {
    const segment = this.segmentAt(address);
    return segment >= 0 && address + length <= this.segments[segment].address + this.segments[segment].bytes.length;
  }

  u8(address: number): number {
    const segment = this.need(address, 1);
    return this.views[segment].getUint8(address - this.segments[segment].address);
  }

  u16(address: number): number {
    const segment = this.need(address, 2);
    return this.views[segment].getUint16(address - this.segments[segment].address, this.littleEndian);
  }

  u32(address: number): number {
    const segment = this.need(address, 4);
    return this.views[segment].getUint32(address - this.segments[segment].address, this.littleEndian);
  }

  i32(address: number): number {
    return this.u32(address) | 0;
  }

  /** A pointer-sized word; beyond 2^53 it is only approximately right, and no address then. */
  word(address: number): number {
    if (this.pointerBytes === 4) return this.u32(address);
    const segment = this.need(address, 8);
    const at = address - this.segments[segment].address;
    const view = this.views[segment];
    const high = view.getUint32(this.littleEndian ? at + 4 : at, this.littleEndian);
    return high * 0x1_0000_0000 + view.getUint32(this.littleEndian ? at : at + 4, this.littleEndian);
  }

  bytes(address: number, length: number): Uint8Array {
    const segment = this.need(address, length);
    const at = address - this.segments[segment].address;
    return this.segments[segment].bytes.subarray(at, at + length);
  }

  /** Bytes up to a NUL as UTF-8 text; at most `limit` bytes. */
  text(address: number, limit = 4096): string {
    const segment = this.need(address, 1);
    const { bytes, address: start } = this.segments[segment];
    const from = address - start;
    const end = bytes.subarray(from, from + limit).indexOf(0);
    return decodeUtf8(bytes.subarray(from, end < 0 ? Math.min(bytes.length, from + limit) : from + end));
  }

  private need(address: number, length: number): number {
    const segment = this.segmentAt(address);
    if (segment < 0 || address + length > this.segments[segment].address + this.segments[segment].bytes.length) {
      throw new RangeError(`no ${length} bytes at 0x${address.toString(16)} in the executable`);
    }
    return segment;
  }

  private segmentAt(address: number): number {
    if (isInside(this.segments[this.last], address)) return this.last;
    let low = 0;
    let high = this.segments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.segments[middle].address <= address) low = middle;
      else high = middle - 1;
    }
    if (!isInside(this.segments[low], address)) return -1;
    this.last = low;
    return low;
  }
}

function isInside(segment: ImageSegment | undefined, address: number): boolean {
  return segment !== undefined && address >= segment.address && address < segment.address + segment.bytes.length;
}

/** Decodes UTF-8; malformed bytes become U+FFFD. Names in executables are short, so no decoder object is needed (and none is typed here). */
export function decodeUtf8(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length;) {
    const first = bytes[i];
    const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (length === 0 || i + length > bytes.length) {
      text += '�';
      i++;
      continue;
    }
    let code = length === 1 ? first : first & (0x7f >> length);
    for (let k = 1; k < length; k++) code = (code << 6) | (bytes[i + k] & 0x3f);
    text += code > 0x10ffff ? '�' : String.fromCodePoint(code);
    i += length;
  }
  return text;
}
