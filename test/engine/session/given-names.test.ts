// Names that a person gives to types which the dump alone knows by their addresses.
import { beforeEach, describe, expect, test } from 'vitest';
import { readGivenNames, writeGivenNames } from '../../../workers/api/given-names';
import type { AnalysisSession } from '../../../workers/api/session';
import { MAX_PAGE } from '../../../workers/api/values';
import { pointedText, pointerText, withNames } from '../../../workers/naming/types/identities';
import { createSession } from '../../../workers/session/create-session';
import { executableOf } from '../../support/programs';
import { TestHost } from './test-host';

const DUMP = 'go1.27.4/ifaces.heap';
const PAGE = { offset: 0, limit: MAX_PAGE };
/** Identities of package main, and one of errors. */
const [FIRST, SECOND] = ['0x5a0d10', '0x5a0f38'] as const;
const UNNAMED = 'what a pointer type of main points at, #1';
const NAMED = 'main.Circle (named by hand)';

let host: TestHost;
let session: AnalysisSession;

beforeEach(async () => {
  host = new TestHost();
  session = createSession(host);
  await session.open({ file: DUMP, executable: null });
});

async function typeRow(name: string) {
  return (await session.types(PAGE)).rows.find((row) => row.name === name);
}

describe('identities', () => {
  test('are told with their package, in the order of their addresses', async () => {
    const { rows, total } = await session.identities(PAGE);
    expect(rows.filter((row) => row.package === 'main')).toEqual([
      { identity: FIRST, package: 'main', words: UNNAMED, name: null },
      { identity: SECOND, package: 'main', words: 'what a pointer type of main points at, #2', name: null },
    ]);
    expect(rows.map(({ identity }) => Number(identity))).toEqual(
      rows.map(({ identity }) => Number(identity)).sort((a, b) => a - b),
    );
    expect((await session.identities({ offset: 1, limit: 2 })).rows).toEqual(rows.slice(1, 3));
    expect(new Set(rows.map(({ words }) => words)).size).toBe(total);
  });

  test('are none where an executable tells all names', async () => {
    host.executables.set('ifaces', executableOf('go1.27.4/ifaces'));
    await session.giveNames({ [FIRST]: 'Circle' });
    await session.takeNames('ifaces');
    expect((await session.identities(PAGE)).total).toBe(0);
    expect(await session.search('named by hand', 5)).toEqual([]);
    // and they are there again by the dump alone
    await session.takeNames(null);
    expect(await typeRow(NAMED)).toMatchObject({ objects: 3 });
  });
});

