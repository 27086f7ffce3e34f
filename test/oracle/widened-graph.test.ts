// A graph with vertices and references of its own behind the objects, against plain lists of pairs.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { releaseWidened, widened } from '../../workers/analysis/widened-graph';
import { MemoryAccount } from '../../workers/lib/alloc';
import type { Digraph } from '../../workers/lib/digraph';
import { finish } from '../../workers/lib/work';
import { objectGraph } from '../support/object-graph';
import { randomSketch } from './random-sketch';

type Pair = readonly [from: number, to: number];

/** References as `from to`, in the order of their rows. */
function pairs(graph: Digraph, direction: 'references' | 'referrers'): string[] {
  const [start, entry] =
    direction === 'references'
      ? [graph.referenceStart, graph.referenceTarget]
      : [graph.referrerStart, graph.referrerSource];
  const found: string[] = [];
  for (let v = 0; v < graph.vertexCount; v++) {
    for (let at = start[v]; at < start[v + 1]; at++) {
      found.push(direction === 'references' ? `${v} ${entry[at]}` : `${entry[at]} ${v}`);
    }
  }
  return found;
}

function holds(drawing: string, vertices: number, edges: readonly Pair[]): void {
  const graph = objectGraph(drawing);
  const last = graph.objectCount + vertices;
  const inside = last === 0 ? [] : edges.map(([from, to]) => [1 + (from % last), 1 + (to % last)] as const);
  const account = new MemoryAccount();
  const extension = {
    vertices,
    from: Uint32Array.from(inside, ([from]) => from),
    to: Uint32Array.from(inside, ([, to]) => to),
  };
  const wide = finish(widened(graph, extension, account));
  const expected = [...pairs(graph, 'references'), ...inside.map(([from, to]) => `${from} ${to}`)].sort();
  expect(wide.vertexCount).toBe(last + 1);
  expect(pairs(wide, 'references').sort()).toEqual(expected);
  expect(pairs(wide, 'referrers').sort()).toEqual(expected);
  for (let v = 1; v <= last; v++) {
    const bytes = wide.shapes.slotSize[wide.shapeId[v]];
    if (v <= graph.objectCount) expect(bytes).toBe(graph.shapes.slotSize[graph.shapeId[v]]);
  }
  releaseWidened(wide, account);
  expect(account.used, 'all is given back').toBe(0);
}

test('has the references of both, in both directions', () => {
  const edges = fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { maxLength: 30 });
  fc.assert(fc.property(randomSketch(10), fc.nat(5), edges, holds), { seed: 20_261_120, numRuns: 500 });
});

test('references of one vertex keep their order: those of the graph, then the new ones as they came', () => {
  const account = new MemoryAccount();
  const from = Uint32Array.of(4, 1, 1);
  const to = Uint32Array.of(1, 4, 2);
  const wide = finish(widened(objectGraph('a -> b, c'), { vertices: 1, from, to }, account));
  expect(pairs(wide, 'references')).toEqual(['1 2', '1 3', '1 4', '1 2', '4 1']);
});
