/**
 * What is written in a value, as rows a person reads: fields by path, strings with their text, slices with lengths, interfaces with what they
 * hold, maps of both layouts with their entries. Everything is read from the file when asked for, and cut where it gets long.
 */
import { NONE } from '../lib/none';
import { valueAddress } from '../graph/heap-graph';
import { KIND } from '../program/type-kinds';
import { decodeUtf8 } from '../program/image';
import { scalarText } from './decode-scalar';
import { isMapEntries, mapSlot } from './field-path';
import type { GoType } from './go-type';
import type { Naming } from './naming';
import { objectMemory } from './object-memory';
import type { SegmentMemory } from './segment-memory';

export interface ValueRow {
  /** `.name`, `[3].conn`, `key[2]`, `captured r`; '' is the value itself. */
  path: string;
  type: string;
  /** The value in words: `"user:17"`, `len 3, cap 4`, `42`, `nil`. */
  text: string;
  /** The object that the value leads to, NONE where it leads nowhere. */
  to: number;
}

const MOST_ROWS = 500;
const MOST_BYTES = 1 << 16;
const LONGEST_TEXT = 256;
const DEEPEST = 16;
const SLOTS = 8;

/** The rows of an object's value; empty where its type or its bytes are not known. At most 500 rows. */
export async function decodeObject(naming: Naming, objectId: number): Promise<ValueRow[]> {
  const type = naming.typeOf(objectId);
  if (!type) return [];
  const memory = await objectMemory(naming.graph, objectId, MOST_BYTES);
  const decoder = new Decoder(naming, memory);
  if (type.role === 'bytes')
    return [{ path: '', type: 'string', text: quoted(memory, naming.countOf(objectId)), to: NONE }];
  const count = naming.countOf(objectId);
  for (let i = 0; i < count && decoder.room; i++) {
    const at = i * type.size;
    if (at >= memory.size) break;
    await decoder.value(type, at, count > 1 ? `[${i}]` : '', 0);
  }
  return decoder.rows;
}

/** The path to an offset with map keys in words: `value["user:17"].conn`; as Naming.fieldPath otherwise. */
export async function fieldPathInWords(naming: Naming, objectId: number, offset: number): Promise<string | null> {
  const path = naming.fieldPath(objectId, offset);
  const type = naming.startOf(objectId);
  if (path === null || !type || !path.startsWith('value[')) return path;
  const group = Math.floor(offset / type.size) * type.size;
  const slot = mapSlot(type, offset - group);
  if (!slot) return path;
  const memory = await objectMemory(naming.graph, objectId, Math.max(slot.keyType.size, 1), group + slot.keyAt);
  const key = await textOf(naming, memory, slot.keyType, 0);
  return key === null ? path : `value[${key}]${path.slice(path.indexOf(']') + 1)}`;
}

class Decoder {
  readonly rows: ValueRow[] = [];

  constructor(
    private readonly naming: Naming,
    private readonly memory: SegmentMemory,
  ) {}

  get room(): boolean {
    return this.rows.length < MOST_ROWS;
  }

  async value(type: GoType, at: number, path: string, depth: number): Promise<void> {
    if (!this.room || depth > DEEPEST || at >= this.memory.size || type.size === 0) return;
    if (type.role === 'closure') return this.fields(type, at, 'captured ', depth);
    if (isMapEntries(type)) return this.entries(type, at, depth);
    if (type.role === 'map header' || type.role === 'map table' || type.role === 'channel') {
      this.header(type, at);
      return;
    }
    const time = type.name === 'time.Time' ? timeText(this.memory, at) : null;
    if (time !== null) this.push(path, type, time, NONE);
    else if (type.kind === KIND.struct && type.fields.length > 0) await this.fields(type, at, `${path}.`, depth);
    else if (type.kind === KIND.array && type.element) await this.elements(type, type.element, at, path, depth);
    else this.push(path, type, (await textOf(this.naming, this.memory, type, at)) ?? '', this.target(type, at));
  }

  private async fields(type: GoType, at: number, prefix: string, depth: number): Promise<void> {
    for (const field of type.fields) await this.value(field.type, at + field.offset, prefix + field.name, depth + 1);
  }

  private async elements(type: GoType, element: GoType, at: number, path: string, depth: number): Promise<void> {
    for (let i = 0; i < type.length && this.room; i++)
      await this.value(element, at + i * element.size, `${path}[${i}]`, depth + 1);
  }

  /** Used slots of a group or bucket. */
  private async entries(type: GoType, at: number, depth: number): Promise<void> {
    const swiss = this.naming.known.layout.swissMaps;
    const parts = type.fields.flatMap(({ name, offset, type: list }) => {
      const { element } = list;
      if (!element || !/^(slots|keys|elems)$/.test(name)) return [];
      return name === 'slots'
        ? element.fields.map((field) => ({ ...field, offset: offset + field.offset, step: element.size }))
        : [{ name: name === 'keys' ? 'key' : 'elem', offset, type: element, step: element.size }];
    });
    for (let slot = 0; slot < SLOTS; slot++) {
      const control = this.memory.u8(at + slot);
      if (swiss ? control >= 0x80 : control < 5) continue;
      for (const part of parts)
        await this.value(
          part.type,
          at + part.offset + slot * part.step,
          `${part.name === 'key' ? 'key' : 'value'}[${slot}]`,
          depth + 1,
        );
    }
  }

