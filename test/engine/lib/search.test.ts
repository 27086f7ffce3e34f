import { describe, expect, test } from 'vitest';
import { groupBy } from '../../../workers/lib/group-by';
import { firstAtLeast } from '../../../workers/lib/search';

describe('the first at least', () => {
  const column = Uint32Array.of(2, 5, 5, 9);

  test.each([
    [0, 0],
    [2, 0],
    [3, 1],
    [5, 1],
    [6, 3],
    [9, 3],
    [10, 4],
  ])('%i is at index %i', (least, index) => {
    expect(firstAtLeast(column, least)).toBe(index);
  });

  test('of no numbers, the end', () => {
    expect(firstAtLeast(new Float64Array(0), 1)).toBe(0);
  });
});

test('groups and their items keep their order', () => {
  const groups = groupBy(['owl', 'ant', 'ox', 'ape', 'asp'], (word) => word[0]);
  expect([...groups]).toEqual([
    ['o', ['owl', 'ox']],
    ['a', ['ant', 'ape', 'asp']],
  ]);
});
