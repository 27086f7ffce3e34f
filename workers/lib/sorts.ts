/**
 * Orders an index (ids of rows) by a column of keys, stable, ascending or descending. The keys stay where they are.
 *
 * Short ranges: insertion sort; middling ones: the platform's stable sort; long ones: least-significant-digit radix sort over 16-bit digits, two of them
 * for Uint32 keys and four for Float64, whose bits are turned so that they order as the numbers do. Digits that are the same in all keys cost
 * nothing: sizes below 2^21 take two passes. Long ranges need a second index of the range's length and 1 MiB of counts.
 */
import type { MemoryAccount } from './alloc';
import { withScratch } from './scratch';
import { SLICE_MASK, type Work } from './work';

/** id → what to order by. Not NaN. */
export type SortKey = Uint32Array | Float64Array;

/** Longest range that insertion sort takes; callers with many tiny ranges call `sortShort` themselves up to it. */
export const SHORT_RANGE = 24;
const RADIX_FROM = 8192;
const DIGIT_COUNT = 0x1_0000;

/** Orders index[begin … end) by key[id]; equal keys keep their order. */
export function* sortRange(
  index: Uint32Array,
  begin: number,
  end: number,
  key: SortKey,
  descending: boolean,
  account: MemoryAccount,
): Work<void> {
  const range = index.subarray(begin, end);
  if (range.length <= SHORT_RANGE) sortShort(index, begin, end, key, descending);
  else if (range.length < RADIX_FROM) range.sort(descending ? (a, b) => key[b] - key[a] : (a, b) => key[a] - key[b]);
  else yield* radixSort(range, key, descending, account);
}

/** Insertion sort of index[begin … end): for a few ids, at once. */
export function sortShort(index: Uint32Array, begin: number, end: number, key: SortKey, descending: boolean): void {
  for (let i = begin + 1; i < end; i++) {
    const id = index[i];
    const k = key[id];
    let hole = i;
    while (hole > begin && (descending ? key[index[hole - 1]] < k : key[index[hole - 1]] > k)) {
      index[hole] = index[hole - 1];
      hole--;
    }
    index[hole] = id;
  }
}

/** Digits of the keys of one column, least significant first. */
class Digits {
  readonly count: number;
  private readonly words: Uint32Array;
  private readonly wide: boolean;
  private readonly turn: number;

  constructor(key: SortKey, descending: boolean) {
    this.wide = key instanceof Float64Array;
    this.count = this.wide ? 4 : 2;
    this.words = new Uint32Array(key.buffer, key.byteOffset, key.byteLength >>> 2);
    this.turn = descending ? 0xffff : 0;
  }

  /** Negative doubles order backwards by their bits and below the positive ones: all their bits are turned, of the others the sign. */
  of(id: number, digit: number): number {
    if (!this.wide) return ((this.words[id] >>> (digit << 4)) & 0xffff) ^ this.turn;
    const high = this.words[2 * id + 1];
    const negative = high >> 31;
    const word = digit < 2 ? this.words[2 * id] ^ negative : high ^ (negative | 0x8000_0000);
    return ((word >>> ((digit & 1) << 4)) & 0xffff) ^ this.turn;
  }
}

function* radixSort(range: Uint32Array, key: SortKey, descending: boolean, account: MemoryAccount): Work<void> {
  yield* withScratch(account, function* (scratch) {
    const digits = new Digits(key, descending);
    const counts = yield* countDigits(range, digits);
    let from = range;
    let to = scratch.uint32('sort buffer', range.length);
    for (let digit = 0; digit < digits.count; digit++) {
      const next = counts.subarray(digit * DIGIT_COUNT, (digit + 1) * DIGIT_COUNT);
      if (next[digits.of(from[0], digit)] === range.length) continue;
      countsToStarts(next);
      for (let i = 0; i < from.length; i++) {
        const id = from[i];
        to[next[digits.of(id, digit)]++] = id;
        if ((i & SLICE_MASK) === 0) yield i;
      }
      [from, to] = [to, from];
    }
    if (from !== range) range.set(from);
  });
}

/** digit · 2^16 + value → how many keys have that value there */
function* countDigits(range: Uint32Array, digits: Digits): Work<Uint32Array> {
  const counts = new Uint32Array(digits.count * DIGIT_COUNT);
  for (let i = 0; i < range.length; i++) {
    const id = range[i];
    for (let digit = 0; digit < digits.count; digit++) counts[digit * DIGIT_COUNT + digits.of(id, digit)]++;
    if ((i & SLICE_MASK) === 0) yield i;
  }
  return counts;
}

function countsToStarts(counts: Uint32Array): void {
  let start = 0;
  for (let value = 0; value < counts.length; value++) {
    const count = counts[value];
    counts[value] = start;
    start += count;
  }
}
