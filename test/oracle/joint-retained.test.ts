// What sets of objects retain together, against marking from the roots with and without them.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findJointRetained } from '../../workers/analysis/joint-retained';
import { finish } from '../../workers/lib/work';
import { analyse, rootLookup } from '../support/analyse';
import { objectGraph } from '../support/object-graph';
import { NaiveGraph } from './naive';
import { randomSketch } from './random-sketch';

function gone(drawing: string, members: readonly number[], goesToo: (root: number) => boolean = () => false) {
  const graph = objectGraph(drawing);
  const { reachability, account } = analyse(graph);
  const used = account.used;
  const ids: number[] = [];
  const roots = rootLookup(graph, reachability);
  const found = finish(findJointRetained(graph, reachability, roots, members, goesToo, account, (id) => ids.push(id)));
  expect(account.used, 'scratch memory is given back').toBe(used);
  expect(found.objects).toBe(ids.length);
  expect(found.bytes).toBe(ids.reduce((sum, id) => sum + graph.shapes.slotSize[graph.shapeId[id]], 0));
  return ids.sort((a, b) => a - b);
}

test.each([
  ['what two share', 'data -> a, b; a, b -> c; c -> d', [1, 2], [1, 2, 3, 4]],
  ['not what a third holds', 'data -> a, b, x; a, b, x -> c', [1, 2], [1, 2]],
  ['a ring behind them', 'data -> a; a -> b -> c -> b', [1], [1, 2, 3]],
  ['a ring that something else enters', 'data -> a, x; a -> b -> c -> b; x -> c', [1], [1]],
  ['a stale word does not count', 'data -> a -> b; word -> s -> b', [1], [1, 2]],
  ['a member twice', 'data -> a -> b', [1, 1], [1, 2]],
])('%s', (_, drawing, members, expected) => {
  expect(gone(drawing, members)).toEqual(expected);
});

test('roots that go with the members hold nothing', () => {
  const drawing = 'data -> a -> b; bss -> b';
  expect(gone(drawing, [1])).toEqual([1]);
  expect(gone(drawing, [1], (root) => root === 1)).toEqual([1, 2]);
});

test('random sets of random graphs', () => {
  fc.assert(
    fc.property(randomSketch(), fc.array(fc.nat(20), { minLength: 1, maxLength: 5 }), (drawing, picks) => {
      const graph = objectGraph(drawing);
      if (graph.objectCount === 0) return;
      const naive = new NaiveGraph(graph);
      const first = 1 + (picks[0] % graph.objectCount);
      const isGarbage = (id: number) => naive.tier(id) === 'none';
      const set = new Set(picks.map((pick) => 1 + (pick % graph.objectCount)));
      const members = [...set].filter((id) => isGarbage(id) === isGarbage(first));
      const expected = [...naive.retainedBy(new Set(members))].sort((a, b) => a - b);
      expect(gone(drawing, members)).toEqual(expected);
    }),
    { numRuns: 400, seed: 7 },
  );
});
