// What a session answers about closures, pools and values, held against what the programs planted.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PoolItem } from '../../../workers/api/lens-rows';
import type { AnalysisSession } from '../../../workers/api/session';
import { MAX_PAGE, type Address } from '../../../workers/api/values';
import { createSession } from '../../../workers/session/create-session';
import { truthOf } from '../../support/dumps';
import { executableOf } from '../../support/programs';
import { TestHost } from './test-host';

const PAGE = { offset: 0, limit: MAX_PAGE };
const BY_FUNCTION = { ...PAGE, sort: { column: 'function', descending: false } } as const;

async function opened(program: string, executable: string | null): Promise<AnalysisSession> {
  const host = new TestHost();
  if (executable !== null) host.executables.set('program', executableOf(executable));
  const session = createSession(host);
  await session.open({ file: `${program}.heap`, executable: executable === null ? null : 'program' });
  return session;
}

function plantedIn(program: string, name: RegExp): Address[] {
  const found = truthOf(program).objects.filter((object) => name.test(object.name));
  return found.map(({ addr }) => addr as Address).sort();
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

/** 386 and Go 1.19 lay pools and closures out differently. */
describe.each([
  ['go1.27.4/poolcycle', 'go1.27.4/poolcycle'],
  ['go1.27.4/poolcycle', 'go1.27.4/poolcycle-stripped'],
  ['go1.27.4-386/poolcycle', 'go1.27.4-386/poolcycle-stripped'],
  ['go1.19.8/poolcycle', 'go1.19.8/poolcycle-stripped'],
])('%s by %s', (program, executable) => {
  const planted = (name: RegExp) => plantedIn(program, name);
  let session: AnalysisSession;
  let pool: Address;

  beforeAll(async () => {
    session = await opened(program, executable);
    [pool] = planted(/^pool$/);
  });
  afterAll(() => session.close());

  test('the planted pool keeps what was put into it, each item in its part', async () => {
    const { rows: items, total } = await session.poolItems(pool, PAGE);
    expect(total).toBe(60);
    const addresses = (holds: (item: PoolItem) => boolean) =>
      items
        .filter(holds)
        .map(({ address }) => address)
        .sort();
    expect(addresses(({ where }) => where === 'victim')).toEqual(planted(/^victim\d+$/));
    expect(addresses(({ where }) => where !== 'victim')).toEqual(planted(/^local\d+$/));
    expect(addresses(({ where }) => where === 'private').length).toBeGreaterThan(0);
    expect(items.every(({ type }) => type === 'main.Item')).toBe(true);
  });

  test('its row counts them, by part, by processor and by type', async () => {
    const row = await session.pool(pool);
    const { rows: items } = await session.poolItems(pool, PAGE);
    expect(row).toMatchObject({ address: pool, object: pool, create: 'main.newOwner.func1', items: 60, victim: 30 });
    expect(row.private + row.shared).toBe(30);
    for (const part of ['private', 'shared', 'victim'] as const) {
      expect(sum(row.processors.map((share) => share[part]))).toBe(row[part]);
      expect(items.filter(({ where }) => where === part)).toHaveLength(row[part]);
    }
    expect(row.kinds).toEqual([expect.objectContaining({ type: 'main.Item', objects: 60, size: items[0].size })]);
    expect(row.bytes).toBe(sum(items.map(({ size }) => size)));
    expect(row.retainedBytes).toBe(sum(items.map(({ retainedSize }) => retainedSize)));
  });

  test('the list has it, and the variable beside it', async () => {
    const { rows, total } = await session.pools({ ...PAGE, sort: { column: 'retained', descending: true } });
    expect(rows).toHaveLength(total);
    expect(rows).toContainEqual(await session.pool(pool));
    const [variable] = planted(/^bufPool$/);
    expect(rows.find(({ address }) => address === variable)).toMatchObject({ object: null, items: 20, victim: 0 });
    const filtered = await session.pools({ ...PAGE, filters: { victim: '>0' } });
    expect(filtered.rows.map(({ address }) => address)).toEqual([pool]);
  });

  test('its release closures are a row of closures, which leads to each of them', async () => {
    const { rows } = await session.closures({ ...PAGE, filters: { function: 'main.newOwner.func1.1' } });
    expect(rows).toHaveLength(1);
    const [row] = rows;
    expect(row).toMatchObject({ function: 'main.newOwner.func1.1', objects: 60 });
    expect(row.captured.map(({ type }) => type)).toEqual(['*main.Item', '*sync.Pool']);
    const { rows: members } = await session.objects({ ...PAGE, of: { name: row.name, shape: row.shape } });
    expect(members.map(({ address }) => address).sort()).toEqual(planted(/\.release$/));
    expect(row.bytes).toBe(sum(members.map(({ size }) => size)));
  });
});

describe('with DWARF', () => {
  let session: AnalysisSession;
  beforeAll(async () => (session = await opened('go1.27.4/closureleak', 'go1.27.4/closureleak')));
  afterAll(() => session.close());

  test('every planted closure is in the row of its function', async () => {
    const { rows } = await session.closures(BY_FUNCTION);
    expect(rows.map((row) => row.function)).toEqual(rows.map((row) => row.function).sort());
    const closures = truthOf('go1.27.4/closureleak').objects.filter(
      ({ type, where, live }) => type.startsWith('closure ') && where === 'heap' && live === 'yes',
    );
    expect(closures.length).toBeGreaterThan(5);
    for (const { addr, type } of closures) {
      const row = rows.find(({ name }) => name === type);
      expect(row, type).toBeDefined();
      const { rows: members } = await session.objects({ ...PAGE, of: { name: type, shape: row!.shape } });
      expect(members.map(({ address }) => address)).toContain(addr);
    }
  });

  test('variables have their names; what is captured by reference is marked', async () => {
    const { rows } = await session.closures(BY_FUNCTION);
    const captured = (name: string) => rows.find((row) => row.function === name)?.captured;
    expect(captured('main.recursive.func1')).toEqual([{ name: '&f', type: '*func(int) int', offset: 8 }]);
    // What debug information leaves out has no name, but lies there.
    expect(captured('main.dbHandler.func1')).toEqual([
      { name: 'db', type: '*main.DB', offset: 8 },
      { name: 'X1', type: 'int', offset: 16 },
    ]);
  });
});

describe('values and reasons', () => {
  let session: AnalysisSession;
  let item: Address;
  beforeAll(async () => {
    session = await opened('go1.27.4/poolcycle', 'go1.27.4/poolcycle');
    [item] = plantedIn('go1.27.4/poolcycle', /^victim0$/);
  });
  afterAll(() => session.close());

  test('a struct is read field by field, each value with the object it leads to', async () => {
    const { rows } = await session.values(item, PAGE);
    const [release] = plantedIn('go1.27.4/poolcycle', /^victim0\.release$/);
    expect(rows).toEqual([
      { field: '.id', type: 'int', text: '1', target: null },
      { field: '.buf', type: '[]uint8', text: 'len 0, cap 512', target: expect.stringMatching(/^0x/) as string },
      { field: '.release', type: 'func()', text: 'main.newOwner.func1.1', target: release },
    ]);
    const second = await session.values(item, { offset: 1, limit: 1 });
    expect(second).toEqual({ total: 3, offset: 1, rows: [rows[1]] });
  });

  test('a chain of reasons begins with the object’s own and ends outside the heap', async () => {
    const { reason, reasons } = (await session.object(item))!;
    expect(reasons[0]).toBe(reason);
    expect(reasons.length).toBeGreaterThan(2);
    expect(reasons.at(-1)).toMatch(/^0x[0-9a-f]+ \(.+\): A variable of the program points at it\.$/);
  });
});

describe('without names', () => {
  test('there are no values and no reasons; an address that is no pool is refused', async () => {
    const session = await opened('go1.27.4/poolcycle', null);
    const [item] = plantedIn('go1.27.4/poolcycle', /^victim0$/);
    expect((await session.values(item, PAGE)).total).toBe(0);
    expect(await session.object(item)).toMatchObject({ type: null, reason: null, reasons: [] });
    await expect(session.pool(item)).rejects.toMatchObject({ name: 'NotFound' });
    await expect(session.values('0x10', PAGE)).rejects.toMatchObject({ name: 'NotFound' });
    await session.close();
  });
});

test('cancelled at any pause, the search for pools and closures can be asked again', async () => {
  const host = new TestHost();
  host.executables.set('program', executableOf('go1.27.4/poolcycle'));
  const session = createSession(host);
  await session.open({ file: 'go1.27.4/poolcycle.heap', executable: 'program' });
  host.onPause = () => void session.cancel();
  await expect(session.pools(PAGE)).rejects.toMatchObject({ name: 'Cancelled' });
  await expect(session.closures(PAGE)).rejects.toMatchObject({ name: 'Cancelled' });
  host.onPause = () => undefined;
  expect((await session.pools(PAGE)).total).toBe(3);
  expect((await session.closures(PAGE)).total).toBeGreaterThan(0);
  await session.close();
});
