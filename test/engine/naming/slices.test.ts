/** Naming and what goes before it can pause often: so much work is done between two chances, however large a window, a table or an executable is. */
import { expect, test } from 'vitest';
import type { HeapWindows } from '../../../workers/graph/contents/heap-windows';
import { eachObject } from '../../../workers/graph/contents/each-object';
import { loadProgram } from '../../../workers/program/program';
import { inflate } from '../../../workers/hosts/executable-file';
import { executableOf } from '../../support/programs';

const MOST_VISITS = 1 << 13;
const MOST_SYMBOLS = 1 << 13;

/** Windows of which the first holds as many small objects as 4 MiB do. */
function windowsOf(objects: number): HeapWindows {
  const ranges = [
    { firstId: 1, endId: objects + 1, start: 0, end: 1 },
    { firstId: objects + 1, endId: objects + 2, start: 1, end: 2 },
  ];
  // all that a sweep asks of windows
  return { ranges, load: () => Promise.resolve(), position: () => 0 } as Partial<HeapWindows> as HeapWindows;
}

test('a sweep pauses inside a window, and tells how far it is', async () => {
  const objects = 100_000;
  let visited = 0;
  let between = 0;
  let most = 0;
  const shares: number[] = [];
  const checkpoint = (share = NaN): void => {
    shares.push(share);
    between = 0;
  };
  await eachObject(windowsOf(objects), checkpoint, () => {
    visited++;
    most = Math.max(most, ++between);
  });
  expect(visited).toBe(objects + 1);
  expect(most).toBe(MOST_VISITS);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(Math.max(...shares)).toBeLessThanOrEqual(1);
  expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
});

test('a sweep waits for the pause before it goes on', async () => {
  let paused = false;
  let visitedInPause = 0;
  const checkpoint = async (): Promise<void> => {
    paused = true;
    await new Promise((resolve) => setImmediate(resolve));
    paused = false;
  };
  await eachObject(windowsOf(3 * MOST_VISITS), checkpoint, () => {
    if (paused) visitedInPause++;
  });
  expect(visitedInPause).toBe(0);
});

test('an executable is read a piece at a time', () => {
  const work = loadProgram(executableOf('go1.24/httpd'), { inflate });
  let yields = 0;
  let step = work.next();
  for (; !step.done; step = work.next()) yields++;
  const symbols = [...step.value.image.symbols].length;
  expect(symbols).toBeGreaterThan(MOST_SYMBOLS);
  expect(yields).toBeGreaterThanOrEqual(Math.floor(symbols / MOST_SYMBOLS));
});
