/** Minimum cuts of small graphs, against all cuts that there are. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FlowGraph, UNCUTTABLE, type MinimumCuts } from '../../../workers/lib/minimum-cut';

type Edge = readonly [from: number, to: number, cost: number];

function cutsOf(edges: readonly Edge[], source = 0, sink = 1): MinimumCuts {
  const graph = new FlowGraph();
  for (const [number, edge] of edges.entries()) expect(graph.addEdge(...edge)).toBe(number);
  return graph.cuts(source, sink);
}

/** Each choice of vertices on the source's side is a cut: of the cheapest ones, that with the fewest there and that with the most. */
function allCuts(vertices: number, edges: readonly Edge[]): MinimumCuts {
  let cost = Infinity;
  let near: number[] = [];
  let far: number[] = [];
  let [smallest, largest] = [0, 0];
  for (let sides = 0; sides < 1 << vertices; sides++) {
    if ((sides & 1) === 0 || (sides & 2) !== 0) continue;
    const crossing = edges.flatMap(([from, to], i) =>
      ((sides >> from) & 1) === 1 && ((sides >> to) & 1) === 0 ? [i] : [],
    );
    const sum = crossing.reduce((total, i) => total + edges[i][2], 0);
    const size = popcount(sides);
    if (sum < cost) {
      cost = sum;
      near = far = crossing;
      smallest = largest = size;
    } else if (sum === cost) {
      if (size < smallest) [near, smallest] = [crossing, size];
      if (size > largest) [far, largest] = [crossing, size];
    }
  }
  return { cost, nearSource: near, nearSink: far };
}

function popcount(bits: number): number {
  return bits === 0 ? 0 : (bits & 1) + popcount(bits >>> 1);
}

test('one edge of a chain is enough, and each end has its own', () => {
  const chain: Edge[] = [
    [0, 2, 1],
    [2, 3, 1],
    [3, 1, 1],
  ];
  expect(cutsOf(chain)).toEqual({ cost: 1, nearSource: [0], nearSink: [2] });
});

test('what costs more is cut where nothing else helps', () => {
  expect(
    cutsOf([
      [0, 2, 1000],
      [0, 3, 1],
      [2, 1, UNCUTTABLE],
      [3, 1, UNCUTTABLE],
    ]),
  ).toEqual({ cost: 1001, nearSource: [0, 1], nearSink: [0, 1] });
});

test('no way, no cut', () => {
  const none = { cost: 0, nearSource: [], nearSink: [] };
  expect(cutsOf([])).toEqual(none);
  expect(
    cutsOf([
      [2, 1, 1],
      [0, 3, 1],
    ]),
  ).toEqual(none);
});

test('random graphs, as all their cuts say', () => {
  const vertices = 7;
  const vertex = fc.nat(vertices - 1);
  const edge = fc.tuple(vertex, vertex, fc.integer({ min: 1, max: 4 }));
  fc.assert(
    fc.property(fc.array(edge, { minLength: 1, maxLength: 18 }), (edges) => {
      const found = cutsOf([[0, 2, 9], ...edges, [3, 1, 9]]);
      expect(found).toEqual(allCuts(vertices, [[0, 2, 9], ...edges, [3, 1, 9]]));
    }),
    { numRuns: 600, seed: 11 },
  );
});
