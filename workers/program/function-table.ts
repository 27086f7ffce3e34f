/**
 * Go's table of functions (pclntab, runtime/symtab.go and internal/abi): pc → function, file and line, inlined calls. It is in every Go
 * executable, stripped or not. Three layouts: up to 1.15 (offsets from the table), 1.16–1.17 (parts with offsets in the header, absolute
 * entries), from 1.18 (entries relative to the start of the text).
 */
import { decodeUtf8, type ProgramImage } from './image';

const MAGIC_1_2 = 0xfffffffb;
const MAGIC_1_16 = 0xfffffffa;
const MAGIC_1_18 = 0xfffffff0;
const MAGIC_1_20 = 0xfffffff1;
const MAGICS = new Set([MAGIC_1_2, MAGIC_1_16, MAGIC_1_18, MAGIC_1_20]);

const PCDATA_INLINE_INDEX = 2;
const FUNCDATA_INLINE_TREE = 3;

/** A source position; `function` names the inlined function there. */
export interface SourceLine {
  function: string;
  file: string;
  line: number;
}

interface Layout {
  magic: number;
  quantum: number;
  functionCount: number;
  /** Addresses of the parts. */
  names: number;
  units: number;
  files: number;
  pcTables: number;
  table: number;
  /** Bytes of one number in the function table. */
  entryBytes: number;
}

/** Where the pclntab begins, or null. */
export function findFunctionTable(image: ProgramImage): number | null {
  const section = image.section('.gopclntab', '.data.rel.ro.gopclntab', '__gopclntab');
  if (section && looksLikeTable(image, section.address)) return section.address;
  const symbol = image.symbol('runtime.pclntab');
  if (symbol && looksLikeTable(image, symbol.address)) return symbol.address;
  // PE has no section for it.
  for (const segment of image.segments) {
    for (let at = 0; at + 64 <= segment.bytes.length; at += image.pointerBytes) {
      if (segment.bytes[at + 4] === 0 && segment.bytes[at + 5] === 0 && looksLikeTable(image, segment.address + at))
        return segment.address + at;
    }
  }
  return null;
}

function looksLikeTable(image: ProgramImage, at: number): boolean {
  if (!image.has(at, 64) || !MAGICS.has(image.u32(at))) return false;
  const quantum = image.u8(at + 6);
  const count = image.word(at + 8);
  return (
    image.u16(at + 4) === 0 &&
    (quantum === 1 || quantum === 2 || quantum === 4) &&
    image.u8(at + 7) === image.pointerBytes &&
    count > 0 &&
    count < 1 << 24
  );
}

export class FunctionTable {
  readonly count: number;
  /** function → entry pc, ascending, plus the end of the last one */
  readonly entry: Float64Array;
  private readonly record: Float64Array;
  private readonly layout: Layout;
  private readonly entryIndex = new Map<number, number>();
  private readonly nameCache = new Map<number, string>();
  private readonly byName = new Map<string, number[]>();

  /**
   * @param at where the table begins
   * @param textStart start of the text, which a 1.18+ table counts from; from 1.26 the header does not hold it
   * @param inlineTrees the module's `gofunc`: base of the inline trees (1.18+), or null
   */
  constructor(
    private readonly image: ProgramImage,
    readonly at: number,
    textStart: number,
    private readonly inlineTrees: number | null,
  ) {
    this.layout = readLayout(image, at);
    this.count = this.layout.functionCount;
    const bytes = (2 * this.count + 1) * this.layout.entryBytes;
    if (!image.has(this.layout.table, bytes))
      throw new RangeError(`the function table names ${this.count} functions and ends before them`);
    this.entry = new Float64Array(this.count + 1);
    this.record = new Float64Array(this.count);
    const { table, entryBytes } = this.layout;
    const number = (address: number): number => (entryBytes === 4 ? image.u32(address) : image.word(address));
    const base = this.relative ? textStart : 0;
    const records = this.layout.magic === MAGIC_1_2 ? at : table;
    for (let i = 0; i <= this.count; i++) {
      this.entry[i] = base + number(table + 2 * i * entryBytes);
      if (i === this.count) break;
      this.record[i] = records + number(table + (2 * i + 1) * entryBytes);
      this.entryIndex.set(this.entry[i], i);
    }
  }

