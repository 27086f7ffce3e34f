/**
 * What is written in a value, as rows a person reads: fields by path, strings with their text, slices with lengths, interfaces with what they
 * hold, maps of both layouts with their entries. Everything is read from the file when asked for, and cut where it gets long.
 */
import { NONE } from '../lib/none';
import { valueAddress } from '../graph/heap-graph';
import { KIND } from '../go/type-kinds';
import { pointerText, quoted, textOf, timeText } from './decode-text';
import { isMapEntries, mapSlot } from '../naming/types/field-path';
import type { GoType } from '../naming/types/go-type';
import { usedSlots } from '../naming/steps/map-slots';
import { mapEntries } from './map-entries';
import type { Naming } from '../naming/naming';
import { objectMemory } from '../graph/contents/object-memory';
import type { SegmentMemory } from '../graph/contents/segment-memory';

export interface ValueRow {
  /** `.name`, `[3].conn`, `["user:17"]`, `captured r`, `queued[0]`; '' is the value itself. */
  path: string;
  type: string;
  /** The value in words: `"user:17"`, `len 3, cap 4`, `42`, `nil`. */
  text: string;
  /** The object that the value leads to, NONE where it leads nowhere. */
  to: number;
}

const MOST_ROWS = 500;
const MOST_BYTES = 1 << 16;
const DEEPEST = 16;

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
  constructor(
    private readonly naming: Naming,
    private readonly memory: SegmentMemory,
    readonly rows: ValueRow[] = [],
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
      if (type.role === 'map header') await this.mapped(type, at, depth);
      if (type.role === 'channel') await this.queued(type, at, depth);
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
    const { maps } = this.naming.known.layout;
    for (const { slot, key, value } of usedSlots(type, this.memory, at, maps)) {
      await this.value(key.type, key.at, `key[${slot}]`, depth + 1);
      if (value) await this.value(value.type, value.at, `value[${slot}]`, depth + 1);
    }
  }

  /** `["user:17"]` for each entry of a map; keys that are no single value have rows of their own. */
  private async mapped(header: GoType, at: number, depth: number): Promise<void> {
    const { graph, known } = this.naming;
    let nth = 0;
    for await (const { memory, key, value } of mapEntries(graph, known.layout.maps, header, this.memory, at)) {
      if (!this.room) return;
      const inside = new Decoder(this.naming, memory, this.rows);
      const text = await textOf(this.naming, memory, key.type, key.at);
      if (text === null) await inside.value(key.type, key.at, `key[${nth}]`, depth + 1);
      if (value) await inside.value(value.type, value.at, `[${text ?? nth}]`, depth + 1);
      else if (text !== null) await inside.value(key.type, key.at, `key[${nth}]`, depth + 1);
      nth++;
    }
  }

  /** What waits in a channel's buffer, the next to be received first. */
  private async queued(channel: GoType, at: number, depth: number): Promise<void> {
    const { element } = channel;
    const { at: field } = this.naming.known.layout.channel;
    const word = (offset: number): number => this.memory.word(at + offset);
    const buffer = this.naming.graph.index.objectAt(word(field.buf));
    if (!element || element.size === 0 || buffer === NONE) return;
    const from = word(field.buf) - valueAddress(this.naming.graph, buffer);
    const memory = await objectMemory(this.naming.graph, buffer, MOST_BYTES, from);
    const inside = new Decoder(this.naming, memory, this.rows);
    for (let i = 0; i < word(field.qcount) && this.room; i++) {
      const slot = (word(field.recvx) + i) % word(field.dataqsiz);
      await inside.value(element, slot * element.size, `queued[${i}]`, depth + 1);
    }
  }

  /** What a map or channel counts, and where its contents are. */
  private header(type: GoType, at: number): void {
    const { known, graph } = this.naming;
    for (const { name, offset } of known.fieldsOf(type)) {
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
    this.rows.push({ path, type: type.shown, text, to });
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
