import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_SLOTS, positionOf, scrolled, slotsFor } from '../../src/renderer/ui/table/tall';

/** Rows that fit into the window of these tests. */
const HEIGHT = 25;

describe('a list that a browser can scroll', () => {
  test('is not shifted', () => {
    expect(slotsFor(1000)).toBe(1000);
    expect(scrolled({ shift: 0, top: 0 }, 900, HEIGHT, 1000)).toEqual({ shift: 0, top: 900 });
  });
});

describe('a list taller than that', () => {
  const rows = fc.integer({ min: MAX_SLOTS + 1, max: 100_000_000 });

  test('every row has a slot inside the scroller', () => {
    fc.assert(
      fc.property(rows, fc.double({ min: 0, max: 1, noNaN: true }), (count, share) => {
        const row = Math.floor(share * (count - 1));
        const { shift, top } = positionOf(row, count);
        expect(shift + top).toBe(row);
        expect(top).toBeGreaterThanOrEqual(0);
        expect(top).toBeLessThan(MAX_SLOTS);
        expect(shift).toBeLessThanOrEqual(count - MAX_SLOTS);
      }),
      { seed: 3 },
    );
  });

  test('the wheel moves by rows, wherever it is', () => {
    fc.assert(
      fc.property(
        rows,
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        fc.integer({ min: -9, max: 9 }),
        (count, at, step) => {
          const before = positionOf(Math.floor(at * (count - 100)) + 20, count);
          const after = scrolled(before, before.top + step, HEIGHT, count);
          expect(after.shift + after.top).toBeCloseTo(before.shift + before.top + step, 6);
        },
      ),
      { seed: 3 },
    );
  });

  test('the thumb at either end shows that end', () => {
    fc.assert(
      fc.property(rows, (count) => {
        const middle = positionOf(Math.floor(count / 2), count);
        const start = scrolled(middle, 0, HEIGHT, count);
        expect(start).toEqual({ shift: 0, top: 0 });
        const end = scrolled(middle, MAX_SLOTS - HEIGHT, HEIGHT, count);
        expect(end.shift + end.top + HEIGHT).toBe(count);
      }),
      { seed: 3 },
    );
  });
});
