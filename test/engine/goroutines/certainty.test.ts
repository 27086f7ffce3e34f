/**
 * When a goroutine that nobody can wake is stuck for certain, by release: up to Go 1.16 the arguments of the function it began with are in no dump
 * and may lead to what it waits on; from Go 1.24 on, so may a cleanup, which leaves no record either.
 */
import { describe, expect, test } from 'vitest';
import { buildDump } from '../../../fixtures/builder/build';
import { platform } from '../../../fixtures/builder/platform';
import { Shape } from '../../../fixtures/builder/shape';
import { ArraySource } from '../../../workers/dump/byte-source';
import { NEWEST } from '../../../workers/go/version';
import { findStuck } from '../../../workers/goroutines/stuck';
import { heapOf } from '../../support/analysed-heap';
import { addWaiter } from '../suspects/waiters';

/** Of one goroutine that is stuck: whether for certain. */
async function isCertain(version: string, shape: Shape): Promise<boolean> {
  const { bytes } = buildDump(shape, platform(version));
  const stuck = await findStuck(await heapOf(new ArraySource(bytes), null));
  expect(stuck?.stuck.map(({ goroutines }) => goroutines)).toEqual([[0]]);
  return stuck?.stuck[0].certain === 1;
}

const shapes = {
  'a channel that nothing refers to': (): Shape => {
    const shape = new Shape();
    addWaiter(shape);
    return shape;
  },
  'a channel that only garbage refers to': (): Shape => {
    const shape = new Shape();
    const { channel } = addWaiter(shape);
    shape.point(shape.object(64), 8, channel);
    return shape;
  },
  'a nil channel': (): Shape => {
    const shape = new Shape();
    addWaiter(shape, { waitReason: 'chan receive (nil chan)' });
    return shape;
  },
};

/** Up to Go 1.16 a dump has no version. */
const RELEASES = ['', ...Array.from({ length: NEWEST - 16 }, (_, i) => `go1.${i + 17}.1`)];
const from = (first: string): string[] => RELEASES.slice(RELEASES.indexOf(first));
const before = (first: string): string[] => RELEASES.slice(0, RELEASES.indexOf(first));

describe.each([
  ['a channel that nothing refers to', from('go1.17.1')],
  ['a channel that only garbage refers to', from('go1.17.1').filter((release) => before('go1.24.1').includes(release))],
  // no argument and no cleanup helps
  ['a nil channel', RELEASES],
] as const)('one that waits on %s', (what, certain) => {
  test.each(RELEASES)('Go %j', async (version) => {
    expect(await isCertain(version, shapes[what]())).toBe(certain.includes(version));
  });
});
