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
