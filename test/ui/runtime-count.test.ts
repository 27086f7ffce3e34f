// What the window makes of a count that is not the runtime's: an alarm where the engine warns of it, else a footnote.
import { expect, test } from 'vitest';
import { differenceFromRuntime, isTelling } from '../../src/renderer/parts/runtime-count';
import { totalsNote } from '../../workers/dump/verdict';
import type { DumpRecords } from '../../workers/dump/records';
import type { Summary } from '../../workers/api';

const counted = (objects: number, bytes: number, memstats: Summary['memstats']): Summary => {
  const warnings = totalsNote({ memstats } as DumpRecords, objects, bytes);
  return { dump: { warnings }, heap: { objects, bytes }, memstats } as Summary;
};

test.each([
  ['a few objects of many', 220_415, 19_031_192, false],
  ['a thousandth of the objects', 220_199, 19_031_832, false],
  ['more than a thousandth of the objects', 220_198, 19_031_832, true],
  ['more than a thousandth of the bytes', 220_415, 19_000_000, true],
  ['too many of them', 220_900, 19_031_832, true],
])('%s', (_what, objects, bytes, telling) => {
  const summary = counted(objects, bytes, { HeapObjects: 220_419, HeapAlloc: 19_031_832 });
  expect(differenceFromRuntime(summary)).toEqual({ objects: objects - 220_419, bytes: bytes - 19_031_832 });
  expect(isTelling(summary)).toBe(telling);
});

test('without statistics nothing differs', () => {
  expect(differenceFromRuntime(counted(1, 1, null))).toBeNull();
  expect(differenceFromRuntime(counted(1, 1, { HeapSys: 1 }))).toBeNull();
});