  /** Start of the text as the header has it; 0 where the linker leaves it out. */
  static headerTextStart(image: ProgramImage, at: number): number {
    const magic = image.u32(at);
    return magic === MAGIC_1_18 || magic === MAGIC_1_20 ? image.word(at + 8 + 2 * image.pointerBytes) : 0;
  }

  /** The function that begins at exactly this pc, or -1. */
  atEntry(pc: number): number {
    return this.entryIndex.get(pc) ?? -1;
  }

  /** The function that contains the pc, or -1. */
  containing(pc: number): number {
    if (this.count === 0 || pc < this.entry[0] || pc >= this.entry[this.count]) return -1;
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.entry[middle] <= pc) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The name of a function; '' where the file is broken there: names are read when asked for, long after the table was believed. */
  name(index: number): string {
    const known = this.nameCache.get(index);
    if (known !== undefined) return known;
    const name = this.readName(index);
    this.nameCache.set(index, name);
    return name;
  }

  private readName(index: number): string {
    try {
      return this.nameAt(this.image.i32(this.record[index] + (this.relative ? 4 : this.image.pointerBytes)));
    } catch (error) {
      if (error instanceof RangeError) return '';
      throw error;
    }
  }

  /** The name of the function that begins at pc, or null. */
  nameOfEntry(pc: number): string | null {
    const index = this.atEntry(pc);
    return index < 0 ? null : this.name(index) || null;
  }

  /** Where the only function of this name begins; null where there is none, or several. */
  entryOfName(name: string): number | null {
    const found = this.ofName(name);
    return found.length === 1 ? this.entry[found[0]] : null;
  }

  /** The functions of this name. All names are read once. */
  ofName(name: string): readonly number[] {
    if (this.byName.size === 0)
      for (let index = 0; index < this.count; index++) {
        const same = this.byName.get(this.name(index));
        if (same) same.push(index);
        else this.byName.set(this.name(index), [index]);
      }
    return this.byName.get(name) ?? [];
  }

  /** Names of the functions whose calls were inlined into a function. */
  inlinedInto(index: number): ReadonlySet<string> {
    const names = new Set<string>();
    const calls = new Set<number>();
    for (const { value } of this.pcRuns(this.inlineIndices(index), index)) calls.add(value);
    for (const call of calls) {
      const inlined = call >= 0 ? this.inlinedCall(index, call) : null;
      if (inlined) names.add(inlined.name);
    }
    return names;
  }

  /**
   * The calls at a pc, innermost first: inlined functions, then the physical one. For a return address ask for pc - 1.
   * Empty where no function contains the pc.
   */
  lines(pc: number): SourceLine[] {
    const index = this.containing(pc);
    if (index < 0) return [];
    const lines: SourceLine[] = [];
    let at = pc;
    let inlined = this.inlineIndex(index, at);
    for (let depth = 0; depth < 64; depth++) {
      const call = inlined >= 0 ? this.inlinedCall(index, inlined) : null;
      lines.push({ function: call ? call.name : this.name(index), ...this.position(index, at) });
      if (!call) break;
      at = this.entry[index] + call.parentPc;
      inlined = this.inlineIndex(index, at);
    }
    return lines;
  }

  /** File and line where a function begins, as `file:line`. */
  startOf(index: number): string {
    const { file, line } = this.position(index, this.entry[index]);
    return `${file}:${line}`;
  }

  private get relative(): boolean {
    return this.layout.magic === MAGIC_1_18 || this.layout.magic === MAGIC_1_20;
  }

  /** Field n (counted in 4 bytes) of a function's record after its entry and name. */
  private field(index: number, n: number): number {
    return this.record[index] + (this.relative ? 4 : this.image.pointerBytes) + 4 + 4 * n;
  }

  private position(index: number, pc: number): { file: string; line: number } {
    const file = this.pcValue(this.image.u32(this.field(index, 3)), index, pc);
    const line = this.pcValue(this.image.u32(this.field(index, 4)), index, pc);
    return { file: file === null ? '' : this.fileName(index, file), line: line ?? 0 };
  }

