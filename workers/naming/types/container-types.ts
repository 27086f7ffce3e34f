/**
 * Types that are the insides of containers: what the runtime and the standard library put between a collection and its entries. A person calls
 * none of them by name: what holds the entries is the field or variable that has the collection.
 */
import { KIND } from '../../go/type-kinds';
import { isMapEntries } from './field-path';
import type { GoType } from './go-type';

export type ContainerKind = 'map' | 'channel' | 'sync.Map' | 'list' | 'array';

/** Nodes of sync.Map: the hash trie from Go 1.24 on, the two maps before; the pointers to boxed values that both keep. */
const SYNC_MAP =
  /^((internal\/(sync|concurrent)|unique)\.(HashTrieMap|indirect|entry|node)\[|sync\.(Map|readOnly|entry)$)/;
const LIST = /^container\/(list\.(List|Element)|ring\.Ring)$/;
/** Made here, of maps and channels whose types nothing tells. */
const UNKNOWN_MAP = /^map (groups|buckets)$/;
const UNKNOWN_BUFFER = 'channel buffer';

/** Values that are references: an object of one of them is a slice's array, or a box. */
const REFERENCES: ReadonlySet<number> = new Set([
  KIND.array,
  KIND.chan,
  KIND.func,
  KIND.interface,
  KIND.map,
  KIND.pointer,
  KIND.slice,
  KIND.string,
  KIND.unsafePointer,
]);

/** What container an object is the inside of whose value is `count` of a type side by side; null where it is none. */
export function containerOf(type: GoType, count: number): ContainerKind | null {
  if (type.role === 'channel' || type.name === UNKNOWN_BUFFER) return 'channel';
  if (isPartOfMap(type) || (type.element && type.kind !== KIND.map && isPartOfMap(type.element))) return 'map';
  if (SYNC_MAP.test(type.name)) return 'sync.Map';
  if (LIST.test(type.name)) return 'list';
  if (type.role !== 'plain') return null;
  return count > 1 || REFERENCES.has(type.kind) ? 'array' : null;
}

/** Where a container of its own begins: a map's header, a channel, a list. An entry of a container may be one. */
export function isContainerHead({ role, name }: GoType): boolean {
  return role === 'map header' || role === 'channel' || STRUCTS.test(name);
}

function isPartOfMap({ role, name, element }: GoType): boolean {
  if (role === 'map header' || role === 'map table' || role === 'map extra') return true;
  if (name === 'runtime.mapextra' || UNKNOWN_MAP.test(name)) return true;
  // the lists of overflow buckets are slices of pointers to them
  return isMapEntries({ name }) || (element !== null && isMapEntries(element));
}

/** Structs of the standard library that are containers themselves. */
const STRUCTS = /^((internal\/(sync|concurrent))\.HashTrieMap\[|sync\.Map$|container\/list\.List$)/;
const DEEPEST = 32;

/** The path from a value to the container struct in it that an offset lies in, `''` for the value itself; null where it lies in none. */
export function pathToContainer(type: GoType, offset: number, depth = 0): string | null {
  if (STRUCTS.test(type.name)) return '';
  if (type.kind !== KIND.struct || type.role !== 'plain' || depth > DEEPEST) return null;
  const field = type.fields.find((one) => offset >= one.offset && offset < one.offset + one.type.size);
  const rest = field ? pathToContainer(field.type, offset - field.offset, depth + 1) : null;
  return field && rest !== null ? `.${field.name}${rest}` : null;
}
