/**
 * Interning of shapes: objects of one slot size, one header and one list of pointer offsets share a dense id. Lists are
 * not kept; equality is that of two 32-bit hashes, size, count and header, in an open-addressing table of typed
 * columns. Shape 0 is the pseudo-root's.
 */
import type { MemoryAccount } from '../lib/alloc';
import { NONE } from '../lib/none';

const FIRST = 256;

/** Hashes of an empty list. */
export const LIST_SEED_A = 0x2545_f491;
export const LIST_SEED_B = 0x1b87_3593;

/** The two hashes of a list, one offset at a time; `scanObjects` has the same lines written out in its loop. */
export function hashA(hash: number, offset: number): number {
  const mixed = Math.imul(hash ^ offset, 0x9e37_79b1);
  return mixed ^ (mixed >>> 15);
}

export function hashB(hash: number, offset: number): number {
  const mixed = Math.imul(hash + offset, 0x85eb_ca6b);
  return mixed ^ (mixed >>> 13);
}

export class ShapeInterner {
  count = 0;
  slotSize: Float64Array;
  pointerCount: Float64Array;
  fieldListAt: Float64Array;
  valueOffset: Uint8Array;
  private hashesA: Int32Array;
  private hashesB: Int32Array;
  /** hash slot → shape, NONE where empty; at least twice as many slots as shapes */
  private table: Uint32Array;

  constructor(private readonly account: MemoryAccount) {
    this.slotSize = account.float64('shapes: size', FIRST);
    this.pointerCount = account.float64('shapes: pointers', FIRST);
    this.fieldListAt = account.float64('shapes: list', FIRST);
    this.valueOffset = account.uint8('shapes: value', FIRST);
    this.hashesA = account.int32('shapes: hash', FIRST);
    this.hashesB = account.int32('shapes: hash', FIRST);
    this.table = account.uint32('shapes: table', 2 * FIRST).fill(NONE);
    this.intern(0, 0, 0, LIST_SEED_A, LIST_SEED_B, -1);
  }

  /** The shape with these properties; `listAt` is remembered for the first object of a shape. */
  intern(size: number, count: number, valueOffset: number, a: number, b: number, listAt: number): number {
    const mask = this.table.length - 1;
    let at = home(size, a, b) & mask;
    for (; this.table[at] !== NONE; at = (at + 1) & mask) {
      const shape = this.table[at];
      if (
        this.hashesA[shape] === a &&
        this.hashesB[shape] === b &&
        this.slotSize[shape] === size &&
        this.pointerCount[shape] === count &&
        this.valueOffset[shape] === valueOffset
      ) {
        return shape;
      }
    }
    if (this.count === this.slotSize.length) {
      this.grow();
      return this.intern(size, count, valueOffset, a, b, listAt);
    }
    const shape = this.count++;
    this.table[at] = shape;
    this.slotSize[shape] = size;
    this.pointerCount[shape] = count;
    this.valueOffset[shape] = valueOffset;
    this.fieldListAt[shape] = listAt;
    this.hashesA[shape] = a;
    this.hashesB[shape] = b;
    return shape;
  }

  /** Forgets what only interning needs. */
  close(): void {
    this.account.release(this.hashesA, this.hashesB, this.table);
  }

  /** Gives back what `close` leaves. */
  release(): void {
    this.account.release(this.slotSize, this.pointerCount, this.fieldListAt, this.valueOffset);
  }

  private grow(): void {
    const { account } = this;
    const length = 2 * this.slotSize.length;
    const copy = <A extends Float64Array | Int32Array | Uint8Array>(larger: A, array: A): A => {
      larger.set(array);
      account.release(array);
      return larger;
    };
    this.slotSize = copy(account.float64('shapes: size', length), this.slotSize);
    this.pointerCount = copy(account.float64('shapes: pointers', length), this.pointerCount);
    this.fieldListAt = copy(account.float64('shapes: list', length), this.fieldListAt);
    this.valueOffset = copy(account.uint8('shapes: value', length), this.valueOffset);
    this.hashesA = copy(account.int32('shapes: hash', length), this.hashesA);
    this.hashesB = copy(account.int32('shapes: hash', length), this.hashesB);
    account.release(this.table);
    this.table = account.uint32('shapes: table', 2 * length).fill(NONE);
    const mask = this.table.length - 1;
    for (let shape = 0; shape < this.count; shape++) {
      let at = home(this.slotSize[shape], this.hashesA[shape], this.hashesB[shape]) & mask;
      while (this.table[at] !== NONE) at = (at + 1) & mask;
      this.table[at] = shape;
    }
  }
}

function home(size: number, a: number, b: number): number {
  const mixed = Math.imul(a ^ size, 0xc2b2_ae35) ^ b;
  return mixed ^ (mixed >>> 16);
}
