/** The engine's slot sizes against those with which dumps are built, which share no code with them. */
import { expect, test } from 'vitest';
import { PAGE, SIZE_CLASSES } from '../../../fixtures/builder/size-classes';
import { slotFor } from '../../../workers/go/size-classes';

test('every size has the slot that an allocator would give it', () => {
  const wrong: number[] = [];
  for (let bytes = 1; bytes <= 32768; bytes++)
    if (slotFor(bytes) !== SIZE_CLASSES.find(({ slot }) => slot >= bytes)?.slot) wrong.push(bytes);
  expect(wrong).toEqual([]);
});

test('what is larger takes whole pages', () => {
  expect(slotFor(32769)).toBe(5 * PAGE);
  expect(slotFor(5 * PAGE)).toBe(5 * PAGE);
});
