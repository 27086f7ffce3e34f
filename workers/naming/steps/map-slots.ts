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

/** Slots of a group or bucket at an offset that hold an entry. */
export function* usedSlots(group: GoType, memory: SegmentMemory, at: number, layout: MapLayout): Generator<UsedSlot> {
  const parts = group.fields.flatMap(({ name, offset, type: list }) => {
    const { element } = list;
    if (!element || !/^(slots|keys|elems)$/.test(name)) return [];
    return name === 'slots'
      ? element.fields.map((field) => ({ ...field, offset: offset + field.offset, step: element.size }))
      : [{ name: name === 'keys' ? 'key' : 'elem', offset, type: element, step: element.size }];
  });
  const key = parts.find(({ name }) => name === 'key');
  const value = parts.find(({ name, type }) => name === 'elem' && type.size > 0);
  if (!key) return;
  for (const [slot, control] of layout.controls.entries()) {
    if (!holdsEntry(layout, memory.u8(at + control))) continue;
    const part = (one: typeof key): EntryPart => ({ type: one.type, at: at + one.offset + slot * one.step });
    yield { slot, key: part(key), value: value ? part(value) : null };
  }
}
