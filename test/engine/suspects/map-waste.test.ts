// Maps emptied but as large as ever: the planted one beside its full twin, and maps of the newer layout built for it.
import { describe, expect, test } from 'vitest';
import { Shape } from '../../../fixtures/builder/shape';
import { mapWaste } from '../../../workers/suspects/detectors/map-waste';
import { detectIn, detectInShape, lines, surviveDamage } from './detected';

describe('waste', () => {
  test('the emptied map is told of, the filled one is not', async () => {
    const { findings } = await detectIn(mapWaste, 'go1.19.8/waste', 'go1.19.8/waste');
    expect(lines(findings)).toEqual([
      'note/likely 567.3 KiB of tables are unused in 1 map: map[int64]main.Session at main.Registry .emptied',
    ]);
    expect(findings[0].proofs.map(({ text }) => text)).toEqual(['10 entries in 8,192 slots: 567.3 KiB for nothing']);
  });

  test('without names it is found all the same', async () => {
    const { findings } = await detectIn(mapWaste, 'go1.19.8/waste');
    expect(findings.map(({ proofs }) => proofs[0].text)).toEqual(['10 entries in 8,192 slots: 567.3 KiB for nothing']);
  });
});

const GROUP_BYTES = 8 + 8 * 16;

/** A map since Go 1.24 with so many entries, and tables with so many slots in all. */
function swissMap(used: number, slots: number, tables = 1): Shape {
  const shape = new Shape();
  const header = shape.object(48, 'map');
  const directory = shape.object(8 * tables);
  const depth = Math.log2(tables);
  shape.put(header, 0, used);
  shape.put(header, 8, 0x1234567);
  shape.point(header, 16, directory);
  shape.put(header, 24, tables);
  shape.put(header, 32, depth | ((64 - depth) << 8));
  for (let i = 0; i < tables; i++) {
    const capacity = slots / tables;
    const table = shape.object(32);
    shape.put(table, 0, Math.round(used / tables) | (capacity << 16));
    shape.point(table, 16, shape.object((capacity / 8) * GROUP_BYTES));
    shape.put(table, 24, capacity / 8 - 1);
    shape.point(directory, 8 * i, table);
  }
  shape.bss.push({ offset: 8, target: header });
  return shape;
}

describe('maps of groups and tables', () => {
  test.each([
    ['nearly empty', swissMap(5, 8192), ['5 entries in 8,192 slots: 135.9 KiB for nothing']],
    ['nearly empty, of several tables', swissMap(40, 8192, 8), ['40 entries in 8,192 slots: 143.3 KiB for nothing']],
    ['as full as growing leaves them', swissMap(3600, 8192), []],
    ['nearly empty, but small', swissMap(1, 256), []],
  ])('%s', async (_, shape, expected) => {
    const { findings } = await detectInShape(mapWaste, shape, 'go1.25.4');
    expect(findings.flatMap(({ proofs }) => proofs.map(({ text }) => text))).toEqual(expected);
  });
});

test('a large part of a large heap is a warning', async () => {
  const severities = async (slots: number): Promise<string[]> =>
    (await detectInShape(mapWaste, swissMap(1024, slots, 1024), 'go1.25.4')).findings.map(({ severity }) => severity);
  expect(await severities(2 ** 19)).toEqual(['note']);
  expect(await severities(2 ** 20)).toEqual(['warning']);
});

test.each(['go1.27.4/cache', 'go1.22.12/cache', 'go1.27.4/mixed-3k', 'go1.27.4/layout', 'go1.26.11/fresh'])(
  'none in %s',
  async (dump) => {
    expect((await detectIn(mapWaste, dump)).findings).toEqual([]);
  },
);

test('damaged dumps give findings or none, but never an error', async () => {
  expect(await surviveDamage(mapWaste, 'go1.27.4/cache', 10)).toBeGreaterThan(3);
});
