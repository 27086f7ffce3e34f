// What each owner of roots alone holds, against marking from everybody else's roots, owner by owner.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findSoleHoldings } from '../../workers/analysis/sole-holder';
import { finish } from '../../workers/lib/work';
import { analyse } from '../support/analyse';
import { objectGraph } from '../support/object-graph';
import { NaiveGraph } from './naive';
import { randomSketch } from './random-sketch';

/** Roots dealt out to `owners` in turn. */
function found(drawing: string, owners: number) {
  const graph = objectGraph(drawing);
  const { reachability, account } = analyse(graph);
  const { objects, bytes } = finish(findSoleHoldings(graph, reachability, owners, (root) => root % owners, account));
  expect(account.used, 'scratch memory is given back').toBe(usedBy(graph));
  return Array.from(objects, (count, owner) => [count, bytes[owner]]);
}

function usedBy(graph: ReturnType<typeof objectGraph>): number {
  return analyse(graph).account.used;
}

function expected(drawing: string, owners: number) {
  const graph = objectGraph(drawing);
  const naive = new NaiveGraph(graph);
  const reachedBy = (mine: (owner: number) => boolean) =>
    naive.mark(
      naive
        .effectiveRoots()
        .filter((root) => mine(root % owners))
        .map((root) => graph.roots.target[root]),
      new Set(),
      naive.sameTier,
    );
  return Array.from({ length: owners }, (_, owner) => {
    const mine = reachedBy((other) => other === owner);
    const others = reachedBy((other) => other !== owner);
    const alone = naive.ids.filter((id) => mine.has(id) && !others.has(id));
    return [alone.length, alone.reduce((sum, id) => sum + graph.shapes.slotSize[graph.shapeId[id]], 0)];
  });
}

test.each([
  [
    'two owners that meet',
    'data -> a -> c -> d; bss -> b -> c',
    2,
    [
      [1, 16],
      [1, 16],
    ],
  ],
  [
    'two roots of one owner',
    'data -> a; bss -> x; stack -> b; a, b -> c',
    2,
    [
      [3, 48],
      [1, 16],
    ],
  ],
  [
    'a ring entered by both',
    'data -> a -> b -> a; bss -> b; b -> c',
    2,
    [
      [0, 0],
      [0, 0],
    ],
  ],
  [
    'a stale word into what is live',
    'data -> a -> b; word -> c -> b',
    2,
    [
      [2, 32],
      [1, 16],
    ],
  ],
  ['nothing', '', 1, [[0, 0]]],
])('%s', (_, drawing, owners, answer) => {
  expect(found(drawing, owners)).toEqual(answer);
});

test('on random graphs', () => {
  const holds = (drawing: string, owners: number): void => {
    expect(found(drawing, owners)).toEqual(expected(drawing, owners));
  };
  fc.assert(fc.property(randomSketch(), fc.integer({ min: 1, max: 4 }), holds), { seed: 17, numRuns: 600 });
});
