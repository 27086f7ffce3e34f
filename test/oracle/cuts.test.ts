/** What goes without some references, held against marking again after they are removed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSketch } from '../../fixtures/shapes/sketch';
import { findCutTables, type FinalizerRoots } from '../../workers/analysis/cut-tables';
import { CutTrials, type CutHeap, type Loss, type Removal } from '../../workers/analysis/removal-loss';
import { findStrongBridges } from '../../workers/analysis/strong-bridges';
import { Scratch } from '../../workers/lib/scratch';
import { finish } from '../../workers/lib/work';
import { analyse, rootLookup } from '../support/analyse';
import { objectGraph } from '../support/object-graph';
import { NaiveGraph } from './naive';
import { randomSketch } from './random-sketch';

/** A sketch with everything that answers questions about it, twice. */
function prepare(drawing: string, mostSteps?: number) {
  const sketch = parseSketch(drawing);
  const graph = objectGraph(sketch);
  const { account, reachability, components, tree } = analyse(graph);
  // the table of roots lists the strong ones first
  const ordered = [...sketch.roots.filter(({ weak }) => !weak), ...sketch.roots.filter(({ weak }) => weak)];
  // the oracle's own table of what is there because of a finalizer that is still to run; the analysis makes its own from the graph
  const rowsOf = new Map<number, number[]>();
  const owner = new Uint32Array(ordered.length);
  for (const [index, { object, queued, roots }] of sketch.finalizers.entries()) {
    const rows = roots.map((root) => ordered.indexOf(sketch.roots[root]));
    for (const row of rows) owner[row] = index;
    if (!queued) rowsOf.set(object, [...(rowsOf.get(object) ?? []), ...rows]);
  }
  const finalizers: FinalizerRoots = {
    records: sketch,
    roots: { ...graph.roots, owner },
    index: { objectAt: (address) => address },
  };
  const heap: CutHeap = {
    graph,
    reachability,
    dominators: tree,
    roots: rootLookup(graph, reachability),
    ...finish(findCutTables(finalizers, reachability, tree, account)),
  };
  const trials = new CutTrials(heap, new Scratch(account), mostSteps);
  const naive = new NaiveGraph(graph);
  return {
    sketch,
    naive,
    components,
    bridges: (members: readonly number[]) => finish(findStrongBridges(graph, Uint32Array.from(members), account)),
    loss: (removal: Removal): Loss => finish(trials.loss(removal)),
    naiveLoss: (removal: Removal): Loss => {
      const gone = goneWithout(naive, rowsOf, removal);
      return { objects: gone.length, bytes: naive.bytes(gone), exact: true };
    },
  };
}

function goneWithout(naive: NaiveGraph, rowsOf: ReadonlyMap<number, number[]>, removal: Removal): number[] {
  const target = (root: number) => naive.graph.roots.target[root];
  const follow = (from: number, to: number) => naive.sameTier(from, to);
  const removed = (from: number, to: number) => removal.references.some((one) => one.from === from && one.to === to);
  const before = naive.marks(naive.effectiveRoots().map(target), new Set(), follow);
  const roots = new Set(removal.roots);
  for (;;) {
    const left = naive.effectiveRoots().filter((root) => !roots.has(root));
    const after = naive.marks(left.map(target), new Set(), (from, to) => follow(from, to) && !removed(from, to));
    const gone = naive.ids.filter((v) => before[v] && !after[v]);
    const size = roots.size;
    for (const v of gone) for (const root of rowsOf.get(v) ?? []) roots.add(root);
    if (roots.size === size) return gone;
  }
}

/** A removal picked from a graph: some pairs and some roots, by numbers that wrap around. */
function pick({ naive }: ReturnType<typeof prepare>, picks: readonly number[], rootPicks: readonly number[]): Removal {
  const pairs = naive.ids.flatMap((from) => [...new Set(naive.references[from])].map((to) => ({ from, to })));
  const { count } = naive.graph.roots;
  return {
    references: pairs.length === 0 ? [] : picks.map((i) => pairs[i % pairs.length]),
    roots: count === 0 ? [] : rootPicks.map((i) => i % count),
  };
}

const some = fc.array(fc.nat(1000), { maxLength: 4 });

