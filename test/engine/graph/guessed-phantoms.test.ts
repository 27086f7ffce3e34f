// Pages of which nothing tells whether they hold pointers: what was taken for phantoms comes back where a pointer leads to it.
import { describe, expect, test } from 'vitest';
import { buildDump } from '../../../fixtures/builder/build';
import { platform } from '../../../fixtures/builder/platform';
import { Shape } from '../../../fixtures/builder/shape';
import { MemoryAccount } from '../../../workers/lib/alloc';
import { NONE } from '../../../workers/lib/none';
import { graphOf } from '../../support/dumps';

const SLOT = 64;
const SLOTS = 128;
/** Slots of a page that lie on its bitmap, where it holds pointers. */
const LAST = 2;

/** A page without pointers whose last slots alone are in use; `led`: the holder points at so many of them. */
function onlyTheLast(led: number): { shape: Shape; last: number[] } {
  const shape = new Shape();
  const all = Array.from({ length: SLOTS }, () => shape.object(SLOT));
  for (const id of all.slice(0, -LAST)) shape.free(id);
  const last = all.slice(-LAST);
  const holder = shape.object(24, 'holder');
  for (const [i, id] of last.slice(0, led).entries()) shape.point(holder, 8 * i, id);
  if (led === 0) shape.point(holder, 0, holder);
  shape.bss.push({ offset: 0, target: holder });
  return { shape, last };
}

describe.each(['go1.22.12', 'go1.25.12', 'go1.26.11-X:nogreenteagc'])('%s', (version) => {
  test.each([1, 2])('%i pointers: the slots are objects, and the totals those of the runtime', async (led) => {
    const { shape, last } = onlyTheLast(led);
    const built = buildDump(shape, platform(version));
    const graph = await graphOf(built.bytes);
    for (const id of last) expect(graph.index.objectAt(built.slotAddress(id))).not.toBe(NONE);
    expect(graph.objectCount).toBe(LAST + 1);
    expect(graph.records.notes).toEqual([]);
    const holder = graph.index.objectAt(built.slotAddress(shape.id('holder')));
    expect(graph.referenceStart[holder + 1] - graph.referenceStart[holder]).toBe(led);
  });

  test('no pointer: the guess stands, and the difference is told', async () => {
    const graph = await graphOf(buildDump(onlyTheLast(0).shape, platform(version)).bytes);
    expect(graph.objectCount).toBe(1);
    expect(graph.records.notes.map(({ code }) => code)).toEqual(['counts-differ']);
  });

  test('nothing of the first reading stays in the account', async () => {
    const bytesHeld = async (led: number): Promise<number> => {
      const account = new MemoryAccount();
      await graphOf(buildDump(onlyTheLast(led).shape, platform(version)).bytes, 2 ** 22, account);
      return account.used;
    };
    // two objects more, not a second set of tables
    expect((await bytesHeld(1)) - (await bytesHeld(0))).toBeLessThan(200);
  });
});

test('Green Tea: the page tells by itself', async () => {
  const graph = await graphOf(buildDump(onlyTheLast(0).shape, platform('go1.26.11')).bytes);
  expect(graph.records.notes).toEqual([]);
});
