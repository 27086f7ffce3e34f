import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryAccount } from '../../../workers/lib/alloc';
import { sortRange, type SortKey } from '../../../workers/lib/sorts';
import { finish } from '../../../workers/lib/work';
import { sortedIds } from '../../support/sorted-ids';

const account = new MemoryAccount();

function expected(key: SortKey, descending: boolean): number[] {
  const ids = Array.from(key, (_, id) => id);
  return ids.sort((a, b) => (descending ? key[b] - key[a] : key[a] - key[b]) || a - b);
}

function holds(key: SortKey): void {
  for (const descending of [false, true]) {
    expect([...finish(sortedIds(key, 0, descending, account))]).toEqual(expected(key, descending));
  }
}

/** Keys with many equal ones, by a small generator of its own so that a failure can be repeated. */
function keys(length: number, value: (random: () => number) => number): number[] {
  let state = 12_345;
  const random = (): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) / 2 ** 32;
  return Array.from({ length }, () => value(random));
}

describe('sorts', () => {
  test('orders short and middling ranges', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
          { maxLength: 60 },
        ),
        (list) => holds(Float64Array.from(list)),
      ),
      { seed: 1, numRuns: 500 },
    );
  });

  test.each([
    ['sizes', (random: () => number) => 8 * Math.floor(random() * 100)],
    ['sums above 4 GiB', (random: () => number) => Math.floor(random() * 2 ** 45)],
    ['fractions and negative numbers', (random: () => number) => (random() - 0.5) * 10 ** Math.floor(random() * 20)],
    ['one value', () => 48],
  ])('orders 20 000 doubles: %s', (_, value) => {
    holds(Float64Array.from(keys(20_000, value)));
  });

  test('orders 20 000 ids, up to the largest', () => {
    holds(Uint32Array.from(keys(20_000, (random) => Math.floor(random() * 2 ** 32))));
  });

  test('orders a range and leaves the rest; equal keys keep their order', () => {
    const key = Float64Array.of(3, 1, 2, 1, 3);
    const index = Uint32Array.of(4, 3, 0, 1, 2);
    finish(sortRange(index, 1, 4, key, true, account));
    expect([...index]).toEqual([4, 0, 3, 1, 2]);
  });

  test('begins where it is told, and gives its buffers back', () => {
    const fresh = new MemoryAccount();
    const ids = finish(sortedIds(new Uint32Array(10_000), 1, true, fresh));
    expect([ids.length, ids[0], fresh.used]).toEqual([9_999, 1, ids.byteLength]);
  });
});
