/**
 * The rings in a sync.Pool on both sides of the one change that they saw: on 32 bits `next` came 4 bytes later when headTail became an atomic.Uint64
 * (sync/poolqueue.go: a uint64 in Go 1.21, an atomic.Uint64 in 1.22), which makes the whole struct a multiple of 8. By the dump alone.
 */
import { describe, expect, test } from 'vitest';
import { buildDump } from '../../../fixtures/builder/build';
import { platform, type Platform } from '../../../fixtures/builder/platform';
import { NIL, Shape } from '../../../fixtures/builder/shape';
import { NEWEST } from '../../../workers/go/version';
import { findPools } from '../../../workers/values/pool-summary';
import { graphOf } from '../../support/dumps';
import { nameGraph } from '../../support/programs';

const TYPE = 0x4a2000;

/** A ring of so many slots with an item in each of the first `filled`; gives it and its items. */
function addRing(
  shape: Shape,
  nextAt: number,
  P: number,
  slots: number,
  filled: number,
): [ring: number, items: number[]] {
  const ring = shape.object(nextAt + 2 * P);
  const values = shape.object(slots * 2 * P);
  shape.point(ring, 8, values);
  shape.put(ring, 8 + P, slots);
  shape.put(ring, 8 + 2 * P, slots);
  const items = Array.from({ length: slots }, (_, slot) => {
    const item = slot < filled ? shape.object(48) : null;
    shape.point(values, slot * 2 * P, item === null ? NIL : { address: TYPE });
    shape.point(values, slot * 2 * P + P, item ?? NIL);
    return item;
  });
  return [ring, items.filter((item) => item !== null)];
}

/** A pool of two processors, the first with a chain of two rings; gives the items in the order of the chain, from its tail. */
function poolOf({ pointerBytes: P }: Platform, minor: number): { shape: Shape; items: number[] } {
  const nextAt = P === 8 ? 32 : minor <= 21 ? 20 : 24;
  const shape = new Shape();
  const locals = shape.object(2 * 128);
  const [tail, older] = addRing(shape, nextAt, P, 8, 3);
  const [head, newer] = addRing(shape, nextAt, P, 16, 2);
  // from head to tail by prev, back by next
  shape.point(tail, nextAt, head);
  shape.point(tail, nextAt + P, NIL);
  shape.point(head, nextAt, NIL);
  shape.point(head, nextAt + P, tail);
  for (const processor of [0, 1])
    for (const [word, target] of [NIL, processor === 0 ? head : NIL, processor === 0 ? tail : NIL].entries())
      shape.point(locals, 128 * processor + (1 + word) * P, target);
  const pool = shape.object(5 * P);
  shape.point(pool, 0, locals);
  shape.put(pool, P, 2);
  shape.point(pool, 2 * P, NIL);
  shape.point(pool, 4 * P, NIL);
  shape.bss.push({ offset: 8, target: pool });
  return { shape, items: [...older, ...newer] };
}

const versionOf = (minor: number): string => (minor <= 16 ? '' : `go1.${minor}.1`);
const MINORS = Array.from({ length: NEWEST - 14 }, (_, i) => i + 15);

describe.each(['amd64', '386', 'mips'])('on %s', (architecture) => {
  test.each(MINORS)('the items of a pool of Go 1.%i', async (minor) => {
    const on = platform(versionOf(minor), architecture);
    const { shape, items } = poolOf(on, minor);
    const { bytes, order } = buildDump(shape, on);
    const pools = await findPools(await nameGraph(await graphOf(bytes), null), () => undefined);
    expect(pools.map((pool) => pool.items.map(({ objectId, place }) => [place, order[objectId - 1]]))).toEqual([
      items.map((item) => ['shared', item]),
    ]);
  });
});
