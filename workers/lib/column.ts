/**
 * Columns that grow without copying: segments of equal length, the first of which starts small and doubles until it is
 * whole. A column of 10 M numbers never holds twice its size, as a doubling array would, and can be given back from the
 * front while it is consumed.
 */
import type { MemoryAccount } from './alloc';

const SEGMENT_BITS = 18;
const SEGMENT = 2 ** SEGMENT_BITS;
const SEGMENT_MASK = SEGMENT - 1;
const FIRST = 256;

type Numbers = Uint8Array | Uint32Array | Float64Array;

abstract class Column<A extends Numbers> {
  /** Entries in the segments before the last. */
  protected before = 0;
  /** Entries in the last segment. */
  protected used = 0;
  protected last: A;
  protected segments: A[];
  private released = 0;

  constructor(
    protected readonly account: Pick<MemoryAccount, 'uint8' | 'uint32' | 'float64' | 'release'>,
    readonly name: string,
  ) {
    this.last = this.make(FIRST);
    this.segments = [this.last];
  }

  protected abstract make(length: number): A;
  protected abstract makeFlat(length: number): A;

  get length(): number {
    return this.before + this.used;
  }

  get(index: number): number {
    return this.segments[index >>> SEGMENT_BITS][index & SEGMENT_MASK];
  }

  /** Forgets the entries from `length` on. */
  truncate(length: number): void {
    if (length >= this.length) return;
    const keep = Math.max(1, Math.ceil(length / SEGMENT));
    this.account.release(...this.segments.splice(keep));
    this.last = this.segments[keep - 1];
    this.before = (keep - 1) * SEGMENT;
    this.used = length - this.before;
  }

  /** Gives back whole segments before `index`, which must not be read any more. */
  releaseBefore(index: number): void {
    const whole = Math.min(index >>> SEGMENT_BITS, this.segments.length - 1);
    for (; this.released < whole; this.released++) this.account.release(this.segments[this.released]);
  }

  /** The entries in one array of exactly their number; the column is empty and given back afterwards. */
  flatten(): A {
    const flat = this.makeFlat(this.length);
    this.segments.forEach((segment, number) => {
      const start = number * SEGMENT;
      flat.set(segment.subarray(0, Math.min(SEGMENT, flat.length - start)), start);
      this.account.release(segment);
    });
    this.segments = [];
    return flat;
  }

  release(): void {
    this.account.release(...this.segments);
    this.segments = [];
  }

  /** Makes room for one more entry. */
  protected extend(): void {
    if (this.used < SEGMENT) {
      const larger = this.make(2 * this.used);
      larger.set(this.last);
      this.account.release(this.last);
      this.last = larger;
      this.segments[this.segments.length - 1] = larger;
    } else {
      this.last = this.make(SEGMENT);
      this.segments.push(this.last);
      this.before += SEGMENT;
      this.used = 0;
    }
  }
}

// push is written out in each class: shared, it would meet arrays of several kinds and lose a factor in the hot loops

export class Uint8Column extends Column<Uint8Array> {
  push(value: number): void {
    if (this.used === this.last.length) this.extend();
    this.last[this.used++] = value;
  }

  protected override make(length: number): Uint8Array {
    return this.account.uint8(`${this.name} (part)`, length);
  }

  protected override makeFlat(length: number): Uint8Array {
    return this.account.uint8(this.name, length);
  }
}

export class Uint32Column extends Column<Uint32Array> {
  push(value: number): void {
    if (this.used === this.last.length) this.extend();
    this.last[this.used++] = value;
  }

  /** The entries as they lie, for loops over all of them. */
  parts(): Uint32Array[] {
    return this.segments.map((segment) => (segment === this.last ? segment.subarray(0, this.used) : segment));
  }

  protected override make(length: number): Uint32Array {
    return this.account.uint32(`${this.name} (part)`, length);
  }

  protected override makeFlat(length: number): Uint32Array {
    return this.account.uint32(this.name, length);
  }
}

export class Float64Column extends Column<Float64Array> {
  push(value: number): void {
    if (this.used === this.last.length) this.extend();
    this.last[this.used++] = value;
  }

  /** The entries as they lie, for loops over all of them. */
  parts(): Float64Array[] {
    return this.segments.map((segment) => (segment === this.last ? segment.subarray(0, this.used) : segment));
  }

  protected override make(length: number): Float64Array {
    return this.account.float64(`${this.name} (part)`, length);
  }

  protected override makeFlat(length: number): Float64Array {
    return this.account.float64(this.name, length);
  }
}
