/** Shapes that break naive implementations: recursion overflows on them, or time is quadratic. */
import { describe, expect, test } from 'vitest';
import { findCycleRetained } from '../../workers/analysis/cycle-retained';
import { findDistances } from '../../workers/analysis/distances';
import { findSetRetained } from '../../workers/analysis/set-retained';
import { AVOID_NOTHING, nextPath, searchRootPaths } from '../../workers/analysis/root-paths';
import { finish } from '../../workers/lib/work';
import { analyse, rootLookup } from '../support/analyse';
import { graphOf } from '../support/object-graph';

const LENGTH = 1_000_000;

describe(`of ${LENGTH} objects`, () => {
  test('a list: depth costs nothing', () => {
    const graph = graphOf(LENGTH, LENGTH - 1, (i) => [i + 1, i + 2]);
    const { reachability, components, tree, account } = analyse(graph);
    expect(components.cycleCount).toBe(0);
    expect(tree.immediateDominator[LENGTH]).toBe(LENGTH - 1);
    expect(tree.retainedSize[1]).toBe(16 * LENGTH);
    expect(finish(findDistances(graph, reachability, account))[LENGTH]).toBe(LENGTH);
    expect(finish(findSetRetained(tree, components, graph.shapeId, 1, account)).objects[0]).toBe(LENGTH);
    const search = searchRootPaths(
      graph,
      reachability,
      rootLookup(graph, reachability),
      LENGTH,
      AVOID_NOTHING,
      account,
    );
    expect(finish(nextPath(search))?.objects).toHaveLength(LENGTH);
  });

  test('a ring', () => {
    const graph = graphOf(LENGTH, LENGTH, (i) => [i + 1, i + 1 < LENGTH ? i + 2 : 1]);
    const { reachability, components, account } = analyse(graph);
    expect([components.cycleCount, components.member.length]).toEqual([1, LENGTH]);
    expect(finish(findCycleRetained(graph, reachability, components, account)).bytes[0]).toBe(16 * LENGTH);
  });

  // Without jumps each element climbs the whole list above it: half of 500 000² steps.
  test('a list whose elements the first object holds too', () => {
    const half = LENGTH / 2;
    const graph = graphOf(LENGTH, 3 * half - 1, (i) => {
      if (i < half - 1) return [i + 1, i + 2];
      const element = (i - half + 1) % half;
      return i < 2 * half - 1 ? [element + 1, half + element + 1] : [1, half + element + 1];
    });
    const { tree } = analyse(graph);
    expect(tree.immediateDominator[half]).toBe(half - 1);
    expect([tree.immediateDominator[half + 1], tree.immediateDominator[LENGTH]]).toEqual([1, 1]);
    expect(tree.retainedObjects[2]).toBe(half - 1);
  });

  test('rings along a list whose elements the first one holds too', () => {
    // list i ⇄ itself makes every element a cycle of its own; payloads hang on the list and on its head
    const half = LENGTH / 2;
    const graph = graphOf(LENGTH, 4 * half - 1, (i) => {
      if (i < half) return [i + 1, i + 1];
      if (i < 2 * half - 1) return [i - half + 1, i - half + 2];
      const element = (i - 2 * half + 1) % half;
      return i < 3 * half - 1 ? [element + 1, half + element + 1] : [1, half + element + 1];
    });
    const { reachability, components, account } = analyse(graph);
    const { objects } = finish(findCycleRetained(graph, reachability, components, account));
    expect([components.cycleCount, objects[0], objects[1], objects[half - 1]]).toEqual([half, LENGTH, half - 1, 1]);
  });
});
