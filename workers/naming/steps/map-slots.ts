/** The slots of a map's groups and buckets, by the types of those: `slots[8]{key, elem}` (Go 1.24), `keys[8], elems[8]` (before, and split groups). */
import { holdsEntry, type MapLayout } from '../../go/maps';
import type { SegmentMemory } from '../../graph/contents/segment-memory';
import type { GoType } from '../types/go-type';

/** A key or element of a used slot. */
export interface EntryPart {
  type: GoType;
  /** Offset in the memory that holds the entry. */
  at: number;
}

export interface UsedSlot {
  slot: number;
  key: EntryPart;
  /** Null for sets: their elements take no room. */
  value: EntryPart | null;
}

/** Where keys or elements lie in a group or bucket: the first, and how far the next. */
interface Column {
  readonly type: GoType;
  readonly offset: number;
  readonly step: number;
}

/** Of a type of groups or buckets, of which there are few for very many of those: keys, null for what is neither, and elements that take room. */
const known = new WeakMap<GoType, { readonly key: Column | null; readonly value: Column | null }>();

function columnsOf(group: GoType): { readonly key: Column | null; readonly value: Column | null } {
  let columns = known.get(group);
  if (!columns) known.set(group, (columns = findColumns(group)));
  return columns;
}

function findColumns(group: GoType): { key: Column | null; value: Column | null } {
  const parts = group.fields.flatMap(({ name, offset, type: list }) => {
    const { element } = list;
    if (!element || !/^(slots|keys|elems)$/.test(name)) return [];
    return name === 'slots'
      ? element.fields.map((field) => ({ ...field, offset: offset + field.offset, step: element.size }))
      : [{ name: name === 'keys' ? 'key' : 'elem', offset, type: element, step: element.size }];
  });
  return {
    key: parts.find(({ name }) => name === 'key') ?? null,
    value: parts.find(({ name, type }) => name === 'elem' && type.size > 0) ?? null,
  };
}

/** Slots of a group or bucket at an offset that hold an entry. */
export function* usedSlots(group: GoType, memory: SegmentMemory, at: number, layout: MapLayout): Generator<UsedSlot> {
  const { key, value } = columnsOf(group);
  if (!key) return;
  for (const [slot, control] of layout.controls.entries()) {
    if (!holdsEntry(layout, memory.u8(at + control))) continue;
    const part = (one: Column): EntryPart => ({ type: one.type, at: at + one.offset + slot * one.step });
    yield { slot, key: part(key), value: value ? part(value) : null };
  }
}
