import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSketch } from '../../fixtures/shapes/sketch';
import type { ObjectGraph } from '../../workers/analysis/object-graph';
import { AVOID_NOTHING, nextPath, searchRootPaths, type Avoid, type RootPath } from '../../workers/analysis/root-paths';
import { ROOT } from '../../workers/graph/heap-graph';
import { finish } from '../../workers/lib/work';
import { analyse, rootLookup } from '../support/analyse';
import { objectGraph } from '../support/object-graph';
import { NaiveGraph } from './naive';
import { randomSketch } from './random-sketch';

function allPaths(graph: ObjectGraph, target: number, avoid: Avoid = AVOID_NOTHING): RootPath[] {
  const { reachability, account } = analyse(graph);
  const held = account.used;
  const search = searchRootPaths(graph, reachability, rootLookup(graph, reachability), target, avoid, account);
  const paths: RootPath[] = [];
  for (let path = finish(nextPath(search)); path; path = finish(nextPath(search))) paths.push(path);
  expect(account.used).toBe(held);
  return paths;
}

/** Which roots reach the target at which distance, asked of each root by itself. */
function naivePaths(naive: NaiveGraph, target: number, avoid: Avoid): { root: number; length: number }[] {
  const { graph } = naive;
  if (naive.tier(target) === 'none') return [];
  const usable = (from: number, to: number): boolean => {
    const { referenceStart, referenceTarget } = graph;
    for (let r = referenceStart[from]; r < referenceStart[from + 1]; r++) {
      if (referenceTarget[r] === to && !avoid.references.has(r)) return naive.sameTier(from, to);
    }
    return false;
  };
  const lengthFrom = (start: number): number => {
    let front = avoid.objects.has(start) ? [] : [start];
    const seen = new Set(front);
    for (let length = 1; front.length > 0; length++) {
      if (front.includes(target)) return length;
      front = front.flatMap((v) =>
        naive.references[v].filter((w) => {
          if (seen.has(w) || avoid.objects.has(w) || !usable(v, w)) return false;
          seen.add(w);
          return true;
        }),
      );
    }
    return Infinity;
  };
  return naive
    .effectiveRoots()
    .filter((root) => !avoid.roots.has(root) && !avoid.rootKinds.has(graph.roots.kind[root]))
    .map((root) => ({ root, length: lengthFrom(graph.roots.target[root]) }))
    .filter(({ length }) => length < Infinity);
}

/** Each step of a path is a reference that may be used, from the root's target to the object. */
function expectSound(naive: NaiveGraph, path: RootPath, target: number, avoid: Avoid): void {
  const { graph } = naive;
  expect(path.objects[0]).toBe(graph.roots.target[path.root]);
  expect(path.objects.at(-1)).toBe(target);
  expect(path.references).toHaveLength(path.objects.length - 1);
  path.references.forEach((reference, i) => {
    const from = path.objects[i];
    expect(reference).toBeGreaterThanOrEqual(graph.referenceStart[from]);
    expect(reference).toBeLessThan(graph.referenceStart[from + 1]);
    expect(graph.referenceTarget[reference]).toBe(path.objects[i + 1]);
    expect(naive.sameTier(from, path.objects[i + 1])).toBe(true);
    expect(avoid.references.has(reference)).toBe(false);
  });
  for (const object of path.objects) expect(avoid.objects.has(object)).toBe(false);
}

function holdsForAll(drawing: string, avoid: Avoid): void {
  const graph = objectGraph(drawing);
  const naive = new NaiveGraph(graph);
  for (const target of naive.ids) {
    const paths = allPaths(graph, target, avoid);
    for (const path of paths) expectSound(naive, path, target, avoid);
    const found = paths.map(({ root, objects }) => ({ root, length: objects.length }));
    expect(found.map(({ length }) => length)).toEqual(found.map(({ length }) => length).sort((a, b) => a - b));
    expect(found.sort((a, b) => a.root - b.root)).toEqual(
      avoid.objects.has(target) ? [] : naivePaths(naive, target, avoid),
    );
  }
}

describe('root paths', () => {
  test('of random graphs: one for each root that reaches the object, each shortest, nearest first', () => {
    fc.assert(
      fc.property(randomSketch(), (drawing) => holdsForAll(drawing, AVOID_NOTHING)),
      { seed: 20_261_120, numRuns: 600 },
    );
  });

  test('of random graphs, avoiding objects, references, kinds of roots and roots', () => {
    const some = (most: number): fc.Arbitrary<Set<number>> =>
      fc.array(fc.nat(most), { maxLength: 3 }).map((list) => new Set(list));
    const avoid: fc.Arbitrary<Avoid> = fc
      .tuple(some(12), some(20), some(5), some(4))
      .map(([objects, references, rootKinds, roots]) => ({ objects, references, rootKinds, roots }));
    const parallel = (drawing: string, twice: Avoid): void => holdsForAll(`${drawing}; o1 -> o2; o1 -> o2`, twice);
    fc.assert(fc.property(randomSketch(), avoid, parallel), { seed: 3, numRuns: 1500 });
  });

  test('name the way as a person would', () => {
    const sketch = parseSketch('root -> a -> b -> c; stack -> b; c -> a; bss -> far -> a');
    const named = allPaths(objectGraph(sketch), sketch.id('c')).map(({ objects }) =>
      objects.map((id) => sketch.objects[id - 1].name).join(' '),
    );
    expect(named).toEqual(['b c', 'a b c', 'far a b c']);
  });

  test('go round an avoided reference by a parallel one', () => {
    const graph = objectGraph('root -> a -> b; a -> b');
    const [path] = allPaths(graph, 2, { ...AVOID_NOTHING, references: new Set([graph.referenceStart[1]]) });
    expect(path.references).toEqual([graph.referenceStart[1] + 1]);
    const both = new Set([graph.referenceStart[1], graph.referenceStart[1] + 1]);
    expect(allPaths(graph, 2, { ...AVOID_NOTHING, references: both })).toEqual([]);
  });

  test('leave stale words out for what something strong holds', () => {
    const sketch = parseSketch('word -> x -> live; root -> far -> live');
    const [path, ...others] = allPaths(objectGraph(sketch), sketch.id('live'));
    expect(others).toEqual([]);
    expect(path.objects.map((id) => sketch.objects[id - 1].name)).toEqual(['far', 'live']);
  });

  test('end at another kind of root where one is avoided', () => {
    const graph = objectGraph('root -> a -> b; goroutine -> c -> d -> b');
    const [path] = allPaths(graph, 2, { ...AVOID_NOTHING, rootKinds: new Set([ROOT.data]) });
    expect(graph.roots.kind[path.root]).toBe(ROOT.goroutine);
  });

  test('a search that is abandoned gives its memory back, and one whose request is abandoned goes on', () => {
    const graph = objectGraph('root -> a -> b; bss -> b');
    const { reachability, account } = analyse(graph);
    const held = account.used;
    const search = searchRootPaths(graph, reachability, rootLookup(graph, reachability), 2, AVOID_NOTHING, account);
    const abandoned = nextPath(search);
    abandoned.return(null);
    expect(finish(nextPath(search))?.objects).toEqual([2]);
    expect(account.used).toBeGreaterThan(held);
    search.return();
    expect(account.used).toBe(held);
  });
});
