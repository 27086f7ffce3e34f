// What groups of starts alone reach, and all that they reach, against marking from each group and from all the others.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findAloneAndReaches, type Starts } from '../../workers/kinds/alone-and-reaches';
import { finish } from '../../workers/lib/work';
import { analyse } from '../support/analyse';
import { graphOf, objectGraph } from '../support/object-graph';
import { NaiveGraph } from './naive';
import { randomSketch } from './random-sketch';

type Graph = ReturnType<typeof objectGraph>;

function found(graph: Graph, starts: Starts) {
  const { reachability, components, account } = analyse(graph);
  const before = account.used;
  const answer = finish(findAloneAndReaches({ graph, reachability, components }, starts, account));
  expect(account.used, 'scratch memory is given back').toBe(before);
  const rows = Array.from(answer.aloneObjects, (objects, group) => ({
    alone: [objects, answer.aloneBytes[group]],
    reaches: [answer.reachedObjects[group], answer.reachedBytes[group]],
  }));
  return { rows, passes: answer.passes };
}

/** Effective roots dealt out to `groupCount` groups in turn. */
function rootsInTurn(graph: Graph, groupCount: number): Starts {
  const { effectiveRoots } = analyse(graph).reachability;
  const object = effectiveRoots.map((root) => graph.roots.target[root]);
  return { object, group: effectiveRoots.map((root) => root % groupCount), groupCount };
}

function expected(graph: Graph, { object, group, groupCount }: Starts) {
  const naive = new NaiveGraph(graph);
  const reachedBy = (mine: (group: number) => boolean) =>
    naive.mark(
      object.filter((_, at) => mine(group[at])),
      new Set(),
      naive.sameTier,
    );
  const weigh = (ids: readonly number[]) => [
    ids.length,
    ids.reduce((sum, id) => sum + graph.shapes.slotSize[graph.shapeId[id]], 0),
  ];
  return Array.from({ length: groupCount }, (_, own) => {
    const mine = reachedBy((other) => other === own);
    const others = reachedBy((other) => other !== own);
    return { alone: weigh([...mine].filter((id) => !others.has(id))), reaches: weigh([...mine]) };
  });
}

test.each([
  ['two groups that meet', 'data -> a -> c -> d; bss -> b -> c', [1, 3, 1, 3]],
  ['a ring entered by both', 'data -> a -> b -> a; bss -> b -> c', [0, 3, 0, 3]],
  ['one that leads to the other', 'data -> a -> b; bss -> b -> c', [1, 3, 0, 2]],
  ['a meeting below a meeting', 'data -> a -> m -> n -> o; bss -> b -> m; b -> n', [1, 4, 1, 4]],
  ['a stale word into what is live', 'data -> a -> b; word -> c -> b', [2, 2, 1, 1]],
])('%s', (_, drawing, counts) => {
  const graph = objectGraph(drawing);
  const { rows } = found(graph, rootsInTurn(graph, 2));
  expect(rows.flatMap(({ alone, reaches }) => [alone[0], reaches[0]])).toEqual(counts);
});

test('groups without a start, and no groups', () => {
  const graph = objectGraph('data -> a');
  const nothing = { alone: [0, 0], reaches: [0, 0] };
  const object = Uint32Array.of(1);
  const all = { alone: [1, 16], reaches: [1, 16] };
  expect(found(graph, { object, group: Uint32Array.of(1), groupCount: 3 }).rows).toEqual([nothing, all, nothing]);
  const none = { object: new Uint32Array(0), group: new Uint32Array(0), groupCount: 0 };
  expect(found(graph, none)).toEqual({ rows: [], passes: 0 });
});

test('on random graphs, with roots in groups', () => {
  const holds = (drawing: string, groupCount: number): void => {
    const graph = objectGraph(drawing);
    const starts = rootsInTurn(graph, groupCount);
    expect(found(graph, starts).rows).toEqual(expected(graph, starts));
  };
  fc.assert(fc.property(randomSketch(), fc.integer({ min: 1, max: 4 }), holds), { seed: 23, numRuns: 600 });
});

test('on random graphs, with any objects in up to 200 groups, some in several', () => {
  const starting = fc.array(fc.tuple(fc.nat(99), fc.nat(199)), { maxLength: 60 });
  const holds = (drawing: string, pairs: readonly (readonly [number, number])[]): void => {
    const graph = objectGraph(drawing);
    const inside = graph.objectCount === 0 ? [] : pairs;
    const starts = {
      object: Uint32Array.from(inside, ([at]) => 1 + (at % graph.objectCount)),
      group: Uint32Array.from(inside, ([, group]) => group),
      groupCount: 200,
    };
    const answer = found(graph, starts);
    expect(answer.rows).toEqual(expected(graph, starts));
    expect(answer.passes).toBe(4);
  };
  fc.assert(fc.property(randomSketch(40), starting, holds), { seed: 29, numRuns: 150 });
});

test('a pass for each 64 groups, and a bounded number of slices', () => {
  const objects = 300_000;
  // a comb: a chain whose objects each lead to one more
  const graph = graphOf(objects, objects - 1, (i) => (i % 2 === 0 ? [i + 1, i + 2] : [i, i + 2]));
  const { reachability, components, account } = analyse(graph);
  const group = Uint32Array.from({ length: 256 }, (_, at) => at);
  const starts = { object: group.map((at) => 1 + 2 * at), group, groupCount: 256 };
  const work = findAloneAndReaches({ graph, reachability, components }, starts, account);
  let slices = 0;
  let step = work.next();
  for (; !step.done; step = work.next()) slices++;
  expect(step.value.passes).toBe(4);
  expect(step.value.reachedObjects[0]).toBe(objects);
  expect(step.value.aloneObjects[0]).toBe(2);
  // reach, divide, weigh; the classes are too few to pause between them
  expect(slices).toBeLessThanOrEqual(3 * Math.ceil(objects / 65_536) + 8);
});

test('abandoned on the way, it gives back what it holds', () => {
  const graph = graphOf(200_000, 199_999, (i) => [i + 1, i + 2]);
  const { reachability, components, account } = analyse(graph);
  const before = account.used;
  const starts = { object: Uint32Array.of(1), group: Uint32Array.of(0), groupCount: 1 };
  const work = findAloneAndReaches({ graph, reachability, components }, starts, account);
  work.next();
  expect(account.used).toBeGreaterThan(before);
  expect(() => work.throw(new Error('cancelled'))).toThrow('cancelled');
  expect(account.used).toBe(before);
});
