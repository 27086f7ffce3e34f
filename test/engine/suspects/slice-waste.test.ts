// What slices and strings hold and do not use: the planted ones, each beside a twin that does it right, with names and without.
import { describe, expect, test } from 'vitest';
import type { Detector } from '../../../workers/suspects/detector';
import { pinnedBySliver } from '../../../workers/suspects/detectors/pinned-by-sliver';
import { sliceWaste } from '../../../workers/suspects/detectors/slice-waste';
import { staleTail } from '../../../workers/suspects/detectors/stale-tail';
import { detectIn, lines, surviveDamage } from './detected';

const waste = (detector: Detector) => detectIn(detector, 'go1.19.8/waste', 'go1.19.8/waste');

describe('waste', () => {
  test('ten batches with room for 1,024 lines and five in it; ten full ones are none', async () => {
    const { findings } = await waste(sliceWaste);
    expect(lines(findings)).toEqual(['note/likely 159.2 KiB of room is unused in 10 arrays of main.Batch .lines']);
    // 1,024 lines of 16 bytes, of which five are used
    expect(findings[0]).toMatchObject({ objects: 10, bytes: 10 * (1024 - 5) * 16 });
  });

  test('eight words that keep a document each; eight copied words keep none', async () => {
    const { findings } = await waste(pinnedBySliver);
    expect(lines(findings)).toEqual([
      'note/certain 127.9 KiB are kept for small parts of 8 blocks, which main.Token .text refers to',
    ]);
    expect(findings[0].proofs[0].text).toBe('only 12 B at +0x3e8 are used; 16.0 KiB are kept for them');
  });

  test('a queue cut to length zero keeps its 400 jobs; one that was cleared keeps none', async () => {
    const { findings } = await waste(staleTail);
    expect(lines(findings)).toEqual([
      'note/likely 100.0 KiB are held only behind the end of slices: main.Queue .jobs, 400 × main.Job first of all',
    ]);
    // main.Job takes a slot of 256 bytes
    expect(findings[0]).toMatchObject({ objects: 400, bytes: 400 * 256 });
  });
});

describe.each([sliceWaste, pinnedBySliver, staleTail])('$name', (detector) => {
  test('says that it needs the executable', async () => {
    const { findings, skipped } = await detectIn(detector, 'go1.19.8/waste');
    expect(findings).toEqual([]);
    expect(skipped).toContain('needs the executable');
  });

  test.each([
    ['go1.27.4/layout', 'go1.27.4/layout'],
    ['go1.27.4/deferleak', 'go1.27.4/deferleak-stripped'],
  ])('none in %s', async (dump, executable) => {
    const { findings, skipped } = await detectIn(detector, dump, executable);
    expect([findings, skipped]).toEqual([[], null]);
  });
});

test('damaged dumps give findings or none, but never an error', async () => {
  for (const detector of [sliceWaste, pinnedBySliver, staleTail]) {
    expect(await surviveDamage(detector, 'go1.19.8/waste', 4, 'go1.19.8/waste')).toBeGreaterThan(0);
  }
});
