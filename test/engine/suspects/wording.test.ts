// Names in sentences: functions that nothing names, one of a kind and many.
import { expect, test } from 'vitest';
import type { AnalysedHeap } from '../../../workers/heap/analysed-heap';
import { functionKey, functionText, times } from '../../../workers/suspects/words/wording';

test.each([
  ['main.run', 'main.run', 'main.run'],
  [null, 'at 0x401a00', 'a function without a name'],
])('a function that is called %j', (name, text, key) => {
  const heap = { functionAt: () => name } as unknown as AnalysedHeap; // all that is asked of it
  expect(functionText(heap, 0x401a00)).toBe(text);
  expect(functionKey(heap, 0x401a00)).toBe(key);
});

test.each([
  [1, 'main.A'],
  [2, '2 × main.A'],
  [5000, '5,000 × main.A'],
])('%i of a type', (count, text) => {
  expect(times(count, 'main.A')).toBe(text);
});
