/**
 * The memory account: the only place that makes big arrays. It knows what is held and what was held at most, and
 * refuses before the host would fail: an array above the limit for one, or above what is left of the limit for all, is
 * an OutOfMemory that names the array.
 */
import { OutOfMemory } from './errors';

export interface MemoryLimits {
  /** Bytes of one array. The default is what an Electron utility process grants: 2 GiB − 2 MiB. */
  arrayBytes?: number;
  /** Bytes of all arrays together; unlimited by default. */
  totalBytes?: number;
}

const MIB = 2 ** 20;
const DEFAULT_ARRAY_BYTES = 2048 * MIB - 2 * MIB;

export class MemoryAccount {
  readonly arrayBytes: number;
  readonly totalBytes: number;
  private held = 0;
  private most = 0;
  /** Held weakly: an array that is dropped without `release` is a leak in the account, not in the heap. */
  private readonly booked = new WeakSet<ArrayBufferLike>();

  constructor(limits: MemoryLimits = {}) {
    this.arrayBytes = limits.arrayBytes ?? DEFAULT_ARRAY_BYTES;
    this.totalBytes = limits.totalBytes ?? Infinity;
  }

  /** Bytes of the arrays held now. */
  get used(): number {
    return this.held;
  }

  /** The most that was held at one time. */
  get peak(): number {
    return this.most;
  }

  uint8(name: string, length: number): Uint8Array {
    return this.book(name, length, () => new Uint8Array(length));
  }

  int32(name: string, length: number): Int32Array {
    return this.book(name, 4 * length, () => new Int32Array(length));
  }

  uint32(name: string, length: number): Uint32Array {
    return this.book(name, 4 * length, () => new Uint32Array(length));
  }

  float64(name: string, length: number): Float64Array {
    return this.book(name, 8 * length, () => new Float64Array(length));
  }

  /**
   * Gives arrays back, or views of them. The caller drops its references; releasing twice, or somebody else's array,
   * does nothing.
   */
  release(...arrays: ArrayBufferView[]): void {
    for (const { buffer } of arrays) {
      if (this.booked.delete(buffer)) this.held -= buffer.byteLength;
    }
  }

  private book<A extends ArrayBufferView>(name: string, bytes: number, make: () => A): A {
    if (bytes > this.arrayBytes) {
      throw new OutOfMemory(`${name} needs ${inMiB(bytes)} in one array; this host allows ${inMiB(this.arrayBytes)}.`);
    }
    if (this.held + bytes > this.totalBytes) {
      const limit = `${inMiB(this.totalBytes)} of which ${inMiB(this.held)} are in use`;
      throw new OutOfMemory(
        `${name} needs ${inMiB(bytes)}; the limit is ${limit}. Raise it, or use a machine with more memory.`,
      );
    }
    const array = allocate(name, bytes, make);
    this.booked.add(array.buffer);
    this.held += bytes;
    this.most = Math.max(this.most, this.held);
    return array;
  }
}

function allocate<A>(name: string, bytes: number, make: () => A): A {
  try {
    return make();
  } catch (error) {
    // engines throw RangeError when the memory is not to be had
    if (!(error instanceof RangeError)) throw error;
    throw new OutOfMemory(`${name} needs ${inMiB(bytes)}, which the system did not grant: ${error.message}.`);
  }
}

function inMiB(bytes: number): string {
  return bytes < MIB ? `${bytes} bytes` : `${(bytes / MIB).toFixed(1)} MiB`;
}
