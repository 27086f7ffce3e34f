/** How long goroutines have waited at least, by what collections noted. */
import { expect, test } from 'vitest';
import { GOROUTINE_STATES } from '../../../workers/go/goroutines';
import { waitedAtLeast } from '../../../workers/goroutines/collections';
import type { HeapGraph } from '../../../workers/graph/heap-graph';

type GoroutineRecord = HeapGraph['records']['goroutines'][number];

const WAITING = GOROUTINE_STATES.indexOf('waiting');

function goroutine(status: number, waitSince: number): GoroutineRecord {
  return {
    id: 1,
    address: 0,
    goPc: 0,
    status,
    system: false,
    waitSince,
    waitReason: 'chan receive',
    context: 0,
    machine: 0,
    sp: 0,
    topDefer: 0,
    topPanic: 0,
    defers: [],
    panics: [],
    firstFrame: 0,
    frameCount: 0,
  };
}

test('from the collection that first saw it wait to the last that saw any', () => {
  const records = [goroutine(WAITING, 5_000), goroutine(WAITING, 12_000), goroutine(WAITING, 0), goroutine(1, 3_000)];
  expect(waitedAtLeast(records)).toEqual([7_000, null, null, null]);
});

test('nothing is said where no collection saw any wait', () => {
  expect(waitedAtLeast([goroutine(WAITING, 0)])).toEqual([null]);
  expect(waitedAtLeast([])).toEqual([]);
});
