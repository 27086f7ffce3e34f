// Goroutines by stack, roots by kind and closures by function, held against the lists of single ones.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Summary } from '../../../workers/api/rows';
import type { AnalysisSession } from '../../../workers/api/session';
import { MAX_PAGE, type Address } from '../../../workers/api/values';
import { createDirectSession } from '../../../workers/hosts/direct';
import { executableOf } from '../../support/programs';
import { createSession } from '../../../workers/session/create-session';
import { fixture, TestHost } from './test-host';

const PAGE = { offset: 0, limit: MAX_PAGE };
const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

/** Goroutines that leak at one place, finalizers, several roots of a kind. */
describe.each(['go1.27.4/chanleak.heap', 'go1.27.4/finalizers.heap', 'go1.27.4-mips/finalizers.heap'])('%s', (name) => {
  let session: AnalysisSession;
  let summary: Summary;

  beforeAll(async () => {
    session = createDirectSession();
    summary = await session.open({ file: fixture(name) });
  });
  afterAll(() => session.close());

  test('stacks share the goroutines out among them, and each opens to its own', async () => {
    const { rows, total } = await session.goroutineKinds(PAGE);
    expect(rows).toHaveLength(total);
    expect(sum(rows.map(({ count }) => count))).toBe(summary.goroutines.total);
    const seen = new Set<number>();
    for (const row of rows) {
      const members = await session.goroutines({ ...PAGE, like: row.first });
      expect(members.total).toBe(row.count);
      for (const member of members.rows) {
        seen.add(member.id);
        expect(member.waitsIn).toEqual(row.waitsIn);
        expect(member.createdBy).toEqual(row.createdBy);
      }
      expect(sum(row.states.map(({ count }) => count))).toBe(row.count);
      // what several of them share counts for the kind and for none of them
      const single = sum(members.rows.map(({ retainedBytes }) => retainedBytes));
      expect(row.alone.bytes).toBeGreaterThanOrEqual(single);
      if (row.count === 1) expect(row.alone.bytes).toBe(single);
      expect(row.reaches.bytes).toBeGreaterThanOrEqual(row.alone.bytes);
      expect(row.reaches.bytes).toBeLessThanOrEqual(summary.heap.reachableBytes);
    }
    expect(seen.size).toBe(summary.goroutines.total);
  });

  test('variables are those of the frames, and reach no more than their goroutines do', async () => {
    const { rows } = await session.goroutineKinds(PAGE);
    for (const row of rows) {
      for (const variable of row.variables) {
        expect(variable.name).not.toMatch(/^runtime\./);
        expect(variable.roots).toBeGreaterThan(0);
        expect(variable.alone.bytes).toBeLessThanOrEqual(row.alone.bytes);
        expect(variable.reaches.bytes).toBeLessThanOrEqual(row.reaches.bytes);
      }
      expect(row.variables.length).toBe(Math.min(row.variablesTotal, 8));
    }
  });

  test('kinds share the roots out among them, and each opens to its own', async () => {
    const { rows, total } = await session.rootKinds(PAGE);
    expect(rows).toHaveLength(total);
    expect(sum(rows.map(({ roots }) => roots))).toBe(sum(Object.values(summary.roots)));
    expect(sum(rows.map(({ alone }) => alone.bytes))).toBeLessThanOrEqual(summary.heap.reachableBytes);
    for (const row of rows.slice(0, 40)) {
      const members = await session.roots({ ...PAGE, of: { name: row.name, holder: row.holder } });
      expect(members.total).toBe(row.roots);
      expect(members.rows.every(({ holder }) => holder === row.holder)).toBe(true);
      expect(row.reaches.bytes).toBeGreaterThanOrEqual(row.retainedBytes);
      expect(row.reaches.bytes).toBeGreaterThanOrEqual(row.alone.bytes);
      if (members.total <= MAX_PAGE) expect(row.retainedBytes).toBe(await retainedTogether(session, members.rows));
    }
  });

  test('types share out what an object dominates, and each opens to its own', async () => {
    const top = await session.dominated({ ...PAGE, of: 'root' });
    for (const of of ['root', ...top.rows.slice(0, 3).map(({ address }) => address)] as const) {
      const { rows, total } = await session.dominatedKinds({ ...PAGE, of });
      const children = await session.dominated({ ...PAGE, of });
      expect(rows).toHaveLength(total);
      expect(sum(rows.map(({ count }) => count))).toBe(children.total);
      for (const row of rows.slice(0, 20)) {
        const members = await session.dominated({ ...PAGE, of, type: { name: row.name, shape: row.shape } });
        expect(members.total).toBe(row.count);
        expect(members.rows[0]).toEqual(row.largest);
        if (members.total > MAX_PAGE) continue;
        expect(row.retainedBytes).toBe(sum(members.rows.map(({ retainedSize }) => retainedSize)));
        expect(row.retainedObjects).toBe(sum(members.rows.map(({ retainedObjects }) => retainedObjects)));
        expect(row.bytes).toBe(sum(members.rows.map(({ size }) => size)));
      }
    }
    const filters = { count: '>1' };
    const sorted = await session.dominatedKinds({
      ...PAGE,
      of: 'root',
      filters,
      sort: { column: 'count', descending: true },
    });
    const counts = sorted.rows.map(({ count }) => count);
    expect(counts).toEqual(counts.filter((count) => count > 1).sort((a, b) => b - a));
  });

  test('holders can be filtered, and what is not there is refused', async () => {
    const { rows } = await session.rootKinds({ ...PAGE, filters: { holder: '/^global$/' } });
    expect(new Set(rows.map(({ holder }) => holder))).toEqual(new Set(['global']));
    await expect(session.goroutines({ ...PAGE, like: 99_999 })).rejects.toMatchObject({ name: 'NotFound' });
    const of = { name: 'main.nowhere', holder: 'global' } as const;
    await expect(session.roots({ ...PAGE, of })).rejects.toMatchObject({ name: 'NotFound' });
  });
});