  /** What a map or channel counts, and where its contents are. */
  private header(type: GoType, at: number): void {
    const { known, graph } = this.naming;
    const fields =
      type.role === 'channel'
        ? known.channelFields
        : type.role === 'map table'
          ? known.mapTableFields
          : known.mapHeaderFields;
    for (const { name, offset } of fields) {
      const pointer = ['buf', 'dirPtr', 'groups', 'buckets', 'oldbuckets', 'extra', 'recvq', 'sendq'].includes(name);
      const counted = ['used', 'count', 'qcount', 'dataqsiz', 'dirLen'].includes(name);
      if (!pointer && !counted) continue;
      const word = this.memory.word(at + offset);
      const text = counted
        ? String(name === 'used' && type.role === 'map table' ? this.memory.u16(at) : word)
        : pointerText(word);
      const to = pointer && word !== 0 ? graph.index.objectAt(word) : NONE;
      this.rows.push({ path: `.${name}`, type: pointer ? 'pointer' : 'int', text, to });
    }
  }

  private target(type: GoType, at: number): number {
    const P = this.naming.known.layout.pointerBytes;
    const leads = type.kind === KIND.interface ? P : POINTING.has(type.kind) ? 0 : -1;
    const word = leads < 0 ? 0 : this.memory.word(at + leads);
    return word === 0 ? NONE : this.naming.graph.index.objectAt(word);
  }

  private push(path: string, type: GoType, text: string, to: number): void {
    this.rows.push({ path, type: type.printed, text, to });
  }
}

const POINTING: ReadonlySet<number> = new Set([
  KIND.pointer,
  KIND.string,
  KIND.slice,
  KIND.func,
  KIND.map,
  KIND.chan,
  KIND.unsafePointer,
]);

/** A scalar, string, slice, interface or pointer in words; null for what has none. */
async function textOf(naming: Naming, memory: SegmentMemory, type: GoType, at: number): Promise<string | null> {
  const P = naming.known.layout.pointerBytes;
  const word = memory.word(at);
  switch (type.kind) {
    case KIND.string:
      return stringText(naming, word, memory.word(at + P));
    case KIND.slice:
      return word === 0 ? 'nil' : `len ${memory.word(at + P)}, cap ${memory.word(at + 2 * P)}`;
    case KIND.interface:
      return word === 0 ? 'nil' : (naming.interfaces.dynamicType(word)?.printed ?? 'a type that is not known');
    case KIND.func: {
      if (word === 0) return 'nil';
      const target = naming.graph.index.objectAt(word);
      return (target === NONE ? naming.functionOfStatic(word) : naming.typeOf(target)?.function) ?? pointerText(word);
    }
    case KIND.pointer:
    case KIND.map:
    case KIND.chan:
    case KIND.unsafePointer:
      return pointerText(word);
    default:
      return scalarText(type.kind, memory, at);
  }
}

async function stringText(naming: Naming, address: number, length: number): Promise<string> {
  if (length === 0) return '""';
  const { graph } = naming;
  const target = graph.index.objectAt(address);
  // Constants lie in the executable.
  if (target === NONE)
    return naming.staticText(address, Math.min(length, LONGEST_TEXT)) ?? `${length} bytes outside the heap`;
  const memory = await objectMemory(
    graph,
    target,
    Math.min(length, LONGEST_TEXT),
    address - valueAddress(graph, target),
  );
  return quoted(memory, length);
}

function quoted(memory: SegmentMemory, length: number): string {
  const shown = JSON.stringify(decodeUtf8(memory.slice(0, Math.min(length, LONGEST_TEXT))));
  return length > LONGEST_TEXT ? `${shown}… (${length} bytes)` : shown;
}

function pointerText(word: number): string {
  return word === 0 ? 'nil' : `0x${word.toString(16)}`;
}

const HAS_MONOTONIC = 2 ** 63;
/** Seconds from year 1 to 1885, where times with a monotonic part count from, and to 1970. */
const YEAR_1_TO_1885 = 59453308800;
const YEAR_1_TO_1970 = 62135596800;

/** time.Time is {wall u64, ext i64, loc}: seconds since year 1 in ext, or since 1885 in wall where ext is monotonic. */
function timeText(memory: SegmentMemory, at: number): string | null {
  const wall = memory.unsigned64(at);
  const ext = memory.signed64(at + 8);
  const nanoseconds = Number(wall & 0x3fffffffn);
  const since1 = wall >= BigInt(HAS_MONOTONIC) ? Number((wall >> 30n) & 0x1ffffffffn) + YEAR_1_TO_1885 : Number(ext);
  const milliseconds = (since1 - YEAR_1_TO_1970) * 1000 + Math.floor(nanoseconds / 1e6);
  if (wall === 0n && ext === 0n) return 'the zero time';
  return Math.abs(milliseconds) < 8.64e15 ? new Date(milliseconds).toISOString() : null;
}
