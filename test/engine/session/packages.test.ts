// Types by package, held against the list of types.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AnalysisSession } from '../../../workers/api/session';
import type { Summary } from '../../../workers/api/rows';
import { MAX_PAGE } from '../../../workers/api/values';
import { createDirectSession } from '../../../workers/hosts/direct';
import { places } from '../../../src/renderer/state/place';
import { fixture } from './test-host';

const PAGE = { offset: 0, limit: MAX_PAGE };
const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

let session: AnalysisSession;
let summary: Summary;
beforeAll(async () => {
  session = createDirectSession();
  summary = await session.open({ file: fixture('sample/orders-go1.19.heap') });
});
afterAll(() => session.close());

test('packages share all objects out among them, and each opens to its own types', async () => {
  const { rows, total } = await session.packages(PAGE);
  expect(rows).toHaveLength(total);
  expect(rows.map((row) => row.package)).toContain('main');
  expect(sum(rows.map(({ objects }) => objects))).toBe(summary.heap.objects);
  expect(sum(rows.map(({ bytes }) => bytes))).toBe(summary.heap.bytes);
  for (const row of rows) {
    const types = await session.types({ ...PAGE, filters: places.typesOf(row.package).filters });
    expect(types.total, row.package ?? 'none').toBe(row.types);
    expect(types.rows.every((type) => type.package === row.package)).toBe(true);
    expect(sum(types.rows.map(({ bytes }) => bytes))).toBe(row.bytes);
    // what two of its types retain both counts once for the package
    const largest = Math.max(...types.rows.map(({ retainedBytes }) => retainedBytes));
    expect(row.retainedBytes).toBeGreaterThanOrEqual(largest);
    expect(row.retainedBytes).toBeLessThanOrEqual(sum(types.rows.map(({ retainedBytes }) => retainedBytes)));
  }
});

test('packages sort and filter as types do', async () => {
  const { rows } = await session.packages({ ...PAGE, sort: { column: 'retained', descending: true } });
  const retained = rows.map(({ retainedBytes }) => retainedBytes);
  expect(retained).toEqual(retained.toSorted((a, b) => b - a));
  const found = await session.packages({ ...PAGE, filters: { name: 'main' } });
  expect(found.rows.map((row) => row.package)).toEqual(['main']);
});
