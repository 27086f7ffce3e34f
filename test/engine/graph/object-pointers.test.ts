// Referrers and references are two views of one list: each entry of an object's referrers stands for one reference to it, in order.
import { expect, test } from 'vitest';
import { buildDump } from '../../../fixtures/builder/build';
import { platform } from '../../../fixtures/builder/platform';
import { Shape } from '../../../fixtures/builder/shape';
import { pointersInFile } from '../../../workers/graph/contents/object-pointers';
import { graphOf } from '../../support/dumps';

/** Objects whose rows of references lie on both sides of what is searched from its start, with parallel references in both. */
function scene(): Shape {
  const shape = new Shape();
  const targets = Array.from({ length: 5 }, () => shape.object(64));
  for (const references of [1, 3, 7, 128, 129, 400]) {
    const from = shape.object(8 * references);
    for (let k = 0; k < references; k++)
      shape.point(from, 8 * k, { object: targets[(k * k) % targets.length], offset: 8 * (k % 8) });
  }
  // neighbours that the same object alone refers to: where the row of one ends, that of the next goes on with the same source
  const [first, second] = [shape.object(64), shape.object(64)];
  const both = shape.object(24);
  for (const [k, target] of [first, second, second].entries())
    shape.point(both, 8 * k, { object: target, offset: 8 * k });
  return shape;
}

test('each entry of the referrers has its own reference, whose pointer leads where the object lies', async () => {
  const graph = await graphOf(buildDump(scene(), platform('go1.27.4')).bytes);
  const { referenceStart, referenceTarget, referrerStart, referrerSource, objectCount } = graph;
  const pointers = pointersInFile(graph);
  const seen: number[] = [];
  for (let id = 1; id <= objectCount; id++)
    for (let referrer = referrerStart[id]; referrer < referrerStart[id + 1]; referrer++) {
      const reference = pointers.referenceOf(id, referrer);
      const source = referrerSource[referrer];
      expect(referenceTarget[reference]).toBe(id);
      expect(reference).toBeGreaterThanOrEqual(referenceStart[source]);
      expect(reference).toBeLessThan(referenceStart[source + 1]);
      const { offset, targetOffset } = await pointers.of(source);
      const at = reference - referenceStart[source];
      expect([offset[at], targetOffset[at]]).toEqual([8 * at, 8 * (at % 8)]);
      seen.push(reference);
    }
  expect(seen.sort((a, b) => a - b)).toEqual(Array.from(referenceTarget, (_, reference) => reference));
  expect((await pointers.of(1)).offset).toHaveLength(0);
});
