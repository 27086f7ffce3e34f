// A real program whose heap four containers share, and slices that keep what they no longer have; without debug information.
import { beforeAll, describe, expect, test } from 'vitest';
import { Shape } from '../../../fixtures/builder/shape';
import { ArraySource } from '../../../workers/dump/byte-source';
import type { AnalysedHeap } from '../../../workers/heap/analysed-heap';
import type { Detector } from '../../../workers/suspects/detector';
import { bigHolder } from '../../../workers/suspects/detectors/big-holder';
import { clientCrowd } from '../../../workers/suspects/detectors/client-crowd';
import { deadWeakPointers } from '../../../workers/suspects/detectors/dead-weak-pointers';
import { staleTail } from '../../../workers/suspects/detectors/stale-tail';
import { unheldMemory } from '../../../workers/suspects/detectors/unheld-memory';
import { heapOf } from '../../support/analysed-heap';
import { unpackedBytesOf } from '../../support/dumps';
import { executableOf } from '../../support/programs';
import { detectInShape, lines } from './detected';

describe('holders', () => {
  let heap: AnalysedHeap;
  beforeAll(async () => {
    const source = new ArraySource(unpackedBytesOf('go1.24.4/holders'), 'holders.heap');
    heap = await heapOf(source, executableOf('go1.24.4/holders'));
  }, 120_000);

  const found = async (detector: Detector): Promise<readonly string[]> => {
    const { findings } = await detector.detect(heap);
    return lines(findings);
  };

  test('a map of several tables, a sync.Map, a list and a chain are told by what has them, with their entries', async () => {
    expect(await found(bigHolder)).toEqual([
      'note/certain A chain of 190 × main.Entry from main.Journal .last retains 4.5 MiB, 23.2 % of what is reachable',
      'note/certain behind main.store, a map[string]*main.Session, retains 4.5 MiB, 23.5 % of what is reachable, most of it in 960 × main.Session',
      'note/certain main.handles, a sync.Map, retains 4.4 MiB, 22.8 % of what is reachable, most of it in 140 × main.Widget',
      'note/certain 140 × main.Job retain 4.4 MiB, 22.7 % of what is reachable, in main.backlog',
    ]);
  });

  test('what taken jobs captured, and what emptied slices point at, is told; cleared ones keep nothing', async () => {
    expect(await found(staleTail)).toEqual([
      'note/likely 800.0 KiB are held only behind the end of slices: map[string][]main.Listener value[], 400 × main.waiter first of all',
      'note/likely 641.2 KiB are held only before the start of slices: *main.jobs+0x8, 40 × closure main.(*jobManager).add.func1 first of all',
    ]);
  });

  test('weak pointers in a map to sessions that are gone are told', async () => {
    expect(await found(deadWeakPointers)).toEqual([
      'note/certain 400 of 400 weak pointers in map[int]weak.Pointer[main.Session] value[] are dead: their entries stay',
    ]);
  });

  test('hardly anything is held by nothing, and no clients are made again and again', async () => {
    expect([await found(unheldMemory), await found(clientCrowd)]).toEqual([[], []]);
  });
});

test('a heap of which most is held by nothing recorded is told, with what it is', async () => {
  const shape = new Shape();
  shape.bss.push({ offset: 16, target: shape.object(2 ** 18) });
  for (let i = 0; i < 300; i++) shape.point(shape.object(16), 0, shape.object(4096));
  const { findings } = await detectInShape(unheldMemory, shape);
  expect(lines(findings)).toEqual([
    'note/certain 1.2 MiB, 82.5 % of the heap, are held by nothing recorded: 300 × 4096 B, no pointers first of all',
  ]);
  expect(findings[0]).toMatchObject({ objects: 600, bytes: 300 * (4096 + 16) });
});

test('a heap of which a third is held by nothing recorded is not', async () => {
  const shape = new Shape();
  shape.bss.push({ offset: 16, target: shape.object(2 ** 21) });
  for (let i = 0; i < 256; i++) shape.object(4096);
  expect((await detectInShape(unheldMemory, shape)).findings).toEqual([]);
});

/** Where the builder puts the function of the first frame. */
const CLEANUP_ENTRY = 0x401100;

/** So many cleanups of Go 1.24, each with what it was given: a session that refers back to it, or a number. */
function cleanups(count: number, holdSessions: boolean): Shape {
  const shape = new Shape();
  shape.goroutine({ status: 1 }).frame('runtime.AddCleanup[go.shape.*uint8].func1');
  shape.bss.push({ offset: 16, target: shape.object(2 ** 20) });
  for (let i = 0; i < count; i++) {
    const session = shape.object(2048);
    const closure = shape.object(32);
    shape.put(closure, 0, CLEANUP_ENTRY);
    shape.point(closure, 8, { address: 0x4fbba8 });
    if (holdSessions) shape.point(closure, 16, session);
    else shape.bss.push({ offset: 24 + 8 * i, target: session });
  }
  return shape;
}

describe('what cleanups were given', () => {
  test('is told as theirs where it is nearly all that nothing recorded holds, and less of it is worth telling', async () => {
    const { findings } = await detectInShape(unheldMemory, cleanups(100, true), 'go1.24.4');
    expect(lines(findings)).toEqual([
      'warning/likely 203.1 KiB, 16.6 % of the heap, are held by nothing recorded: 100 × closure runtime.AddCleanup[go.shape.*uint8].func1 first of all, most likely kept by cleanups',
    ]);
  });

  test('is not where it is numbers', async () => {
    expect((await detectInShape(unheldMemory, cleanups(100, false), 'go1.24.4')).findings).toEqual([]);
  });
});
