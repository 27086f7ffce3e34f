/** The page's side of the loopback server, against the real server over the engine's double. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectToServer } from '../../src/renderer/connection/http';
import { testServer, type TestServer } from '../shell/server-kit';

let site: TestServer;

/** `fetch` as a browser on the server's page does it: same address, its own origin. */
function browserFetch(site: TestServer): typeof fetch {
  const real = globalThis.fetch;
  return (path, init) =>
    real(`${site.origin}${path as string}`, {
      ...init,
      headers: { ...(init?.headers as Record<string, string>), origin: site.origin },
    });
}

beforeEach(async () => {
  site = await testServer();
  vi.stubGlobal('fetch', browserFetch(site));
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await site.stop();
});

describe('a page of the loopback server', () => {
  it('knows the dumps and which to open', async () => {
    const host = await connectToServer(site.token);
    expect(host.initialFile).toBe('one.heap');
    expect((await host.files()).map((file) => file.name)).toContain('sample.heap');
    expect([host.kind, host.canChooseFiles, await host.chooseFile()]).toEqual(['browser', false, null]);
  });

  it('opens, asks and gets typed arrays', async () => {
    const { session } = await connectToServer(site.token);
    expect(await session.open({ file: 'one.heap' })).toMatchObject({ opens: 1 });
    expect(await session.status()).toEqual({ state: 'ready', file: 'one.heap' });
    expect(await session.contents('0x10', 0, 2)).toMatchObject({ bytes: new Uint8Array([7, 7]) });
  });

  it('sends an executable to the server, and gets the name to ask for it by', async () => {
    const host = await connectToServer(site.token);
    await host.session.open({ file: 'one.heap' });
    const name = await host.giveExecutable(new File(['\x7fELF'], 'my app'));
    expect(name).toBe('my app');
    expect(await host.session.takeNames(name)).toMatchObject({ names: expect.stringContaining('my app') as string });
    await expect(host.session.takeNames('another')).rejects.toMatchObject({ name: 'CannotRead' });
  });

  it('says why an executable was not taken', async () => {
    const small = await testServer({ maxExecutableBytes: 3 });
    vi.unstubAllGlobals();
    vi.stubGlobal('fetch', browserFetch(small));
    const host = await connectToServer(small.token);
    await expect(host.giveExecutable(new File(['four'], 'app'))).rejects.toThrow('at most 3 bytes');
    await small.stop();
    await expect(host.giveExecutable(new File(['two'], 'app'))).rejects.toThrow('app could not be sent');
  });

  it('gets errors by name, and lives on', async () => {
    const { session } = await connectToServer(site.token);
    await expect(session.open({ file: 'bad.heap' })).rejects.toMatchObject({ name: 'NotADump' });
    await expect(session.open({ file: '../x' })).rejects.toMatchObject({ name: 'CannotRead' });
    await expect(session.search('\u0000'.repeat(1 << 20), 1)).rejects.toMatchObject({ name: 'BadRequest' });
    await expect(session.cycle(NaN)).rejects.toMatchObject({ name: 'TypeError' });
    expect(await session.search('x', 1)).toEqual(['x']);
  });

  it('is told when another page has opened another dump', async () => {
    const [first, second] = [await connectToServer(site.token), await connectToServer(site.token)];
    await first.session.open({ file: 'one.heap' });
    await second.session.open({ file: 'two.heap' });
    await expect(first.session.search('x', 1)).rejects.toMatchObject({ name: 'NothingOpen' });
    expect(await second.session.search('x', 1)).toEqual(['x']);
  });

  it('outlives its engine', async () => {
    const host = await connectToServer(site.token);
    const gone = vi.fn();
    host.onGone(gone);
    const waiting = host.session.search('wait', 1);
    await expect(host.session.search('exit', 1)).rejects.toMatchObject({ name: 'EngineGone' });
    await expect(waiting).rejects.toMatchObject({ name: 'EngineGone' });
    expect(gone.mock.calls).toEqual([['The engine has ended unasked (exit code 3).']]);
    await host.restart();
    expect(await host.session.open({ file: 'one.heap' })).toMatchObject({ opens: 1 });
  });

  it('settles all calls when the server dies, and those after it', async () => {
    const host = await connectToServer(site.token);
    const gone = vi.fn();
    host.onGone(gone);
    const waiting = [host.session.search('wait', 1), host.session.search('wait', 1)];
    const ended = Promise.allSettled(waiting);
    await host.session.status();
    await site.server.close();
    for (const end of await ended) expect(end).toMatchObject({ status: 'rejected', reason: { name: 'EngineGone' } });
    await expect(host.session.status()).rejects.toMatchObject({ name: 'EngineGone' });
    await expect(host.restart()).rejects.toMatchObject({ name: 'EngineGone' });
    expect(await host.files()).not.toEqual([]);
    expect(gone).toHaveBeenCalledTimes(1);
  });

  it('says what to do where the token is missing or of an earlier run', async () => {
    await expect(connectToServer('')).rejects.toThrow('open the whole address');
    await expect(connectToServer('x'.repeat(32))).rejects.toThrow('open the whole address');
  });
});
