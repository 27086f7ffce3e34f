// The references of a graph: what points at no object leaves none, and the room for it is given back where it is more than a tenth.
import { describe, expect, test } from 'vitest';
import { buildDump } from '../../../fixtures/builder/build';
import { platform } from '../../../fixtures/builder/platform';
import { Shape } from '../../../fixtures/builder/shape';
import { ArraySource } from '../../../workers/dump/byte-source';
import { readHeapGraph } from '../../../workers/graph/build';
import { WatchedAccount } from '../../support/watched-account';

/** An object with 100 pointers, so many of them to an object, and the others to a slot that is free. */
async function graphWith(references: number) {
  const shape = new Shape();
  const [from, to, free] = [shape.object(800), shape.object(16), shape.object(16)];
  for (let k = 0; k < 100; k++) shape.point(from, 8 * k, k < references ? to : free);
  shape.free(free);
  const account = new WatchedAccount();
  const graph = await readHeapGraph(new ArraySource(buildDump(shape, platform('go1.21.13')).bytes), { account });
  expect(account.forgotten(graph)).toEqual([]);
  return graph;
}

describe('of 100 pointers', () => {
  test.each([
    [0, 0],
    [50, 50],
    [90, 90],
    // a second array would cost more than it saves
    [91, 100],
    [100, 100],
  ])('%i lead to an object: as many references, in room for %i', async (references, room) => {
    const { referenceTarget, referrerSource } = await graphWith(references);
    expect([referenceTarget.length, referrerSource.length]).toEqual([references, references]);
    expect(referenceTarget.buffer.byteLength).toBe(4 * room);
  });
});
