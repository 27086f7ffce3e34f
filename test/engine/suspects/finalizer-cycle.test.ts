// Cycles with finalizers on them: the planted ones in every version, and shapes that differ from them in one thing.
import { describe, expect, test } from 'vitest';
import { Shape } from '../../../fixtures/builder/shape';
import { finalizerCycle } from '../../../workers/suspects/detectors/finalizer-cycle';
import { truthOf } from '../../support/dumps';
import { detectIn, detectInShape, lines, provenObjects, surviveDamage } from './detected';

const VERSIONS = ['go1.19.8', 'go1.22.12', 'go1.27.4', 'go1.27.4-386', 'go1.27.4-mips'];

describe.each(VERSIONS)('finalizers of %s', (version) => {
  test('the five pairs are one leak with all that they hold', async () => {
    const { heap, findings } = await detectIn(finalizerCycle, `${version}/finalizers`);
    expect(findings).toHaveLength(1);
    const [{ severity, confidence, objects, bytes, proofs }] = findings;
    expect([severity, confidence]).toEqual(['leak', 'certain']);
    // each pair and its 20,000 bytes
    expect(objects).toBe(15);
    expect(bytes).toBeGreaterThan(5 * 20_000);
    const pairs = truthOf(`${version}/finalizers`).objects.filter(({ name }) => /^[AB]\d$/.test(name));
    const planted = new Set(pairs.map(({ addr }) => addr));
    const proven = provenObjects(heap, proofs);
    expect(proven.length).toBeGreaterThanOrEqual(5);
    for (const address of proven) expect(planted).toContain(address);
  });
});

test('with names, the finding says what, which function and which way back', async () => {
  const { findings } = await detectIn(finalizerCycle, 'go1.27.4/finalizers', 'go1.27.4/finalizers');
  expect(lines(findings)).toEqual([
    'leak/certain 5 × main.A will never be freed: the finalizer main.finalizeA is set on a cycle',
  ]);
  expect(findings[0].key).toBe('main.finalizeA on main.A');
  // of one pair with its buffer: the finalizer from outside, and the way back from inside
  expect(findings[0].cuts.map(({ objects, bytes, exact }) => [objects, bytes, exact])).toEqual([
    [3, 20560, true],
    [3, 20560, true],
  ]);
  expect(findings[0].proofs[0].text).toBe("the finalizer's object; the way back: main.A .b → main.B .a → main.A");
});

test.each(['go1.27.4/cache', 'go1.26.11/fresh', 'go1.27.4/layout', 'go1.27.4/ifaces', 'go1.27.4/poolcycle'])(
  '%s, which has cycles and no finalizer of its own, has none',
  async (dump) => {
    expect((await detectIn(finalizerCycle, dump)).findings).toEqual([]);
  },
);

const CODE = { address: 0x401000 };

/** `a` with a finalizer, and whether `a` refers to `b` and `b` back to `a`. */
function pair({ back = true, queued = false, held = false, word = false, stackObject = false }): Shape {
  const shape = new Shape();
  const a = shape.object(32, 'a');
  const b = shape.object(48, 'b');
  shape.point(a, 0, b);
  shape.point(b, 8, back ? a : { address: 0 });
  shape.finalizer(a, CODE, { queued });
  if (held) shape.bss.push({ offset: 8, target: b });
  const frame = shape.goroutine({ waitReason: 'select' }).frame('main.main');
  if (word) frame.holds(16, a);
  // a pointer into the frame: what lies above it may be a variable that is used through its address
  if (stackObject) frame.lists(0, { frame, offset: 8 });
  return shape;
}

describe('one thing apart', () => {
  test.each([
    ['a pair', pair({}), ['leak/certain']],
    ['a pair without a way back', pair({ back: false }), []],
    ['a pair whose finalizer is queued already', pair({ queued: true }), []],
    ['a pair that a global holds', pair({ held: true }), ['note/likely']],
    ['a pair that a dead word leads to', pair({ word: true }), ['leak/certain']],
    ['a pair that a word in a stack object leads to', pair({ word: true, stackObject: true }), ['leak/likely']],
  ])('%s', async (_, shape, expected) => {
    const { findings } = await detectInShape(finalizerCycle, shape);
    expect(findings.map(({ severity, confidence }) => `${severity}/${confidence}`)).toEqual(expected);
  });

  test('three pairs that a map holds are a pattern', async () => {
    const shape = new Shape();
    const map = shape.object(64, 'map');
    shape.bss.push({ offset: 0, target: map });
    for (let i = 0; i < 3; i++) {
      const a = shape.object(32);
      const b = shape.object(48);
      shape.point(a, 0, b);
      shape.point(b, 8, a);
      shape.point(map, 8 * i, a);
      shape.finalizer(a, CODE);
    }
    const { findings } = await detectInShape(finalizerCycle, shape);
    expect(findings.map(({ severity, objects }) => [severity, objects])).toEqual([['warning', 6]]);
  });
});

test("a finalizer's closure that leads back pins its object, though the heap has no cycle", async () => {
  const pinned = (back: boolean): Shape => {
    const shape = new Shape();
    const device = shape.object(64, 'device');
    const object = shape.object(32, 'object');
    const closure = shape.object(16, 'closure');
    shape.point(device, 8, object);
    shape.point(closure, 8, back ? device : { address: 0 });
    shape.finalizer(object, closure);
    return shape;
  };
  const { findings, heap, id } = await detectInShape(finalizerCycle, pinned(true));
  expect(heap.components.cycleCount).toBe(0);
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({ severity: 'leak', confidence: 'certain', objects: 3, bytes: 112 });
  expect(findings[0].proofs.map((proof) => proof.kind === 'object' && proof.objectId)).toEqual([
    id('object'),
    id('closure'),
    id('device'),
  ]);
  expect((await detectInShape(finalizerCycle, pinned(false))).findings).toEqual([]);
});

test('two finalizers whose closures hold each other’s object pin both', async () => {
  const shape = new Shape();
  const [a, b] = [shape.object(32), shape.object(48)];
  const [closureOfA, closureOfB] = [shape.object(16), shape.object(16)];
  shape.point(closureOfA, 8, b);
  shape.point(closureOfB, 8, a);
  shape.finalizer(a, closureOfA);
  shape.finalizer(b, closureOfB);
  const { findings } = await detectInShape(finalizerCycle, shape);
  // different sizes: two kinds, each of which holds the other
  expect(findings.map(({ severity, objects }) => [severity, objects])).toEqual([
    ['leak', 4],
    ['leak', 4],
  ]);
});

test('damaged dumps give findings or none, but never an error', async () => {
  expect(await surviveDamage(finalizerCycle, 'go1.27.4/finalizers', 12)).toBeGreaterThan(4);
});
