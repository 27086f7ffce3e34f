// Holders of a large share: heaps built for it, the accumulation point among the objects on the way, and heaps where nothing stands out.
import { describe, expect, test } from 'vitest';
import { NIL, Shape } from '../../../fixtures/builder/shape';
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

/** A Swiss map of so many tables (Go 1.24 and later), each with one array of 128 groups whose slots point at values. */
function map(tables: number, bytes: number): Shape {
  const shape = new Shape();
  const header = shape.object(48, 'header');
  const depth = Math.log2(tables);
  shape.put(header, 0, tables * 1024);
  shape.put(header, 8, 0x5eed);
  shape.put(header, 24, tables);
  shape.put(header, 32, depth + 0x100 * (64 - depth));
  const directory = shape.object(8 * tables);
  shape.point(header, 16, directory);
  for (let i = 0; i < tables; i++) {
    const table = shape.object(32);
    // {used, capacity, growthLeft u16, localDepth u8, index}
    shape.put(table, 0, 1024 + 0x10000 * 1024 + 2 ** 48 * depth);
    shape.put(table, 8, i);
    const groups = shape.object(128 * (8 + 8 * 16), 'groups' + i.toString());
    shape.point(table, 16, groups);
    shape.put(table, 24, 127);
    for (let at = 0; at < 1024; at++) {
      const group = Math.floor(at / 8) * 136;
      shape.point(groups, group + 8 + 16 * (at % 8) + 8, shape.object(bytes));
    }
    shape.point(directory, 8 * i, table);
  }
  shape.bss.push({ offset: 16, target: header });
  return shape;
}

test.each([2, 4])('a map of %i tables is one holder, and its entries are what it holds', async (tables) => {
  const { findings, id } = await detectInShape(bigHolder, map(tables, 4096));
  expect(findings.map(({ proofs: [first] }) => first.kind === 'object' && first.objectId)).toEqual([id('header')]);
  const [{ title, fix }] = findings;
  expect(title).toBe(
    `bss+0x10, a map, retains ${tables === 2 ? '8.0' : '16.1'} MiB, 100 % of what is reachable, ` +
      `most of it in ${(1024 * tables).toLocaleString('en-US')} × 4096 B, no pointers`,
  );
  expect(fix.before).toContain('cache[key] = value');
});

/** A channel of Go 1.25 and later with so many jobs in its buffer, of 1,024 slots. */
function channel(jobs: number, bytes: number): Shape {
  const shape = new Shape();
  const header = shape.object(112, 'channel');
  const buffer = shape.object(8 * 1024);
  shape.put(header, 0, jobs);
  shape.put(header, 8, 1024);
  shape.point(header, 16, buffer);
  shape.put(header, 24, 8);
  // timer, the list heads of both queues, bubble
  for (const offset of [32, 64, 72, 80, 88, 96]) shape.point(header, offset, NIL);
  shape.point(header, 40, { address: 0x4fbba8 });
  shape.put(header, 48, jobs % 1024);
  for (let i = 0; i < jobs; i++) shape.point(buffer, 8 * i, shape.object(bytes));
  shape.bss.push({ offset: 16, target: header });
  return shape;
}

describe('a channel', () => {
  test('whose buffer is full is the holder of what was sent', async () => {
    const { findings, id } = await detectInShape(bigHolder, channel(1000, 8192));
    expect(findings.map(({ title }) => title)).toEqual([
      'bss+0x10, a channel, retains 7.8 MiB, 100 % of what is reachable, most of it in 1,000 × 8192 B, no pointers',
    ]);
    expect(findings[0].proofs[0]).toMatchObject({ kind: 'object', objectId: id('channel') });
    expect(findings[0].fix.before).toContain('make(chan');
  });

  test('that was drained holds nothing', async () => {
    expect((await detectInShape(bigHolder, channel(0, 8192))).findings).toEqual([]);
  });
});

/** A list of so many links, each with a text beside it. */
function chain(links: number, bytes: number): Shape {
  const shape = new Shape();
  let next = shape.object(bytes, 'last');
  for (let i = 1; i < links; i++) {
    const link = shape.object(bytes);
    shape.point(link, 0, next);
    shape.point(link, 8, shape.object(16));
    next = link;
  }
  shape.bss.push({ offset: 16, target: next });
  return shape;
}

describe('a chain', () => {
  test('is told with its length, although no step down parts', async () => {
    const { findings } = await detectInShape(bigHolder, chain(20_000, 224));
    // the last link points at nothing, and is of another shape
    expect(findings.map(({ title }) => title)).toEqual([
      'A chain of 19,999 × 224 B, pointers at +0 +8 from bss+0x10 retains 4.6 MiB, 100 % of what is reachable',
    ]);
    expect(findings[0]).toMatchObject({ severity: 'note', objects: 39_999, bytes: 20_000 * 224 + 19_999 * 16 });
  });

  test('that is short is none', async () => {
    expect((await detectInShape(bigHolder, chain(200, 224))).findings).toEqual([]);
  });

  test('that leads to a collection leaves the collection the holder', async () => {
    const shape = chain(50, 224);
    const array = shape.object(8 * 3000, 'array');
    for (let i = 0; i < 3000; i++) shape.point(array, 8 * i, shape.object(2048));
    shape.point(shape.id('last'), 0, array);
    const { findings, id } = await detectInShape(bigHolder, shape);
    expect(findings.map(({ proofs: [first] }) => first.kind === 'object' && first.objectId)).toEqual([id('array')]);
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