describe('a given name', () => {
  test('stands wherever the type is mentioned, marked as given, and the evidence stays', async () => {
    const before = await typeRow(UNNAMED);
    const { naming } = await session.summary();
    expect(await session.giveNames({ [FIRST]: 'Circle' })).toEqual([]);
    const after = await typeRow(NAMED);
    expect(after).toEqual({ ...before!, name: NAMED });
    expect(after?.evidence).toBe('kind');
    expect(await typeRow(UNNAMED)).toBeUndefined();
    const { rows } = await session.objects({ ...PAGE, of: { name: NAMED, shape: after!.shape } });
    expect(rows.map(({ type, hint, evidence }) => [type, hint, evidence])).toEqual(
      new Array(3).fill([null, NAMED, 'kind']),
    );
    expect((await session.object(rows[0].address))?.reason).toMatch(/^You named it\. .+\.$/);
    expect((await session.object(rows[0].address))?.reasons[0]).toMatch(/^You named it\. /);
    const filtered = await session.objects({ ...PAGE, filters: { type: 'main.circle' } });
    expect(filtered.total).toBe(3);
    expect((await session.search('circle', 5)).map(({ label }) => label)).toContain(NAMED);
    const drawing = await session.drawing({ address: rows[0].address, budget: 60, expanded: [] });
    expect(drawing.nodes.map(({ title }) => title)).toContain(NAMED);
    expect((await session.summary()).naming).toEqual(naming);
  });

  test('leaves the way by the words before it', async () => {
    const { shape } = (await typeRow(UNNAMED))!;
    await session.giveNames({ [FIRST]: 'Circle' });
    expect((await session.objects({ ...PAGE, of: { name: UNNAMED, shape } })).total).toBe(3);
    await session.giveNames({});
    await expect(session.objects({ ...PAGE, of: { name: NAMED, shape } })).rejects.toMatchObject({ name: 'NotFound' });
  });

  test('has no part in the report of names', async () => {
    const before = await session.names(PAGE);
    await session.giveNames({ [FIRST]: 'Circle', [SECOND]: 'Square' });
    expect(await session.names(PAGE)).toEqual(before);
  });

  test('makes the names a new generation, and the list before goes', async () => {
    const { generation } = (await session.status()).names;
    await session.giveNames({ [FIRST]: 'Circle' });
    await session.giveNames({ [SECOND]: 'Square' });
    expect((await session.status()).names.generation).toBe(generation + 2);
    expect((await session.identities(PAGE)).rows.flatMap(({ name }) => name ?? [])).toEqual(['main.Square']);
    await session.giveNames({});
    expect(await typeRow(UNNAMED)).toMatchObject({ objects: 3 });
  });

  test.each(['Circle', 'main.Circle', '*main.Circle', '  *Circle '])(
    'is completed by its package: %s',
    async (name) => {
      await session.giveNames({ [FIRST]: name });
      expect(await typeRow(NAMED)).toMatchObject({ objects: 3 });
    },
  );

  test.each(['', '  ', '*', 'main.', 'net/http.conn', 'http.conn', 'a\nb', 'x'.repeat(201)])(
    'cannot be %j',
    async (name) => {
      await session.giveNames({ [FIRST]: 'Circle' });
      await expect(session.giveNames({ [FIRST]: name })).rejects.toMatchObject({ name: 'BadRequest' });
      expect(await typeRow(NAMED)).toMatchObject({ objects: 3 });
    },
  );

  test('is given once in a dump, and to what is one of its identities', async () => {
    await expect(session.giveNames({ [FIRST]: 'Circle', [SECOND]: 'main.Circle' })).rejects.toMatchObject({
      message: '“main.Circle” is the name of another type of this dump already.',
    });
    expect(await session.giveNames({ [FIRST]: 'Circle', '0x10': 'other.Type' })).toEqual(['0x10']);
    expect(await typeRow(NAMED)).toMatchObject({ objects: 3 });
  });

  test('waits for names that come later', async () => {
    await session.open({ file: DUMP, executable: null, names: 'later' });
    await session.giveNames({ [FIRST]: 'Circle' });
    expect((await session.status()).names.generation).toBe(0);
    while ((await session.status()).names.running) await host.pause();
    expect(await typeRow(NAMED)).toMatchObject({ objects: 3 });
  });
});

describe('the words of an identity', () => {
  const third = { packagePath: 'example.com/a.b/c', nth: 3 };

  test('are found in a text, and no others', () => {
    const name = (text: string): string =>
      withNames(text, ({ packagePath, nth }) => (packagePath === third.packagePath && nth === 3 ? 'c.T' : null));
    expect(name(pointedText(third))).toBe('c.T');
    expect(name(`chan ${pointerText(third)}`)).toBe('chan *c.T');
    expect(name(`one of ${pointerText(third)}, ${pointedText(third)}`)).toBe('one of *c.T, c.T');
    for (const text of [pointedText({ ...third, nth: 31 }), pointerText({ ...third, packagePath: 'a.b/c' }), 'c.T'])
      expect(name(text)).toBe(text);
  });
});

describe('the file of given names', () => {
  test('is read as it was written, sorted', () => {
    const text = writeGivenNames({ '0x5a0f38': 'main.Square', '0x5a0d10': 'main.Circle', '0x10': 'main.A' });
    expect(text).toBe(
      '{\n  "schema": "heapknot/given-names/1",\n  "names": {\n    "0x10": "main.A",\n    "0x5a0d10": "main.Circle",\n    "0x5a0f38": "main.Square"\n  }\n}\n',
    );
    expect(readGivenNames(text, 'names.json')).toEqual({
      '0x10': 'main.A',
      '0x5a0d10': 'main.Circle',
      '0x5a0f38': 'main.Square',
    });
  });

  test.each([
    ['{', 'names.json holds no names: it is no JSON ('],
    ['[]', 'names.json holds no names: its "schema" is not "heapknot/given-names/1".'],
    ['{"schema":"heapknot/ignore/1"}', 'names.json holds no names: its "schema" is not'],
    ['{"schema":"heapknot/given-names/1","names":[]}', '"names" must be an object'],
    ['{"schema":"heapknot/given-names/1","names":{"main.A":"x"}}', '“main.A” is no address such as 0xc000123456'],
    ['{"schema":"heapknot/given-names/1","names":{"0x10":5}}', 'the name of 0x10 must be a text'],
  ])('is refused with what is wrong: %s', (text, message) => {
    expect(() => readGivenNames(text, 'names.json')).toThrow(message);
  });
});
