// Marking in passes with gates, against a search of its own for each pass that walks around whatever is shut.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markInPasses, type MarkingPass } from '../../workers/analysis/gated-marking';
import { MemoryAccount } from '../../workers/lib/alloc';
import { withScratch } from '../../workers/lib/scratch';
import { finish } from '../../workers/lib/work';
import { objectGraph } from '../support/object-graph';
import { NaiveGraph } from './naive';
import { randomSketch } from './random-sketch';

const KINDS = 4;

interface Question {
  drawing: string;
  /** Kind of gate of each object, by turns. */
  gates: number[];
  passes: { starts: number[]; opens: number[] }[];
}

const question: fc.Arbitrary<Question> = fc.record({
  drawing: randomSketch(14),
  gates: fc.array(fc.integer({ min: 0, max: KINDS }), { minLength: 1, maxLength: 9 }),
  passes: fc.array(
    fc.record({
      starts: fc.array(fc.integer({ min: 1, max: 14 }), { maxLength: 3 }),
      opens: fc.array(fc.integer({ min: 1, max: KINDS }), { maxLength: 2 }),
    }),
    { maxLength: 5 },
  ),
});

function parts({ drawing, gates, passes }: Question) {
  const graph = objectGraph(drawing);
  const gateOf = Uint8Array.from({ length: graph.vertexCount }, (_, id) => gates[id % gates.length]);
  const inside = passes.map(({ starts, opens }): MarkingPass => {
    return { starts: starts.filter((id) => id <= graph.objectCount), opens };
  });
  return { graph, gateOf, passes: inside };
}

function found(asked: Question): number[] {
  const { graph, gateOf, passes } = parts(asked);
  const account = new MemoryAccount();
  const mark = finish(withScratch(account, (scratch) => markInPasses(graph, gateOf, passes, scratch)));
  expect(account.used, 'scratch memory is given back').toBe(0);
  return Array.from(mark.subarray(1));
}

/** An object belongs to the first pass k for which a path leads to it from a start of pass k or before, through nothing that is shut at k. */
function expected(asked: Question): number[] {
  const { graph, gateOf, passes } = parts(asked);
  const naive = new NaiveGraph(graph);
  const firsts = new Array<number>(graph.objectCount).fill(passes.length);
  for (let pass = passes.length - 1; pass >= 0; pass--) {
    const soFar = passes.slice(0, pass + 1);
    const open = new Set([0, ...soFar.flatMap(({ opens }) => opens)]);
    const starts = soFar.flatMap((one) => [...one.starts]);
    const reached = naive.mark(starts, new Set(), (from) => open.has(gateOf[from]));
    for (const id of reached) firsts[id - 1] = pass;
  }
  return firsts;
}

test.each<[string, Question, number[]]>([
  [
    'a gate is reached, and gone through when it opens',
    {
      drawing: 'root -> a -> b -> c; d -> c',
      gates: [0, 0, 1, 0, 0],
      passes: [
        { starts: [1], opens: [] },
        { starts: [4], opens: [] },
        { starts: [], opens: [1] },
      ],
    },
    [0, 0, 1, 1],
  ],
  [
    'a gate that opened before it was reached is no gate',
    { drawing: 'root -> a -> b -> c', gates: [0, 0, 1, 0], passes: [{ starts: [1], opens: [1] }] },
    [0, 0, 0],
  ],
  ['nothing starts anywhere', { drawing: 'root -> a -> b', gates: [0], passes: [] }, [0, 0]],
])('%s', (_, asked, answer) => {
  expect(found(asked)).toEqual(answer);
  expect(expected(asked)).toEqual(answer);
});

test('random graphs, gates and passes', () => {
  fc.assert(
    fc.property(question, (asked) => {
      expect(found(asked)).toEqual(expected(asked));
    }),
    { seed: 20_261_120, numRuns: 2000 },
  );
});