/** The targets that no other target dominates. */
async function retainedTogether(
  session: AnalysisSession,
  roots: readonly { target: Address; retainedSize: number }[],
): Promise<number> {
  const targets = new Map(roots.map(({ target, retainedSize }) => [target, retainedSize]));
  let bytes = 0;
  for (const [target, retainedSize] of targets) {
    const above = await session.dominatorChain(target);
    if (!above.some(({ address }) => targets.has(address))) bytes += retainedSize;
  }
  return bytes;
}

test('goroutines that leak are one stack, whatever state they were left in', async () => {
  const session = createDirectSession();
  await session.open({ file: fixture('go1.27.4/chanleak.heap') });
  const { rows } = await session.goroutineKinds({
    ...PAGE,
    filters: { state: 'chan' },
    sort: { column: 'count', descending: true },
  });
  expect(rows.map(({ count, entry }) => `${count} ${entry}`)).toEqual([
    '10 main.leakSend.func1',
    '10 main.leakRecv.func1',
    '1 main.timeoutLeak.func1',
    '1 main.main.func1',
    '1 main.main.func2',
    '1 main.main.gowrap2',
    '1 main.main.func8',
  ]);
  await session.close();
});

test('closures of a function reach at least what they alone reach, and that at least what they retain', async () => {
  const host = new TestHost();
  host.executables.set('program', executableOf('go1.27.4/closureleak'));
  const session = createSession(host);
  await session.open({ file: 'go1.27.4/closureleak.heap', executable: 'program' });
  const { rows } = await session.closures(PAGE);
  expect(rows.length).toBeGreaterThan(3);
  for (const row of rows) {
    expect(row.reaches.bytes).toBeGreaterThanOrEqual(row.alone.bytes);
    expect(row.reaches.bytes).toBeGreaterThanOrEqual(row.retainedBytes);
    expect(row.reaches.objects).toBeGreaterThanOrEqual(row.objects);
  }
  await session.close();
});
