/** Offsets as a person writes them: `.mu.sema`, `[3].buf`, `captured r`, `key[2]`. */
import { KIND } from '../../go/type-kinds';
import type { GoField, GoType } from './go-type';
import type { KnownTypes } from './known-types';

/** Values nest a few levels; a type that refers to itself by value does not exist. */
const DEEPEST = 32;
/** Groups and buckets are called after their map. */
const MAP_ENTRIES = /^(map\.group|map\.bucket|noalg\.map\.group|noalg\.map\.bucket)\[/;

/** A slot of a map's group or bucket: which one, and whether key or value. `rest` is the offset in that key or value. */
export interface MapSlot {
  part: 'key' | 'value';
  index: number;
  type: GoType;
  rest: number;
  /** Where the slot's key begins, from the start of the group. */
  keyType: GoType;
  keyAt: number;
}

/**
 * The path from a value (or `count` values side by side) to the byte at `offset`; '' is the value itself, null where no field lies there.
 */
export function fieldPath(type: GoType, count: number, offset: number, known: KnownTypes): string | null {
  if (type.role === 'identity' || type.role === 'bytes' || type.size === 0) return null;
  const index = Math.floor(offset / type.size);
  if (offset < 0 || index >= count) return null;
  const inner = innerPath(type, offset - index * type.size, known);
  if (inner === null) return null;
  if (count === 1) return inner;
  return inner.startsWith('key[') || inner.startsWith('value[') ? inner : `[${index}]${inner}`;
}

function innerPath(type: GoType, offset: number, known: KnownTypes): string | null {
  switch (type.role) {
    case 'closure':
      return closurePath(type, offset, known);
    case 'map header':
    case 'map table':
    case 'channel':
      return headerField(known.fieldsOf(type), offset);
    default: {
      const slot = mapSlot(type, offset);
      return slot
        ? `${slot.part}[${slot.index}]${plainPath(slot.type, slot.rest, 0) ?? ''}`
        : plainPath(type, offset, 0);
    }
  }
}

function headerField(fields: readonly { name: string; offset: number }[], offset: number): string | null {
  let found: string | null = null;
  for (const field of fields) if (field.offset <= offset) found = `.${field.name}`;
  return found;
}

function closurePath(type: GoType, offset: number, known: KnownTypes): string | null {
  if (offset < known.layout.pointerBytes) return 'code';
  const field = type.fields.find((one) => offset >= one.offset && offset < one.offset + Math.max(one.type.size, 1));
  if (!field) return null;
  const rest = plainPath(field.type, offset - field.offset, 0);
  return rest === null ? null : `captured ${field.name}${rest}`;
}

function plainPath(type: GoType, offset: number, depth: number): string | null {
  if (depth > DEEPEST) return null;
  if (type.kind === KIND.array) {
    if (!type.element || type.element.size === 0) return null;
    const index = Math.floor(offset / type.element.size);
    if (index >= type.length) return null;
    const rest = plainPath(type.element, offset - index * type.element.size, depth + 1);
    return rest === null ? null : `[${index}]${rest}`;
  }
  if (type.kind !== KIND.struct || type.role !== 'plain' || type.fields.length === 0)
    return offset < Math.max(type.size, 1) ? '' : null;
  const field = type.fields.find((one) => offset >= one.offset && offset < one.offset + one.type.size);
  if (!field) return null;
  const rest = plainPath(field.type, offset - field.offset, depth + 1);
  return rest === null ? null : `.${field.name}${rest}`;
}

/** The innermost type that has a byte of a value; null where none has. */
export function typeAt(type: GoType, offset: number): GoType | null {
  let inner: GoType | null = type;
  let at = offset;
  for (let depth = 0; inner && depth < DEEPEST; depth++) {
    if (inner.kind === KIND.array && inner.element && inner.element.size > 0) {
      at %= inner.element.size;
      inner = inner.element;
      continue;
    }
    if (inner.kind !== KIND.struct || inner.fields.length === 0) return at < inner.size ? inner : null;
    const field: GoField | undefined = inner.fields.find((one) => at >= one.offset && at < one.offset + one.type.size);
    at -= field?.offset ?? 0;
    inner = field?.type ?? null;
  }
  return null;
}

/** Is a type the groups or buckets of a map? */
export function isMapEntries({ name }: Pick<GoType, 'name'>): boolean {
  return MAP_ENTRIES.test(name);
}

/**
 * The slot of a group or bucket that holds an offset: `slots[8]{key, elem}` (1.24+), `keys[8], elems[8]` (before, and split groups); null for
 * control bytes, the overflow pointer, and types that are neither.
 */
export function mapSlot(type: GoType, offset: number): MapSlot | null {
  if (!isMapEntries(type)) return null;
  const field = type.fields.find((one) => offset >= one.offset && offset < one.offset + one.type.size);
  const element = field?.type.element;
  if (!field || !element || element.size === 0) return null;
  const index = Math.floor((offset - field.offset) / element.size);
  const rest = offset - field.offset - index * element.size;
  if (field.name === 'slots') return slotOf(element, field.offset + index * element.size, index, rest);
  const keys = type.fields.find(({ name }) => name === 'keys');
  const keyType = keys?.type.element;
  if (!keys || !keyType || (field.name !== 'keys' && field.name !== 'elems')) return null;
  const part = field.name === 'keys' ? 'key' : 'value';
  return { part, index, type: element, rest, keyType, keyAt: keys.offset + index * keyType.size };
}

function slotOf(slot: GoType, slotAt: number, index: number, rest: number): MapSlot | null {
  const key = slot.fields.find(({ name }) => name === 'key');
  const inside = slot.fields.find((one) => rest >= one.offset && rest < one.offset + one.type.size);
  if (!key || !inside) return null;
  const part = inside.name === 'key' ? 'key' : 'value';
  return { part, index, type: inside.type, rest: rest - inside.offset, keyType: key.type, keyAt: slotAt + key.offset };
}
