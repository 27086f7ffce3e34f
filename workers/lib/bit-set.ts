/** A set of small integers, one bit each. */
import type { MemoryAccount } from './alloc';

export class BitSet {
  private readonly words: Uint32Array;

  constructor(
    private readonly account: Pick<MemoryAccount, 'uint32' | 'release'>,
    name: string,
    size: number,
  ) {
    this.words = account.uint32(name, Math.ceil(size / 32));
  }

  has(index: number): boolean {
    return (this.words[index >>> 5] & (1 << (index & 31))) !== 0;
  }

  add(index: number): void {
    this.words[index >>> 5] |= 1 << (index & 31);
  }

  delete(index: number): void {
    this.words[index >>> 5] &= ~(1 << (index & 31));
  }

  clear(): void {
    this.words.fill(0);
  }

  /** A set of its own with the same members. */
  copy(account: MemoryAccount, name: string): BitSet {
    const copy = new BitSet(account, name, 32 * this.words.length);
    copy.words.set(this.words);
    return copy;
  }

  release(): void {
    this.account.release(this.words);
  }
}

/** Bits set in a 32-bit word (Warren, Hacker's Delight, 5-1). */
export function popcount(word: number): number {
  let bits = word - ((word >>> 1) & 0x5555_5555);
  bits = (bits & 0x3333_3333) + ((bits >>> 2) & 0x3333_3333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
