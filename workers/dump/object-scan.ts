/**
 * The hot loop: objects that lie whole in the window, read synchronously with everything in local variables and nothing
 * allocated per object. It decides nothing about damage: at the first record that is no object, does not fit or looks
 * wrong it stops, and the step-by-step reader (object-step.ts) has the last word on that one.
 *
 * The zeros behind the window end every number and list, so one comparison per object tells whether it was whole.
 */
import type { Float64Column } from '../lib/column';
import { LARGEST_SLOT } from '../go/size-classes';
import { TAG } from './format';
import type { HeaderRule } from './header-rule';
import type { ObjectTable } from './object-table';
import type { DumpParams } from './records';
import { LIST_SEED_A, LIST_SEED_B } from './shapes';
import type { Window } from './window';

/** Adds the objects from the window's position on and leaves it at the first record that was not taken. */
export function scanObjects(window: Window, params: DumpParams, rule: HeaderRule, table: ObjectTable): void {
  const { bytes, view, end, base } = window;
  const { arenaStart, arenaEnd, pointerBytes } = params;
  const { pointers, shapes } = table;
  const littleEndian = !params.bigEndian;
  const lowWord = pointerBytes === 8 && params.bigEndian ? 4 : 0;
  const highWord = 4 - lowWord;
  const is64 = pointerBytes === 8;
  const unaligned = pointerBytes - 1;

  for (let start = window.at; bytes[start] === TAG.object; start = window.at) {
    // address of the slot, in two halves of 28 bits
    let at = start + 1;
    let byte = 0x80;
    let low = 0;
    for (let shift = 0; byte >= 0x80 && shift < 28; shift += 7) {
      byte = bytes[at++];
      low |= (byte & 0x7f) << shift;
    }
    let high = 0;
    for (let shift = 0; byte >= 0x80 && shift < 28; shift += 7) {
      byte = bytes[at++];
      high |= (byte & 0x7f) << shift;
    }
    if (byte >= 0x80) return;
    const address = low + high * 0x1000_0000;

    // its size
    byte = 0x80;
    let size = 0;
    for (let shift = 0; byte >= 0x80 && shift < 28; shift += 7) {
      byte = bytes[at++];
      size |= (byte & 0x7f) << shift;
    }
    if (byte >= 0x80) return;
    const contents = at;
    if (size >= end - contents || size === 0) return;
    if (address < arenaStart || address + size > arenaEnd || (address & unaligned) !== 0) return;
    at += size;
    table.approach(address);

    // pointer list: hash it, keep the words that point into the arena
    const kept = pointers.length;
    let count = 0;
    let first = 0;
    let last = -1;
    let hashA = LIST_SEED_A;
    let hashB = LIST_SEED_B;
    for (byte = bytes[at++]; byte === 1; byte = bytes[at++]) {
      let offset = 0;
      byte = 0x80;
      for (let shift = 0; byte >= 0x80 && shift < 28; shift += 7) {
        byte = bytes[at++];
        offset |= (byte & 0x7f) << shift;
      }
      if (byte >= 0x80) return drop(pointers, kept);
      if (offset <= last || offset + pointerBytes > size || (offset & unaligned) !== 0) return drop(pointers, kept);
      last = offset;
      if (count === 0) first = offset;
      count++;
      hashA = Math.imul(hashA ^ offset, 0x9e37_79b1);
      hashA ^= hashA >>> 15;
      hashB = Math.imul(hashB + offset, 0x85eb_ca6b);
      hashB ^= hashB >>> 13;
      const word = contents + offset;
      const value = is64
        ? view.getUint32(word + lowWord, littleEndian) + view.getUint32(word + highWord, littleEndian) * 4294967296
        : view.getUint32(word, littleEndian);
      if (value >= arenaStart && value < arenaEnd) pointers.push(value);
    }
    if (byte !== 0 || at > end) return drop(pointers, kept);

    const firstWord = size === LARGEST_SLOT ? wordAt(view, contents, is64, littleEndian) : 0;
    const valueOffset = count > 0 ? rule.valueOffset(size, first, firstWord) : 0;
    const listAt = base + contents + size;
    const shape = shapes.intern(size, count, valueOffset, hashA, hashB, listAt);
    window.at = at;
    table.add(address, size, base + contents, shape, bytes[contents + size - 1]);
  }
}

/** Forgets the pointers of an object that was not whole. */
function drop(pointers: Float64Column, from: number): void {
  pointers.truncate(from);
}

/** A pointer-sized word as a double; exact where it is an address. */
export function wordAt(view: DataView, at: number, is64: boolean, littleEndian: boolean): number {
  if (!is64) return view.getUint32(at, littleEndian);
  const first = view.getUint32(at, littleEndian);
  const second = view.getUint32(at + 4, littleEndian);
  return littleEndian ? first + second * 4294967296 : first * 4294967296 + second;
}
