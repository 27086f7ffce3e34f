/**
 * Type descriptors on both sides of every change, as linkers write them: a struct with fields, a map that has a name, and a type side by side with
 * it. Read as the release before or after it, each would be another type. Sources: reflect/type.go up to Go 1.20, internal/abi/type.go since;
 * internal/abi/map*.go for maps.
 */
import { describe, expect, test } from 'vitest';
import { Memory } from '../../../fixtures/builder/memory';
import { platform } from '../../../fixtures/builder/platform';
import { KIND } from '../../../workers/go/type-kinds';
import { NEWEST, readGoVersion } from '../../../workers/go/version';
import { ProgramImage } from '../../../workers/program/image';
import { RuntimeTypes, type RuntimeType } from '../../../workers/program/runtime-types';

const TYPES = 0x4a0000;
const BYTES = 0x1000;
const NAMES = 0x800;

/** Bits of tflag and of the kind. */
const UNCOMMON = 1;
const NAMED = 4;
const MASK_ON_DEMAND = 16;
const DIRECT_BY_FLAG = 32;
const DIRECT_BY_KIND = 32;
const PROGRAM_BY_KIND = 64;

/** How a linker of Go 1.minor wrote descriptors; written again here, release by release, so that it shares nothing with the tables. */
function writerOf(minor: number) {
  const mapWords = minor <= 23 ? 4 : minor <= 26 ? 7 : 10;
  return {
    /** Behind the words sizes of key, element and bucket, and flags, up to 1.23; since then flags alone, a u32 that is padded to a word. */
    mapBytes: (P: number) => mapWords * P + (minor <= 23 ? 8 : P),
    fieldOffset: (offset: number, embedded: boolean) => (minor <= 18 ? 2 * offset + (embedded ? 1 : 0) : offset),
    nameFlags: (embedded: boolean) => (minor >= 19 && embedded ? 8 : 0),
    nameLength: (length: number) =>
      minor <= 16 ? [length >> 8, length & 255] : length < 128 ? [length] : [(length & 127) | 128, length >> 7],
    direct: minor <= 25 ? { kind: DIRECT_BY_KIND, flag: 0 } : { kind: 0, flag: DIRECT_BY_FLAG },
    derived: minor <= 23 ? { kind: PROGRAM_BY_KIND, flag: 0 } : { kind: 0, flag: MASK_ON_DEMAND },
  };
}

interface Header {
  size: number;
  pointers: number;
  kind: number;
  flags: number;
  name: string;
}

/** A types region, filled from its start on; names lie behind. */
class Region {
  private readonly memory: Memory;
  private next = 0;
  private nextName = NAMES;
  private readonly writer;
  private readonly P: 4 | 8;

  constructor(
    private readonly minor: number,
    private readonly architecture: string,
  ) {
    const on = platform(`go1.${minor}`, architecture);
    this.P = on.pointerBytes;
    this.memory = new Memory(on, BYTES);
    this.writer = writerOf(minor);
  }

  /** Writes a name record and gives its offset. */
  name(text: string, embedded = false): number {
    const bytes = new TextEncoder().encode(text);
    const at = this.nextName;
    const record = [this.writer.nameFlags(embedded), ...this.writer.nameLength(bytes.length), ...bytes];
    this.memory.bytes.set(record, at);
    this.nextName += record.length;
    return at;
  }

  /** The words of a descriptor: its header, then `words`; gives its address. */
  private descriptor({ size, pointers, kind, flags, name }: Header, words: readonly number[]): number {
    const { memory, P, next: at } = this;
    memory.word(at, size);
    memory.word(at + P, pointers);
    memory.bytes.set([flags, 8, 8, kind], at + 2 * P + 4);
    this.i32(at + 4 * P + 8, this.name(name));
    words.forEach((word, i) => memory.word(at + 4 * P + 16 + i * P, word));
    this.next = at + 4 * P + 16 + words.length * P;
    return TYPES + at;
  }

  integer(name = 'int'): number {
    return this.descriptor({ size: this.P, pointers: 0, kind: KIND.int, flags: NAMED, name }, []);
  }

  /** A pointer is what an interface holds by itself. */
  pointer(to: number): number {
    const { kind, flag } = this.writer.direct;
    const header = { size: this.P, pointers: this.P, kind: KIND.pointer | kind, flags: flag, name: '*main.Row' };
    return this.descriptor(header, [to]);
  }

  /** An array whose mask is a program, or made when it is asked for. */
  array(of: number, length: number): number {
    const { kind, flag } = this.writer.derived;
    const size = length * this.P;
    const header = { size, pointers: size, kind: KIND.array | kind, flags: flag, name: 'main.Rows' };
    return this.descriptor(header, [of, of, length]);
  }

