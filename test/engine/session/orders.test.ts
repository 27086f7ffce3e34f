// Orders and pages of lists: invariants on random columns.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryAccount } from '../../../workers/lib/alloc';
import { finish } from '../../../workers/lib/work';
import { orderItems } from '../../../workers/session/list/order';
import { pageOf } from '../../../workers/session/list/page';
import { countColumn, numbered, ownTextColumn, wordColumn } from '../../../workers/session/list/table';

const WORDS = ['strong', 'weak', 'none'];

/** Rows of few distinct values, so that ties are the rule; NaN and '' stand for no value. */
const rows = fc.array(
  fc.record({
    number: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(NaN)),
    text: fc.constantFrom('', 'a', 'B', 'b'),
    word: fc.constantFrom(0, 1, 2),
  }),
  { maxLength: 60 },
);
type Row = { number: number; text: string; word: number };
type Key = keyof Row;

function tableOf(list: readonly Row[]) {
  return numbered<Key>('rows', list.length, {
    number: countColumn((item) => list[item].number),
    text: ownTextColumn(list.length, (item) => list[item].text),
    word: wordColumn(WORDS, (item) => list[item].word),
  });
}

/** The order by definition: the platform's stable sort, rows without a value last. */
function sorted(list: readonly Row[], column: Key, descending: boolean): number[] {
  const value = (item: number) => list[item][column];
  const missing = (item: number) => value(item) === '' || Number.isNaN(value(item));
  return list
    .map((_, item) => item)
    .sort((a, b) => {
      if (missing(a) || missing(b)) return Number(missing(a)) - Number(missing(b));
      const [low, high] = descending ? [value(b), value(a)] : [value(a), value(b)];
      return low < high ? -1 : low > high ? 1 : 0;
    });
}

describe('orders', () => {
  test('are stable, with what has no value last, either way', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom<Key>('number', 'text', 'word'), fc.boolean(), (list, column, descending) => {
        const account = new MemoryAccount();
        const order = finish(orderItems(tableOf(list), [], { column, descending }, account));
        expect([...order]).toEqual(sorted(list, column, descending));
        expect(account.used).toBe(order.byteLength);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  test('hold just what passes the filters, once', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const even = (item: number) => item % 2 === 0;
        const some = (item: number) => list[item].word !== 1;
        const sort = { column: 'number', descending: false } as const;
        const order = finish(orderItems(tableOf(list), [even, some], sort, new MemoryAccount()));
        const kept = list.map((_, item) => item).filter((item) => even(item) && some(item));
        expect([...order].sort((a, b) => a - b)).toEqual(kept);
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  test('an abandoned one gives its memory back', () => {
    const account = new MemoryAccount();
    const many = numbered('rows', 200_000, { number: countColumn((item) => -item) });
    const work = orderItems(many, [], { column: 'number', descending: false }, account);
    expect(work.next().done).toBe(false);
    expect(account.used).toBeGreaterThan(0);
    expect(() => work.throw(new Error('stop'))).toThrow('stop');
    expect(account.used).toBe(0);
  });
});

describe('pages', () => {
  test('side by side are the whole list', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 1, max: 500 }), (total, limit) => {
        const whole: number[] = [];
        for (let offset = 0; offset < total; offset += limit) {
          const page = pageOf(total, { offset, limit }, (position) => position);
          expect(page).toMatchObject({ total, offset });
          whole.push(...page.rows);
        }
        expect(whole).toEqual(Array.from({ length: total }, (_, position) => position));
      }),
      { seed: 5, numRuns: 100 },
    );
  });

  test('behind the end are empty', () => {
    expect(pageOf(3, { offset: 7, limit: 5 }, String)).toEqual({ total: 3, offset: 7, rows: [] });
    expect(pageOf(3, { offset: 2, limit: 5 }, String)).toEqual({ total: 3, offset: 2, rows: ['2'] });
  });

  test.each([
    [{ offset: -1, limit: 1 }, 'A page begins at 0 or later, not at -1'],
    [{ offset: 0.5, limit: 1 }, 'A page begins at 0 or later, not at 0.5'],
    [{ offset: 0, limit: 501 }, 'A page has 0 to 500 rows, not 501'],
    [{ offset: 0, limit: NaN }, 'A page has 0 to 500 rows, not NaN'],
  ])('that are none are refused: %j', (range, message) => {
    expect(() => pageOf(3, range, String)).toThrow(expect.objectContaining({ name: 'BadRequest', message }));
  });
});
