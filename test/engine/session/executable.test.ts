// What a session does with an executable: the right one, a wrong one, a broken one, one that takes long.
import { beforeEach, describe, expect, test } from 'vitest';
import { Random } from '../../../fixtures/builder/random';
import type { ObjectRow, TypeRow } from '../../../workers/api/rows';
import type { AnalysisSession } from '../../../workers/api/session';
import { MAX_PAGE, type Page, type Range } from '../../../workers/api/values';
import { createSession } from '../../../workers/session/create-session';
import { truthOf } from '../../support/dumps';
import { executableOf } from '../../support/programs';
import { TestHost } from './test-host';

const DUMP = 'go1.27.4/poolcycle.heap';
const PAGE = { offset: 0, limit: MAX_PAGE };

let host: TestHost;
let session: AnalysisSession;

beforeEach(() => {
  host = new TestHost();
  host.executables.set('poolcycle', executableOf('go1.27.4/poolcycle'));
  session = createSession(host);
});

async function all<Row>(ask: (range: Range) => Promise<Page<Row>>): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const page = await ask({ offset: rows.length, limit: MAX_PAGE });
    rows.push(...page.rows);
    if (rows.length >= page.total) return rows;
  }
}

function planted(name: string): `0x${string}` {
  return truthOf('go1.27.4/poolcycle').objects.find((object) => object.name === name)!.addr as `0x${string}`;
}

describe('the executable that wrote the dump', () => {
  beforeEach(async () => {
    await session.open({ file: DUMP, executable: 'poolcycle' });
  });

  test('is told about, and how much it names', async () => {
    const { heap, naming, dump, limits } = await session.summary();
    expect(naming.executable).toMatchObject({ file: 'poolcycle', stripped: false, matches: true });
    expect(naming.executable?.verdict).toMatch(/^The executable matches: /);
    const { exact, likely, kind, shape } = naming.objects;
    expect(exact + likely + kind + shape).toBe(heap.objects);
    expect(exact).toBeGreaterThan(0.8 * heap.objects);
    const { bytes } = naming;
    expect(bytes.exact + bytes.likely + bytes.kind + bytes.shape).toBe(heap.bytes);
    expect(dump.warnings).toEqual([]);
    expect(limits.join()).not.toContain('need the executable');
  });

  test('names an object, its fields, its roots, and says why', async () => {
    const owner = await session.object(planted('owner'));
    expect(owner).toMatchObject({ type: 'main.Owner', evidence: 'exact', hint: null });
    expect(owner?.reason).toMatch(/ says so\.$| points at it\.$/);
    const references = await session.references(planted('victim0'), PAGE);
    expect(references.rows.map(({ field }) => field)).toEqual(['.buf', '.release']);
    const { paths } = await session.rootPaths({ address: planted('owner'), count: 1 });
    expect(paths[0].root.name).toMatch(/^main\./);
    expect(paths[0].steps.slice(1).every(({ field }) => field !== null)).toBe(true);
  });

  test('groups objects by type and package', async () => {
    const types = await all((range) => session.types(range));
    expect(types.reduce((sum, { objects }) => sum + objects, 0)).toBe((await session.summary()).heap.objects);
    const item = types.find(({ name }) => name === 'main.Item') as TypeRow;
    expect(item).toMatchObject({ package: 'main', evidence: 'exact' });
    const items = await all((range) => session.objects({ ...range, of: { name: item.name, shape: item.shape } }));
    expect(items).toHaveLength(item.objects);
    expect(new Set(items.map(({ type }) => type))).toEqual(new Set(['main.Item']));
    const whole = await session.types({ ...PAGE, filters: { name: '/^main\\.Item$/' } });
    expect(whole.rows.map(({ name }) => name)).toEqual(['main.Item']);
    const inMain = await session.types({ ...PAGE, filters: { name: 'pkg:main' } });
    expect(inMain.rows.map(({ name }) => name).sort()).toEqual(
      types
        .filter((row) => row.package?.includes('main'))
        .map(({ name }) => name)
        .sort(),
    );
  });

  test('makes types findable by name, expression and package', async () => {
    const hits = async (text: string) => (await session.search(text, 50)).map(({ kind, label }) => `${kind} ${label}`);
    expect(await hits('main.item')).toContain('type main.Item');
    expect(await hits('/^main\\.(item|owner)$/')).toEqual(['type main.Item', 'type main.Owner']);
    expect(await hits('/^MAIN.I\\D{3}$/')).toEqual(['type main.Item']);
    expect(await hits('pkg:Main')).toContain('type main.Owner');
    expect(await hits('/(/')).toEqual([]);
  });

  test('calls cycles and drawings by their types', async () => {
    const objects = await all((range) => session.objects(range));
    const { cycle } = objects.find(({ address }) => address === planted('owner')) as ObjectRow;
    expect((await session.cycle(cycle!)).shape).toContain(' × main.');
    const { nodes, edges } = await session.drawing({ cycle: cycle!, budget: 60, expanded: [] });
    expect(nodes.map(({ title }) => title)).toContain('main.Owner');
    expect(nodes.some(({ isClosure }) => isClosure)).toBe(true);
    expect(edges.some(({ label }) => label?.startsWith('captured '))).toBe(true);
  });

  test('reports every object by address', async () => {
    const names = await all((range) => session.names(range));
    const objects = await all((range) => session.objects({ ...range, sort: { column: 'address', descending: false } }));
    expect(names.map(({ address, type, evidence, size }) => ({ address, type, evidence, size }))).toEqual(
      objects.map(({ address, type, evidence, size }) => ({ address, type, evidence, size })),
    );
    expect(names.every(({ reason }) => reason.endsWith('.'))).toBe(true);
  });
});