  struct(name: string, fields: readonly { name: string; type: number; offset: number; embedded?: boolean }[]): number {
    const { memory, P, writer } = this;
    const list = this.next + 4 * P + 16 + 4 * P;
    const header = { size: fields.length * P, pointers: 0, kind: KIND.struct, flags: NAMED, name };
    const address = this.descriptor(header, [0, TYPES + list, fields.length, fields.length]);
    fields.forEach((field, i) => {
      memory.word(list + 3 * i * P, TYPES + this.name(field.name, field.embedded));
      memory.word(list + (3 * i + 1) * P, field.type);
      memory.word(list + (3 * i + 2) * P, writer.fieldOffset(field.offset, field.embedded ?? false));
    });
    this.next = list + 3 * fields.length * P;
    return address;
  }

  /** A map with a name: what tells its package stands right behind the descriptor. */
  map(name: string, path: string, parts: readonly [key: number, element: number, bucket: number]): number {
    const { P, writer } = this;
    const flags = NAMED | UNCOMMON;
    const begin = this.next;
    const address = this.descriptor({ size: P, pointers: P, kind: KIND.map, flags, name }, parts);
    const uncommon = begin + 4 * P + 16 + writer.mapBytes(P);
    this.i32(uncommon, this.name(path));
    this.next = uncommon + 16;
    return address;
  }

  /** The same without one. */
  plainMap(name: string, parts: readonly [key: number, element: number, bucket: number]): number {
    const begin = this.next;
    const address = this.descriptor({ size: this.P, pointers: this.P, kind: KIND.map, flags: 0, name }, parts);
    this.next = begin + 4 * this.P + 16 + this.writer.mapBytes(this.P);
    return address;
  }

  /** The types as a release reads them. */
  readAs(text: string): RuntimeTypes {
    const { pointerBytes, bigEndian } = platform(`go1.${this.minor}`, this.architecture);
    const image = new ProgramImage(
      {
        ...{ container: 'ELF', architecture: 'other', pointerBytes, bigEndian, positionIndependent: false },
        segments: [{ address: TYPES, size: BYTES, bytes: this.memory.bytes }],
        ...{ sections: [], debug: new Map(), symbols: [], notes: [] },
      },
      new Map(),
    );
    const nowhere = { text: 0, etext: 0, data: 0, edata: 0, bss: 0, ebss: 0, gofunc: null };
    return new RuntimeTypes(image, { ...nowhere, types: TYPES, etypes: TYPES + NAMES }, readGoVersion(text));
  }

  private i32(at: number, value: number): void {
    const view = new DataView(this.memory.bytes.buffer);
    view.setInt32(at, value, !platform(`go1.${this.minor}`, this.architecture).bigEndian);
  }
}

const LONG = `main.${'x'.repeat(300)}`;

/** A line a descriptor that is found: its name, its package, its fields, what it says of itself. */
function described({ text, packagePath, fields, direct, derivedMask }: RuntimeType): string {
  const printed = fields.map(({ name, offset, embedded }) => `${name}@${offset}${embedded ? ' embedded' : ''}`);
  const flags = [direct ? 'direct' : '', derivedMask ? 'derived mask' : ''];
  return [text, packagePath ?? '', ...printed, ...flags].filter((word) => word !== '').join(', ');
}

/** All that changed, in one region. */
function regionOf(minor: number, architecture: string): { region: Region; expected: string[] } {
  const region = new Region(minor, architecture);
  const P = platform(`go1.${minor}`, architecture).pointerBytes;
  const int = region.integer();
  const row = region.struct('main.Row', [
    { name: 'Base', type: int, offset: 0, embedded: true },
    { name: 'size', type: int, offset: P },
    { name: 'Last', type: int, offset: 2 * P, embedded: true },
  ]);
  region.pointer(row);
  region.array(int, 3);
  region.map('main.Index', 'example.com/main', [int, row, row]);
  region.plainMap('map[int]main.Row', [int, row, row]);
  region.plainMap('map[int]main.Last', [int, row, row]);
  region.integer(LONG);
  return {
    region,
    expected: [
      'int',
      `main.Row, Base@0 embedded, size@${P}, Last@${2 * P} embedded`,
      '*main.Row, direct',
      'main.Rows, derived mask',
      'main.Index, example.com/main',
      'map[int]main.Row',
      'map[int]main.Last',
      LONG,
    ],
  };
}

/** Up to Go 1.16 an executable tells no version: the last of those stands for all. */
const MINORS = Array.from({ length: NEWEST - 14 }, (_, i) => i + 15);
/** The releases whose linkers wrote descriptors otherwise than the one before. */
const CHANGES = [17, 19, 24, 26, 27];

describe.each(['amd64', '386', 'mips', 's390x'])('on %s', (architecture) => {
  test.each(MINORS)('the descriptors of Go 1.%i are all found, as they are', (minor) => {
    const { region, expected } = regionOf(minor, architecture);
    const text = `go1.${minor}`;
    expect([...region.readAs(text).scan()].map(described)).toEqual(expected);
  });

  test.each(CHANGES)('those of Go 1.%i are not those of the release before, either way', (minor) => {
    for (const [written, read] of [
      [minor, minor - 1],
      [minor - 1, minor],
    ]) {
      const { region, expected } = regionOf(written, architecture);
      expect([...region.readAs(`go1.${read}`).scan()].map(described)).not.toEqual(expected);
    }
  });
});
