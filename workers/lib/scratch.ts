/** Arrays of one piece of work: what it does not keep is given back to the memory account, whether it ends, fails or is abandoned. */
import type { MemoryAccount } from './alloc';
import type { Work } from './work';

export class Scratch {
  private readonly arrays = new Set<ArrayBufferView>();

  constructor(private readonly account: MemoryAccount) {}

  uint8(name: string, length: number): Uint8Array {
    return this.note(this.account.uint8(name, length));
  }

  int32(name: string, length: number): Int32Array {
    return this.note(this.account.int32(name, length));
  }

  uint32(name: string, length: number): Uint32Array {
    return this.note(this.account.uint32(name, length));
  }

  float64(name: string, length: number): Float64Array {
    return this.note(this.account.float64(name, length));
  }

  /** Takes on arrays that other work has left to this one. */
  adopt(...arrays: ArrayBufferView[]): void {
    for (const array of arrays) this.note(array);
  }

  /** Leaves an array to the caller of the work, who releases it some day. */
  keep<A extends ArrayBufferView>(array: A): A {
    this.arrays.delete(array);
    return array;
  }

  /** Gives arrays back early. */
  release(...arrays: ArrayBufferView[]): void {
    for (const array of arrays) this.arrays.delete(array);
    this.account.release(...arrays);
  }

  releaseAll(): void {
    this.release(...this.arrays);
  }

  private note<A extends ArrayBufferView>(array: A): A {
    this.arrays.add(array);
    return array;
  }
}

/** Runs work with arrays of its own. */
export function* withScratch<T>(account: MemoryAccount, body: (scratch: Scratch) => Work<T>): Work<T> {
  const scratch = new Scratch(account);
  try {
    return yield* body(scratch);
  } finally {
    scratch.releaseAll();
  }
}
