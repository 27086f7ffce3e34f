/** Values side by side are followed to the last one, however many they are, with pauses in between. */
import { expect, test } from 'vitest';
import { buildDump } from '../../../fixtures/builder/build';
import { platform } from '../../../fixtures/builder/platform';
import { NIL, Shape } from '../../../fixtures/builder/shape';
import { MemoryAccount } from '../../../workers/lib/alloc';
import { nameObjects } from '../../../workers/naming/name-objects';
import { graphOf } from '../../support/dumps';

const SEED = 12345;

/** A map of 2^depth tables, as its header says; only the first and the last of them are there. */
function mapOfTables(depth: number): Shape {
  const tables = 2 ** depth;
  const shape = new Shape();
  const header = shape.object(48, 'header');
  const directory = shape.object(8 * tables, 'directory');
  const [first, last] = [shape.object(32, 'first'), shape.object(32, 'last')];
  shape.point(header, 16, directory);
  shape.plainWords.set(header, [
    { offset: 8, value: SEED },
    { offset: 24, value: tables },
    { offset: 32, value: depth + 256 * (64 - depth) },
  ]);
  for (let table = 0; table < tables; table++)
    shape.point(directory, 8 * table, table === 0 ? first : table === tables - 1 ? last : NIL);
  for (const table of [first, last]) shape.point(table, 16, shape.object(64));
  shape.bss.push({ offset: 0, target: header });
  return shape;
}

/** Names the map's dump; tells how many tables were found, and how often there was a chance to pause. */
async function named(depth: number): Promise<{ tables: number; checkpoints: number }> {
  const graph = await graphOf(buildDump(mapOfTables(depth), platform('go1.27.4')).bytes);
  let checkpoints = 0;
  const naming = await nameObjects(graph, {
    executable: null,
    account: new MemoryAccount(),
    windowBudget: 2 ** 28,
    checkpoint: () => {
      checkpoints++;
    },
  });
  const types = Array.from({ length: graph.objectCount }, (_, i) => naming.label(i + 1).type);
  return { tables: types.filter((type) => type === 'internal/runtime/maps.table').length, checkpoints };
}

test('the last of many', async () => {
  const [few, many] = [await named(8), await named(18)];
  expect([few.tables, many.tables]).toEqual([2, 2]);
  expect(many.checkpoints).toBeGreaterThanOrEqual(few.checkpoints + 3);
});