describe('what goes', () => {
  test('without any one reference, as marking again says', () => {
    const holds = (drawing: string): void => {
      const prepared = prepare(drawing);
      const { naive, loss, naiveLoss } = prepared;
      const removals: Removal[] = naive.ids.flatMap((from) =>
        naive.references[from].map((to) => ({ references: [{ from, to }], roots: [] })),
      );
      for (let root = 0; root < naive.graph.roots.count; root++) removals.push({ references: [], roots: [root] });
      expect(removals.map(loss)).toEqual(removals.map(naiveLoss));
    };
    fc.assert(fc.property(randomSketch(), holds), { seed: 20_261_120, numRuns: 600 });
    fc.assert(fc.property(randomSketch(40), holds), { seed: 7, numRuns: 30 });
  });

  test('without several references together, as marking again says', () => {
    const holds = (drawing: string, references: number[], roots: number[]): void => {
      const prepared = prepare(drawing);
      const removal = pick(prepared, references, roots);
      expect(prepared.loss(removal)).toEqual(prepared.naiveLoss(removal));
    };
    fc.assert(fc.property(randomSketch(), some, some, holds), { seed: 20_261_120, numRuns: 2000 });
    fc.assert(fc.property(randomSketch(40), some, some, holds), { seed: 7, numRuns: 300 });
  });

  test('is never more than marking again says where the trial is stopped early, and then says so', () => {
    let stopped = 0;
    const holds = (drawing: string, references: number[], roots: number[], mostSteps: number): void => {
      const prepared = prepare(drawing, mostSteps);
      const removal = pick(prepared, references, roots);
      const found = prepared.loss(removal);
      const expected = prepared.naiveLoss(removal);
      if (found.exact) expect(found).toEqual(expected);
      else stopped++;
      expect(found.objects).toBeLessThanOrEqual(expected.objects);
      expect(found.bytes).toBeLessThanOrEqual(expected.bytes);
    };
    const steps = fc.integer({ min: 0, max: 12 });
    fc.assert(fc.property(randomSketch(), some, some, steps, holds), { seed: 3, numRuns: 1000 });
    expect(stopped).toBeGreaterThan(50);
  });

  test.each([
    ['one that comes loose', 'root -> r -> a:8 -> b:48', ['r -> a'], 56, true],
    ['two side by side', 'root -> r -> a:8 -> b:48; r -> c:100', ['r -> a', 'r -> c'], 156, false],
    ['one below another, once', 'root -> r -> a:8 -> b:48', ['r -> a', 'a -> b'], 56, false],
    ['one that is held in another way', 'root -> r -> a:8; r -> c:100; root -> a', ['r -> a', 'r -> c'], 100, false],
  ])('without a step: what each frees by itself, %s', (_, drawing, cut, bytes, exact) => {
    const { sketch, loss } = prepare(drawing, 0);
    const references = cut.map((pair) => {
      const [from, to] = pair.split(' -> ').map((name) => sketch.id(name));
      return { from, to };
    });
    expect(loss({ references, roots: [] })).toMatchObject({ bytes, exact });
  });

  test.each([
    ['a ring pinned by its own finalizer, cut at the object', 'finalizer(a); a:8 -> b:48 -> a', 'b -> a', 56],
    ['the same, cut where the finalizer holds it in any case', 'finalizer(a); a:8 -> b:48 -> a', 'a -> b', 0],
    [
      'finalizers one behind the other',
      'root -> r -> a:8; finalizer(a); a -> b:48; finalizer(b); b -> c:1000',
      'r -> a',
      1056,
    ],
    ['what a queued finalizer keeps', 'root -> r -> a:8; queued(a); a -> b:48', 'r -> a', 0],
    ['parallel references at once', 'root -> r -> a:8; r -> a -> b:48', 'r -> a', 56],
    ['a reference to itself', 'root -> a:8 -> a', 'a -> a', 0],
    ['what refers back from below', 'root -> r -> a:8 -> b:48 -> a', 'r -> a', 56],
    ['what a stale word points at as well', 'root -> r -> a:8; word -> a', 'r -> a', 8],
    ['garbage', 'a:8 -> b:48 -> a', 'a -> b', 0],
  ])('%s', (_, drawing, pair, bytes) => {
    const { sketch, loss } = prepare(drawing);
    const [from, to] = pair.split(' -> ').map((name) => sketch.id(name));
    expect(loss({ references: [{ from, to }], roots: [] })).toMatchObject({ bytes, exact: true });
  });
});

describe('strong bridges', () => {
  test('are the references without which not every member reaches every other', () => {
    const holds = (drawing: string): void => {
      const { naive, bridges } = prepare(drawing);
      for (const cycle of naive.cycles()) {
        const members = new Set(cycle);
        const pairs = cycle.flatMap((from) =>
          [...new Set(naive.references[from])]
            .filter((to) => members.has(to) && to !== from)
            .map((to) => ({ from, to })),
        );
        const breaks = pairs.filter((pair) => {
          const follow = (from: number, to: number) => members.has(to) && !(from === pair.from && to === pair.to);
          return !naive.mark([pair.from], new Set(), follow).has(pair.to);
        });
        const found = bridges(cycle).sort((a, b) => a.from - b.from || a.to - b.to);
        expect(found).toEqual(breaks.sort((a, b) => a.from - b.from || a.to - b.to));
      }
    };
    fc.assert(fc.property(randomSketch(), holds), { seed: 20_261_120, numRuns: 1000 });
    fc.assert(fc.property(randomSketch(40), holds), { seed: 7, numRuns: 60 });
  });
});
