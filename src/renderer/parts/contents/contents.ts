/** Bytes of an object as lines to read: word by word, or sixteen bytes a line. Pure. */
import type { Address, Contents } from '../../../../workers/api';

/** Bytes asked for at a time. */
export const WINDOW = 4096;

export const HEX_LINE = 16;

export interface WordRow {
  offset: number;
  /** As the machine reads it: `0x000000c000123456`. */
  word: string;
  /** The object that a listed pointer leads to; `null` for one that leads out of the heap, or is nil. Absent for a word that is no pointer. */
  pointer?: Address | null;
  /** What the word may say: text, or a number that is not too large to be one. Empty otherwise. */
  reading: string;
}

export interface HexRow {
  offset: number;
  hex: string;
  text: string;
}

/** The word at an offset of the object; undefined outside of the window. A last word may be short. */
export function wordAt(contents: Contents, offset: number): WordRow | undefined {
  const bytes = slice(contents, offset, contents.pointerBytes);
  if (bytes === undefined) return undefined;
  const listed = contents.pointers.find((pointer) => pointer.offset === offset);
  const digits = [...(contents.byteOrder === 'little' ? bytes.toReversed() : bytes)].map(hexByte).join('');
  const row = { offset, word: `0x${digits}`, reading: listed ? '' : readingOf(bytes, digits) };
  return listed ? { ...row, pointer: listed.target } : row;
}

export function hexAt(contents: Contents, offset: number): HexRow | undefined {
  const bytes = slice(contents, offset, HEX_LINE);
  if (bytes === undefined) return undefined;
  const [left, right] = [bytes.subarray(0, 8), bytes.subarray(8)].map((half) => [...half].map(hexByte).join(' '));
  return { offset, hex: right === '' ? left : `${left}  ${right}`, text: asText(bytes) };
}

function slice({ offset: start, bytes }: Contents, offset: number, length: number): Uint8Array | undefined {
  const at = offset - start;
  return at < 0 || at >= bytes.length ? undefined : bytes.subarray(at, at + length);
}

/** Eight printable bytes read as text, a number below 2^32 as a number: larger ones are more often hashes, floats or foreign addresses. */
function readingOf(bytes: Uint8Array, digits: string): string {
  const printable = bytes.every((byte) => byte === 0 || isPrintable(byte));
  const letters = bytes.filter(isPrintable).length;
  if (printable && letters >= 4) return `“${String.fromCharCode(...bytes.filter((byte) => byte !== 0))}”`;
  const value = Number(`0x${digits}`);
  return value < 2 ** 32 ? String(value) : '';
}

function asText(bytes: Uint8Array): string {
  return [...bytes].map((byte) => (isPrintable(byte) ? String.fromCharCode(byte) : '·')).join('');
}

function isPrintable(byte: number): boolean {
  return byte >= 0x20 && byte < 0x7f;
}

function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
