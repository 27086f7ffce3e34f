/** What a list says that cycles are made of: the types that tell a cycle from the others first. */
import { expect, test } from 'vitest';
import { finish } from '../../../workers/lib/work';
import { censusOfCycles } from '../../../workers/session/computed/cycle-census';
import type { TypeLabels } from '../../../workers/session/dump/type-labels';

const NAMES = ['time.Timer', 'main.Session', 'main.Hub', '[]uint8', 'main.Conn', 'main.Buffer'];
const labels = {
  count: NAMES.length,
  labelOf: (id: number) => id,
  label: (label: number) => ({ type: NAMES[label], evidence: 'exact', hint: null, shape: '', package: null }),
} as unknown as TypeLabels; // what a census asks of them

/** Cycles by the names of their members; every object is called by its own number. */
function census(cycles: readonly (readonly string[])[], besides?: Parameters<typeof censusOfCycles>[2]) {
  const members = cycles.map((names) => names.map((name) => NAMES.indexOf(name)));
  const memberStart = Uint32Array.from([0, ...members.map((_, at) => members.slice(0, at + 1).flat().length)]);
  const components = { cycleCount: cycles.length, memberStart, member: Uint32Array.from(members.flat()) };
  return finish(censusOfCycles(components, labels, besides));
}

test('labels that few cycles have come first, then those with more members, then by name', () => {
  const { shape, shapeTexts, cyclesWith } = census([
    ['time.Timer', 'time.Timer', 'main.Session'],
    ['time.Timer', 'time.Timer', 'main.Hub'],
    ['main.Session', 'time.Timer', 'time.Timer'],
    ['main.Buffer', '[]uint8'],
  ]);
  expect(shapeTexts).toEqual([
    '2 × time.Timer · 1 × main.Session',
    '1 × main.Hub · 2 × time.Timer',
    '1 × []uint8 · 1 × main.Buffer',
  ]);
  expect([...shape]).toEqual([0, 1, 0, 2]);
  expect([...cyclesWith]).toEqual([3, 2, 1, 1, 0, 1]);
});

test('what is left out is counted, and it is what most cycles have', () => {
  const common = ['time.Timer', '[]uint8', 'main.Session', 'main.Hub'];
  const { shapeTexts } = census([common, [...common, 'main.Conn', 'main.Buffer']]);
  expect(shapeTexts[1]).toBe('1 × main.Buffer · 1 × main.Conn · 1 × []uint8 · 1 × main.Hub · … (6 types)');
});

test('cycles that stand in the same list count', () => {
  const heap = census([['main.Session'], ['main.Session'], ['main.Session']]);
  const { shapeTexts } = census([['main.Session', 'main.Session', 'main.Hub']], heap);
  expect(shapeTexts).toEqual(['1 × main.Hub · 2 × main.Session']);
});
