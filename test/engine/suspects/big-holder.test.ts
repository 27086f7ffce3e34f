// Holders of a large share: heaps built for it, the accumulation point among the objects on the way, and heaps where nothing stands out.
import { describe, expect, test } from 'vitest';
import { Shape } from '../../../fixtures/builder/shape';
import { bigHolder } from '../../../workers/suspects/detectors/big-holder';
import { detectIn, detectInShape, surviveDamage } from './detected';

const MIB = 2 ** 20;

/** An array of `count` items of so many bytes, behind `wrappers` objects that each hold the next. */
function collection(count: number, bytes: number, wrappers = 0): Shape {
  const shape = new Shape();
  const array = shape.object(8 * count, 'array');
  for (let i = 0; i < count; i++) shape.point(array, 8 * i, shape.object(bytes));
  let top = array;
  for (let i = 0; i < wrappers; i++) {
    const wrapper = shape.object(32);
    shape.point(wrapper, 0, top);
    top = wrapper;
  }
  shape.bss.push({ offset: 16, target: top });
  return shape;
}

/** Objects that roots hold one by one. */
function side(sizes: readonly number[]): Shape {
  const shape = new Shape();
  sizes.forEach((bytes, i) => shape.bss.push({ offset: 8 * i, target: shape.object(bytes) }));
  return shape;
}

describe('a collection', () => {
  test('that holds all is told of with what it holds', async () => {
    const { findings, id } = await detectInShape(bigHolder, collection(3000, 2048));
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ severity: 'note', confidence: 'certain', objects: 3001 });
    expect(findings[0].bytes).toBeGreaterThan(3000 * 2048);
    expect(findings[0].title).toMatch(
      /retains 5\.9 MiB, 100 % of what is reachable, most of it in 3,000 × 2048 B, no pointers$/,
    );
    expect(findings[0].proofs[0]).toMatchObject({ kind: 'object', objectId: id('array') });
    expect(findings[0].cuts[0].bytes).toBe(findings[0].bytes);
  });

  test('is found below what only leads to it', async () => {
    const { findings, id } = await detectInShape(bigHolder, collection(3000, 2048, 5));
    expect(findings.map(({ proofs: [first] }) => first.kind === 'object' && first.objectId)).toEqual([id('array')]);
  });

  test('of very many equal items that have half of the heap is a warning', async () => {
    const { findings } = await detectInShape(bigHolder, collection(100_000, 48));
    expect(findings.map(({ severity }) => severity)).toEqual(['warning']);
  });

  test('of a small heap is none', async () => {
    expect((await detectInShape(bigHolder, collection(1000, 2048))).findings).toEqual([]);
  });
});

test('many objects of one kind that roots hold one by one are a crowd', async () => {
  const { findings } = await detectInShape(bigHolder, side(Array.from({ length: 600 }, () => 16384)));
  expect(findings.map(({ title, objects, bytes }) => [title.split(',')[0], objects, bytes])).toEqual([
    ['600 × 16384 B', 600, 600 * 16384],
  ]);
});

test('objects of many kinds that roots hold one by one are none', async () => {
  const sizes = Array.from({ length: 20 }, (_, i) => MIB / 2 + i * 8192);
  expect((await detectInShape(bigHolder, side(sizes))).findings).toEqual([]);
});

test('garbage is nobody’s', async () => {
  const shape = side(Array.from({ length: 20 }, (_, i) => MIB / 2 + i * 8192));
  shape.object(30 * MIB);
  expect((await detectInShape(bigHolder, shape)).findings).toEqual([]);
});

test.each(['go1.27.4/layout', 'go1.27.4/ifaces', 'go1.26.11/fresh', 'go1.27.4/poolcycle', 'go1.27.4/mixed-3k'])(
  'none in %s',
  async (dump) => {
    expect((await detectIn(bigHolder, dump)).findings).toEqual([]);
  },
);

test('damaged dumps give findings or none, but never an error', async () => {
  expect(await surviveDamage(bigHolder, 'go1.27.4/mixed-3k', 8)).toBeGreaterThan(2);
});
