/** The loopback server as a wire: answers, errors, long calls, several windows, and the death of the engine. */
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HostFiles, ReplyMessage } from '../../workers/api';
import { startServer } from '../../src/server/server';
import { callBytes, testServer, type Answer, type TestServer } from './server-kit';

let site: TestServer;
beforeEach(async () => {
  site = await testServer();
});
afterEach(() => site.stop());

const valueOf = (reply: ReplyMessage): unknown => (reply.type === 'RAW' ? reply.value : reply.value.value);
const search = async (text: string): Promise<unknown> => valueOf(await site.call('search', [text]));
const open = async (file: string): Promise<unknown> => valueOf(await site.call('open', [{ file }]));
const files = async (from: TestServer): Promise<HostFiles> =>
  JSON.parse((await from.ask('POST', '/files', from.own)).body.toString()) as HostFiles;

describe('a call', () => {
  it('gets its answer, typed arrays included', async () => {
    expect(await site.call('contents', ['0x10', 8, 3])).toEqual({
      id: 'a-1',
      type: 'RAW',
      value: { address: '0x10', offset: 8, bytes: new Uint8Array([7, 7, 7]) },
    });
  });

  it('gets its error, by name', async () => {
    expect(await open('bad.heap')).toMatchObject({ name: 'NotADump', message: 'bad.heap is no heap dump.' });
  });

  it('that takes long does not hold up another', async () => {
    const waiting = site.call('search', ['wait']);
    expect(await search('quick')).toEqual(['quick']);
    await site.call('cancel');
    expect(valueOf(await waiting)).toMatchObject({ name: 'Cancelled' });
  });

  it('whose answer cannot be sent gets an error', async () => {
    expect(await search('unsendable')).toMatchObject({
      name: 'TypeError',
      message: 'A message cannot carry NaN, at value.',
    });
  });

  it('is answered with signs of life while it takes long', async () => {
    const slow = await testServer({ heartbeatMs: 5 });
    const waiting = slow.ask('POST', '/rpc', slow.own, callBytes('search', ['wait']));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await slow.call('cancel');
    const { body } = await waiting;
    expect(body[0]).toBe(0x0a);
    expect(body.lastIndexOf('Cancelled')).toBeGreaterThan(0);
    await slow.stop();
  });
});

describe('the list of dumps', () => {
  it('begins with what was named, and that is opened at once', async () => {
    const { files: list, initialFile } = await files(site);
    expect(list.map(({ file, kind, bytes }) => [file, kind, bytes])).toEqual([
      ['one.heap', 'named', 8],
      ['two.heap', 'named', 8],
      ['one.heap (2)', 'named', 13],
      ['bad.heap', 'named', 8],
      ['sample.heap', 'sample', 11],
    ]);
    expect(initialFile).toBe('one.heap');
    expect(JSON.stringify(list)).not.toContain(site.folder);
  });

  it('begins with the sample where nothing is named, or with the welcome screen', async () => {
    const sample = join(site.folder, 'sample.heap');
    const bare = await testServer({ files: [], sample });
    expect((await files(bare)).initialFile).toBe('sample.heap');
    await bare.stop();
    const welcome = await testServer({ welcome: true });
    expect((await files(welcome)).initialFile).toBeNull();
    await welcome.stop();
  });

  it('keeps the line of a file that is gone', async () => {
    const other = await testServer({ files: ['/nowhere/gone.heap'], sample: null });
    expect((await files(other)).files).toEqual([
      { file: 'gone.heap', name: 'gone.heap', bytes: null, modified: null, kind: 'named' },
    ]);
    await other.stop();
  });
});

describe('the executable', () => {
  let named: TestServer;
  beforeEach(async () => {
    named = await testServer({ executable: '/builds/app' });
  });
  afterEach(() => named.stop());

  const openWith = async (from: TestServer, request: object): Promise<unknown> =>
    valueOf(await from.call('open', [{ file: 'one.heap', ...request }]));

  it('is the one named with the dumps, and what lies beside it for the sample', async () => {
    expect(await openWith(named, {})).toMatchObject({ executable: '/builds/app' });
    expect(await openWith(named, { executable: 'app' })).toMatchObject({ executable: '/builds/app' });
    expect(await openWith(named, { executable: null })).toMatchObject({ executable: null });
    expect(await openWith(named, { file: 'sample.heap' })).not.toHaveProperty('executable');
  });

  it('is looked for beside the dump where none was named', async () => {
    expect(await openWith(site, {})).not.toHaveProperty('executable');
  });

  it.each(['/builds/app', '/etc/passwd', '../app', '', 7, ['app'], { path: 'app' }])(
    'is not what a page says: %j',
    async (asked) => {
      const refused = { name: 'CannotRead', message: expect.stringContaining('may not read') as string };
      expect(await openWith(named, { executable: asked })).toMatchObject(refused);
      expect(await openWith(site, { executable: asked })).toMatchObject(refused);
    },
  );
});

