/**
 * One message of the wire as bytes, for a transport that carries only bytes: a JSON head, then the typed arrays of the message as they lie in
 * memory (little-endian, as on every machine that runs this).
 *
 *   blanks    any number of line feeds: what a server sends while the answer is being worked out, so that nobody on the way gives up
 *   'K'       one byte, the end of the blanks
 *   uint32    length of the head in bytes, little-endian
 *   head      UTF-8 JSON: { message, columns: [{ path, type, length }] }
 *   columns   one after another, in the order of the head
 *
 * A column's place in the message holds null and the column's path names the place, so no value in a message can be mistaken for a column.
 */
import { isRecord } from './is-record';

/** Text as UTF-8, by whatever the host has for it. `decode` must throw where the bytes are no UTF-8. */
export interface Utf8 {
  encode(text: string): Uint8Array;
  decode(bytes: Uint8Array): string;
}

const COLUMN_TYPES = {
  Uint8Array,
  Uint16Array,
  Uint32Array,
  Int32Array,
  Float64Array,
} as const;

type ColumnType = keyof typeof COLUMN_TYPES;
type Column = InstanceType<(typeof COLUMN_TYPES)[ColumnType]>;

/** Where a column stands in the message, its element type and how many elements it has. */
interface ColumnHead {
  path: (string | number)[];
  type: ColumnType;
  length: number;
}

const LINE_FEED = 0x0a;
const START = 0x4b;
const HEAD_LENGTH_BYTES = 4;
/** No row of the session has more; a limit keeps a hostile head from costing more than its bytes. */
const MAX_COLUMNS = 1000;
const MAX_PATH = 32;

/** The message as bytes. Throws a TypeError that names the place of a value which would not arrive as it was sent. */
export function encodeMessage(message: unknown, utf8: Utf8): Uint8Array {
  const columns: Column[] = [];
  const heads: ColumnHead[] = [];
  const plain = takeColumns(message, [], (column, path) => {
    columns.push(column);
    heads.push({ path, type: columnTypeOf(column)!, length: column.length });
  });
  const head = utf8.encode(JSON.stringify({ message: plain, columns: heads }));
  const columnBytes = columns.reduce((sum, column) => sum + column.byteLength, 0);

  const bytes = new Uint8Array(1 + HEAD_LENGTH_BYTES + head.length + columnBytes);
  bytes[0] = START;
  new DataView(bytes.buffer).setUint32(1, head.length, true);
  bytes.set(head, 1 + HEAD_LENGTH_BYTES);
  let at = 1 + HEAD_LENGTH_BYTES + head.length;
  for (const column of columns) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
    at += column.byteLength;
  }
  return bytes;
}

/** The message that `encodeMessage` was given. Throws an Error that says what is wrong for bytes that it did not write. */
export function decodeMessage(bytes: Uint8Array, utf8: Utf8): unknown {
  const start = startOf(bytes);
  const headStart = start + 1 + HEAD_LENGTH_BYTES;
  if (headStart > bytes.length) throw malformed('it ends before the length of its head');
  const headLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(start + 1, true);
  if (headLength > bytes.length - headStart) throw malformed(`a head of ${headLength} bytes does not fit`);

  const head = parseHead(utf8.decode(bytes.subarray(headStart, headStart + headLength)));
  let at = headStart + headLength;
  for (const { path, type, length } of head.columns) {
    const arrayOf = COLUMN_TYPES[type];
    const end = at + length * arrayOf.BYTES_PER_ELEMENT;
    if (end > bytes.length) throw malformed(`a column of ${length} elements does not fit`);
    // A copy: the elements may lie at an odd offset, and a view would keep the whole message alive. (A Buffer's `slice` is a view.)
    place(head, path, new arrayOf(new Uint8Array(bytes.subarray(at, end)).buffer));
    at = end;
  }
  if (at !== bytes.length) throw malformed(`${bytes.length - at} bytes follow its last column`);
  return head.message;
}

/** The message without its columns, each handed to `take`; a part without columns is shared, not copied. */
function takeColumns(
  value: unknown,
  path: (string | number)[],
  take: (column: Column, path: (string | number)[]) => void,
): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || value === undefined) return value;
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value;
    throw cannotTravel(String(value), path);
  }
  if (typeof value !== 'object') throw cannotTravel(`a ${typeof value}`, path);
  if (ArrayBuffer.isView(value)) {
    if (!isColumn(value)) throw cannotTravel(`a ${value.constructor.name}`, path);
    take(value, path);
    return null;
  }
  if (Array.isArray(value)) return value.map((element, i) => takeColumns(element, [...path, i], take));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw cannotTravel(`a ${value.constructor.name}`, path);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, takeColumns(part, [...path, key], take)]));
}

function columnTypeOf(view: ArrayBufferView): ColumnType | null {
  const name = view.constructor.name === 'Buffer' ? 'Uint8Array' : view.constructor.name;
  return Object.hasOwn(COLUMN_TYPES, name) ? (name as ColumnType) : null;
}

function isColumn(view: ArrayBufferView): view is Column {
  return columnTypeOf(view) !== null;
}

function startOf(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length && bytes[at] === LINE_FEED) at++;
  if (at === bytes.length) throw malformed('it is empty');
  if (bytes[at] !== START) throw malformed('it does not begin as one');
  return at;
}

function parseHead(text: string): { message: unknown; columns: ColumnHead[] } {
  const head: unknown = JSON.parse(text);
  if (!isRecord(head)) throw malformed('its head is no object');
  const columns = head['columns'];
  if (!Array.isArray(columns) || columns.length > MAX_COLUMNS || !columns.every(isColumnHead))
    throw malformed('its list of columns is unreadable');
  return { message: head['message'], columns };
}

function isColumnHead(value: unknown): value is ColumnHead {
  if (!isRecord(value)) return false;
  const { path, type, length } = value;
  return (
    Array.isArray(path) &&
    path.length <= MAX_PATH &&
    path.every((step) => typeof step === 'string' || typeof step === 'number') &&
    typeof type === 'string' &&
    Object.hasOwn(COLUMN_TYPES, type) &&
    Number.isSafeInteger(length) &&
    (length as number) >= 0
  );
}

/** Puts a column where the head holds null for it; only places that are in the message, nothing inherited. */
function place(head: { message: unknown }, path: (string | number)[], column: Column): void {
  let holder: unknown = head;
  let key: string | number = 'message';
  for (const step of path) {
    holder = ownValue(holder, key);
    key = step;
  }
  if (ownValue(holder, key) !== null) throw malformed(`the place of a column, ${path.join('.')}, is taken`);
  (holder as Record<string | number, unknown>)[key] = column;
}

function ownValue(holder: unknown, key: string | number): unknown {
  if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, key))
    throw malformed(`it has no place ${key} for a column`);
  return (holder as Record<string | number, unknown>)[key];
}

function malformed(what: string): Error {
  return new Error(`This is no message: ${what}.`);
}

function cannotTravel(what: string, path: (string | number)[]): TypeError {
  return new TypeError(`A message cannot carry ${what}, at ${path.join('.') || 'its top'}.`);
}
