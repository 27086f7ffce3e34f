import { describe, expect, test } from 'vitest';
import { finish } from '../../../workers/lib/work';
import { NONE } from '../../../workers/lib/none';
import { wayOnCycle } from '../../../workers/cycles/way-on-cycle';

/** Vertices 1 … n with their references; those of `cycle` lie on one cycle. */
function way(references: Record<number, number[]>, cycle: number[], from: number, to: number) {
  const start: number[] = [0];
  const target: number[] = [];
  const last = Math.max(...Object.keys(references).map(Number), ...Object.values(references).flat());
  for (let v = 0; v <= last; v++) {
    target.push(...(references[v] ?? []));
    start.push(target.length);
  }
  const graph = { referenceStart: Uint32Array.from(start), referenceTarget: Uint32Array.from(target) };
  const cycleOf = Uint32Array.from(start, (_, v) => (cycle.includes(v) ? 0 : NONE));
  return finish(wayOnCycle({ graph, components: { cycleOf } }, from, to));
}

describe('the way along a cycle', () => {
  test('is the shortest, both ends included', () => {
    expect(way({ 1: [2, 3], 2: [4], 3: [5], 4: [6], 5: [1], 6: [5] }, [1, 2, 3, 4, 5, 6], 1, 5)).toEqual([1, 3, 5]);
  });

  test('leads from an object to itself all round', () => {
    expect(way({ 1: [2], 2: [3], 3: [1, 2] }, [1, 2, 3], 1, 1)).toEqual([1, 2, 3, 1]);
    expect(way({ 1: [1] }, [1], 1, 1)).toEqual([1, 1]);
  });

  test('leaves the cycle for no short cut', () => {
    expect(way({ 1: [4, 2], 2: [3], 3: [1], 4: [3] }, [1, 2, 3], 1, 3)).toEqual([1, 2, 3]);
  });

  test('is none from what lies on no cycle', () => {
    expect(way({ 1: [2] }, [], 1, 2)).toBeNull();
  });

  test('is given up past a hub of very many', () => {
    const spokes = 2 ** 18 + 2;
    // 1 → each spoke → 2 → 1; spokes are numbered from 3
    const referenceStart = Uint32Array.from({ length: spokes + 4 }, (_, v) => (v < 2 ? 0 : spokes + v - 2));
    const referenceTarget = new Uint32Array(2 * spokes + 1).map((_, at) => {
      if (at < spokes) return at + 3;
      return at === spokes ? 1 : 2;
    });
    const components = { cycleOf: new Uint32Array(spokes + 3) };
    expect(finish(wayOnCycle({ graph: { referenceStart, referenceTarget }, components }, 1, 2))).toBeNull();
    expect(finish(wayOnCycle({ graph: { referenceStart, referenceTarget }, components }, 3, 1))).toEqual([3, 2, 1]);
  });
});