describe('an executable that a page gives', () => {
  const give = (from: TestServer, name: string, bytes: Uint8Array | string): Promise<Answer> =>
    from.ask('POST', '/executable', { ...from.own, 'x-heapknot-name': encodeURIComponent(name) }, bytes);
  const takeNames = async (from: TestServer, asked: unknown): Promise<unknown> =>
    valueOf(await from.call('takeNames', [asked], 'one.heap'));
  /** Where the engine is told to read it. */
  const pathFor = async (name: string): Promise<string> => ((await takeNames(site, name)) as { names: string }).names;
  const refused = { name: 'CannotRead', message: expect.stringContaining('may not read') as string };

  const systems = process.env['TMPDIR'];
  let temporary: string;
  const kept = (): Promise<string[]> => readdir(temporary);
  beforeEach(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'heapknot-temporary-'));
    process.env['TMPDIR'] = temporary;
    await open('one.heap');
  });
  afterEach(async () => {
    if (systems === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = systems;
    await rm(temporary, { recursive: true });
  });

  it('is kept for this user alone, and named to the engine by its path', async () => {
    const answer = await give(site, 'orders é', 'ELF and more');
    expect([answer.status, JSON.parse(answer.body.toString())]).toEqual([200, { name: 'orders é' }]);
    const path = await pathFor('orders é');
    expect(await readFile(path, 'utf8')).toBe('ELF and more');
    expect(basename(path)).toBe('orders é');
    expect(dirname(dirname(path))).toBe(temporary);
    expect([(await stat(path)).mode & 0o777, (await stat(dirname(path))).mode & 0o777]).toEqual([0o600, 0o700]);
  });

  it('goes when another is given, and when the server ends', async () => {
    await give(site, 'app', 'first');
    const first = await pathFor('app');
    await give(site, 'app', 'second');
    const second = await pathFor('app');
    expect([existsSync(dirname(first)), await readFile(second, 'utf8')]).toEqual([false, 'second']);
    await site.server.close();
    expect(await kept()).toEqual([]);
  });

  it.each(['../../etc/passwd', '..', '/etc/passwd', 'C:\\app', 'a\u0000b', ''])(
    'stays in its folder as %j',
    async (name) => {
      const { name: given } = JSON.parse((await give(site, name, 'x')).body.toString()) as { name: string };
      const path = await pathFor(given);
      expect(path).toBe(join(dirname(path), given));
      expect(dirname(dirname(path))).toBe(temporary);
      expect(await readFile(path, 'utf8')).toBe('x');
    },
  );

  it('that is too large is refused, leaves nothing behind and takes nothing away', async () => {
    const small = await testServer({ maxExecutableBytes: 1000 });
    await small.call('open', [{ file: 'one.heap' }]);
    await give(small, 'app', 'fits');
    const before = await kept();
    expect((await give(small, 'large', new Uint8Array(1001))).status).toBe(413);
    expect(await kept()).toEqual(before);
    expect(await takeNames(small, 'large')).toMatchObject(refused);
    expect(await takeNames(small, 'app')).toMatchObject({ names: expect.stringContaining('app') as string });
    expect((await give(small, 'exact', new Uint8Array(1000))).status).toBe(200);
    await small.stop();
  });

  it('whose page goes away halfway leaves nothing behind', async () => {
    const outgoing = request({
      ...{ host: '127.0.0.1', port: site.port, method: 'POST', path: '/executable', setHost: false },
      headers: { ...site.own, 'x-heapknot-name': 'half', 'content-length': '1000' },
    });
    outgoing.on('error', () => undefined);
    outgoing.write('half of it');
    await expect.poll(kept).toHaveLength(1);
    outgoing.destroy();
    await expect.poll(kept).toEqual([]);
  });

  it.each(['/etc/passwd', '../app', 'app', '', 7, ['app'], { path: 'app' }])(
    'is the only one that names are taken from, besides what the server was started with: not %j',
    async (asked) => {
      await give(site, 'given', 'x');
      expect(await takeNames(site, asked)).toMatchObject(refused);
    },
  );

  it('or that of the command line, or none, serves the dump that the window shows', async () => {
    const named = await testServer({ executable: '/builds/app' });
    await named.call('open', [{ file: 'one.heap' }]);
    expect(await takeNames(named, 'app')).toMatchObject({ names: '/builds/app' });
    expect(await takeNames(named, undefined)).toMatchObject({ names: '/builds/app' });
    expect(await takeNames(named, null)).toMatchObject({ names: null });
    await named.call('open', [{ file: 'two.heap' }]);
    expect(await takeNames(named, null)).toMatchObject({ name: 'NothingOpen' });
    await named.stop();
  });

  it('shows in the summary of a window that joins later', async () => {
    await give(site, 'app', 'x');
    const path = await pathFor('app');
    expect(await open('one.heap')).toMatchObject({ opens: 1, names: path });
  });
});