  private fileName(index: number, file: number): string {
    const { image, layout } = this;
    if (layout.magic === MAGIC_1_2) return image.text(layout.names + image.u32(layout.files + 4 * file));
    const unit = image.u32(this.field(index, 6));
    const offset = image.u32(layout.units + 4 * (unit + file));
    return offset === 0xffffffff ? '' : image.text(layout.files + offset);
  }

  /** The table's value at a pc (runtime.pcvalue). */
  private pcValue(offset: number, index: number, pc: number): number | null {
    for (const { value, end } of this.pcRuns(offset, index)) if (pc < end) return value;
    return null;
  }

  /** A table of a function, run by run up to the pc where each ends: pairs of zig-zag value delta and pc delta. */
  private *pcRuns(offset: number, index: number): Generator<{ value: number; end: number }> {
    if (offset === 0) return;
    let at = this.layout.pcTables + offset;
    let value = -1;
    let end = this.entry[index];
    const varint = (): number => {
      let result = 0;
      for (let shift = 0; shift < 35; shift += 7) {
        const byte = this.image.u8(at++);
        result += (byte & 0x7f) * 2 ** shift;
        if (byte < 0x80) break;
      }
      return result;
    };
    for (let first = true; ; first = false) {
      const delta = varint();
      if (delta === 0 && !first) return;
      value += delta % 2 === 1 ? -(delta + 1) / 2 : delta / 2;
      end += varint() * this.layout.quantum;
      yield { value, end };
    }
  }

  private inlineIndex(index: number, pc: number): number {
    return this.pcValue(this.inlineIndices(index), index, pc) ?? -1;
  }

  /** Where the table begins that tells the inlined call at a pc; 0 for none. */
  private inlineIndices(index: number): number {
    if (!this.relative || this.inlineTrees === null) return 0;
    const pcDataCount = this.image.u32(this.field(index, 5));
    return pcDataCount <= PCDATA_INLINE_INDEX ? 0 : this.image.u32(this.tail(index) + 4 * PCDATA_INLINE_INDEX);
  }

  /** Where the per-function arrays begin: after the flags, which from 1.20 follow the start line. */
  private tail(index: number): number {
    return this.field(index, this.layout.magic === MAGIC_1_20 ? 9 : 8);
  }

  private inlinedCall(index: number, call: number): { name: string; parentPc: number } | null {
    const { image } = this;
    const tail = this.tail(index);
    const treeCount = image.u8(tail - 1);
    if (treeCount <= FUNCDATA_INLINE_TREE || this.inlineTrees === null) return null;
    const offset = image.u32(tail + 4 * image.u32(this.field(index, 5)) + 4 * FUNCDATA_INLINE_TREE);
    if (offset === 0xffffffff) return null;
    const modern = this.layout.magic === MAGIC_1_20;
    const at = this.inlineTrees + offset + call * (modern ? 16 : 20);
    return { name: this.nameAt(image.i32(at + (modern ? 4 : 12))), parentPc: image.i32(at + (modern ? 8 : 16)) };
  }

  private nameAt(offset: number): string {
    const at = this.layout.names + offset;
    if (!this.image.has(at)) return '';
    for (let length = 64; ; length *= 4) {
      const room = this.image.has(at, length) ? length : 0;
      if (room === 0) return this.image.text(at);
      const bytes = this.image.bytes(at, room);
      const end = bytes.indexOf(0);
      if (end >= 0) return decodeUtf8(bytes.subarray(0, end));
    }
  }
}

function readLayout(image: ProgramImage, at: number): Layout {
  const magic = image.u32(at);
  const P = image.pointerBytes;
  const word = (index: number): number => image.word(at + 8 + index * P);
  const common = { magic, quantum: image.u8(at + 6), functionCount: word(0) };
  if (magic === MAGIC_1_2) {
    const table = at + 8 + P;
    const files = at + image.u32(table + (2 * common.functionCount + 1) * P);
    return { ...common, names: at, units: 0, files, pcTables: at, table, entryBytes: P };
  }
  const first = magic === MAGIC_1_16 ? 2 : 3;
  return {
    ...common,
    names: at + word(first),
    units: at + word(first + 1),
    files: at + word(first + 2),
    pcTables: at + word(first + 3),
    table: at + word(first + 4),
    entryBytes: magic === MAGIC_1_16 ? P : 4,
  };
}