describe('which executable', () => {
  test('what lies beside the dump is taken unless that is forbidden', async () => {
    host.executables.set(`${DUMP} beside`, executableOf('go1.27.4/poolcycle-stripped'));
    const { naming } = await session.open({ file: DUMP });
    expect(naming.executable).toMatchObject({ matches: true, stripped: true });
    expect((await session.open({ file: DUMP, executable: null })).naming.executable).toBeNull();
  });

  test('one that is not there is an error, by name', async () => {
    await expect(session.open({ file: DUMP, executable: 'gone' })).rejects.toMatchObject({
      name: 'CannotRead',
      message: expect.stringContaining('gone') as string,
    });
    expect(host.opened.map(({ closed }) => closed)).toEqual([1]);
  });

  test('a wrong one is refused with the first thing that differs; the dump opens as without it', async () => {
    const alone = await session.open({ file: DUMP, executable: null });
    host.executables.set('layout', executableOf('go1.27.4/layout'));
    const { dump, naming } = await session.open({ file: DUMP, executable: 'layout' });
    expect(naming.executable).toMatchObject({ file: 'layout', matches: false });
    expect(naming.objects).toEqual(alone.naming.objects);
    expect(dump.warnings).toEqual([
      {
        code: 'executable-mismatch',
        message: expect.stringMatching(
          /^layout: This executable did not write the dump: .+ in the dump and .+/,
        ) as string,
        offset: null,
      },
    ]);
  });

  test('what is no executable is told where it was named, and passed over beside the dump', async () => {
    const text = new TextEncoder().encode('#!/bin/sh\n'.repeat(20));
    host.executables.set('script', text);
    host.executables.set(`${DUMP} beside`, text);
    const named = await session.open({ file: DUMP, executable: 'script' });
    expect(named.naming.executable).toMatchObject({
      matches: false,
      verdict: expect.stringContaining('not an ELF') as string,
    });
    expect(named.dump.warnings.map(({ code }) => code)).toEqual(['executable-mismatch']);
    const beside = await session.open({ file: DUMP });
    expect(beside.naming.executable).toBeNull();
    expect(beside.dump.warnings).toEqual([]);
  });
});

describe('a broken executable', () => {
  const whole = executableOf('go1.27.4/poolcycle');

  test.each([0, 63, 64, 4096, 0.1, 0.5, 0.9])('cut at %d opens the dump', async (part) => {
    host.executables.set('cut', whole.subarray(0, part < 1 ? Math.floor(part * whole.length) : part));
    const { heap, naming } = await session.open({ file: DUMP, executable: 'cut' });
    expect(heap.objects).toBeGreaterThan(0);
    expect(naming.executable?.verdict).toMatch(/\.$/);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('with random bytes in its tables, seed %d, opens the dump', async (seed) => {
    const random = new Random(seed);
    const bytes = whole.slice();
    // headers stay whole, so that what lies behind them is believed and read; seed 8 breaks a place that only naming reads
    for (let i = 0; i < 300; i++) bytes[4096 + random.below(bytes.length - 4096)] = random.below(256);
    host.executables.set('noise', bytes);
    const { heap, naming } = await session.open({ file: DUMP, executable: 'noise' });
    expect(heap.objects).toBeGreaterThan(0);
    expect(naming.executable?.file).toBe('noise');
  });
});

test('cancelled while it names, opening stops within one pause, and the session lives on', async () => {
  let cancelled = 0;
  host.onPause = (pause) => {
    void session.status().then(({ running }) => {
      if (running !== 'name' || cancelled > 0) return;
      cancelled = pause;
      void session.cancel();
    });
  };
  await expect(session.open({ file: DUMP, executable: 'poolcycle' })).rejects.toMatchObject({ name: 'Cancelled' });
  expect(cancelled).toBeGreaterThan(0);
  expect(host.pauses - cancelled).toBeLessThanOrEqual(2);
  expect(await session.status()).toMatchObject({ state: 'empty', running: null });
  host.onPause = () => undefined;
  expect((await session.open({ file: DUMP, executable: 'poolcycle' })).naming.executable?.matches).toBe(true);
});