describe('several windows', () => {
  it('join the dump that is open, and an opening that is under way', async () => {
    expect(await Promise.all([open('one.heap'), open('one.heap'), open('one.heap')])).toEqual(
      new Array(3).fill(expect.objectContaining({ opens: 1 })),
    );
    expect(await open('one.heap')).toMatchObject({ opens: 1 });
  });

  it('open anew what has changed, failed, was closed or is asked for otherwise', async () => {
    await open('one.heap');
    await writeFile(join(site.folder, 'one.heap'), 'written again');
    expect(await open('one.heap')).toMatchObject({ opens: 2 });
    expect(valueOf(await site.call('open', [{ file: 'one.heap', strict: true }]))).toMatchObject({ opens: 3 });
    await site.call('close');
    expect(valueOf(await site.call('open', [{ file: 'one.heap', strict: true }]))).toMatchObject({ opens: 4 });
    await open('bad.heap');
    expect(await open('bad.heap')).toMatchObject({ name: 'NotADump' });
    expect(await open('one.heap')).toMatchObject({ opens: 5 });
  });

  it('are not answered about a dump that they do not show', async () => {
    await open('one.heap');
    expect(valueOf(await site.call('search', ['x'], 'one.heap'))).toEqual(['x']);
    await open('two.heap');
    expect(valueOf(await site.call('search', ['x'], 'one.heap'))).toEqual({
      name: 'NothingOpen',
      message: 'Another window of this server has opened two.heap. Open one.heap again.',
      stack: '',
    });
    expect(valueOf(await site.call('search', ['x'], 'two.heap'))).toEqual(['x']);
  });

  it('see the name of the open dump, not its path', async () => {
    await open('one.heap (2)');
    expect(valueOf(await site.call('status'))).toEqual({ state: 'ready', file: 'one.heap (2)' });
  });
});

describe('the engine', () => {
  it.each([
    ['exit', 'The engine has ended unasked (exit code 3).'],
    ['fail', 'The engine has failed: a defect'],
  ])('that goes by %s takes no call with it', async (how, message) => {
    const gone = { name: 'EngineGone', message, stack: '' };
    const waiting = [site.call('search', ['wait']), site.call('search', ['wait'])];
    await expect(search(how)).resolves.toEqual(gone);
    expect((await Promise.all(waiting)).map(valueOf)).toEqual([gone, gone]);
    expect(await search('later')).toEqual(gone);
  });

  it('comes back when asked for, empty', async () => {
    await open('one.heap');
    await search('exit');
    expect((await site.ask('POST', '/restart', site.own)).status).toBe(200);
    expect(valueOf(await site.call('status'))).toMatchObject({ state: 'empty' });
    expect(await open('one.heap')).toMatchObject({ opens: 1 });
  });

  it('that lives is left alone by a window that asks for a new one', async () => {
    await open('one.heap');
    await site.ask('POST', '/restart', site.own);
    expect(valueOf(await site.call('status'))).toMatchObject({ state: 'ready' });
  });
});

describe('the server', () => {
  it('ends requests in flight when it is closed', async () => {
    const second = await testServer();
    const waiting = second.call('search', ['wait']);
    const ended = expect(waiting).rejects.toThrow();
    await second.call('status');
    await second.stop();
    await ended;
  });

  it('says which port is taken', async () => {
    await expect(testServer({ port: site.port })).rejects.toThrow(`Port ${site.port} of 127.0.0.1 is taken`);
  });

  it('says that the page is not built', async () => {
    const options = { files: [], sample: null, rendererFolder: join(site.folder, 'other'), threadEntry: 'none' };
    await expect(startServer(options)).rejects.toThrow('npm run build');
  });
});
