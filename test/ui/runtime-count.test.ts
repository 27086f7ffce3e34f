// What the window makes of a count that is not the runtime's: an alarm, or a footnote.
import { expect, test } from 'vitest';
import { differenceFromRuntime, isNegligible } from '../../src/renderer/parts/runtime-count';
import type { Summary } from '../../workers/api';

const counted = (objects: number, bytes: number, memstats: Summary['memstats']): Summary =>
  ({ heap: { objects, bytes }, memstats }) as Summary;

test.each([
  ['a few objects of many', 220_415, 19_031_192, true],
  ['more than a thousandth of the objects', 220_000, 19_031_192, false],
  ['more than a thousandth of the bytes', 220_415, 19_000_000, false],
  ['too many of them', 220_900, 19_031_832, false],
])('%s', (_what, objects, bytes, negligible) => {
  const summary = counted(objects, bytes, { HeapObjects: 220_419, HeapAlloc: 19_031_832 });
  const difference = differenceFromRuntime(summary);
  expect(difference).toEqual({ objects: objects - 220_419, bytes: bytes - 19_031_832 });
  expect(difference && isNegligible(summary, difference)).toBe(negligible);
});

test('without statistics nothing differs', () => {
  expect(differenceFromRuntime(counted(1, 1, null))).toBeNull();
  expect(differenceFromRuntime(counted(1, 1, { HeapSys: 1 }))).toBeNull();
});
