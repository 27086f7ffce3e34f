/** Each guard of the loopback server, by the request that it alone stands against. */
import { networkInterfaces } from 'node:os';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callBytes, testServer, type TestServer } from './server-kit';

let site: TestServer;
beforeAll(async () => {
  site = await testServer();
});
afterAll(() => site.stop());

const without = (headers: Record<string, string>, name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));

const DATA = ['/rpc', '/files', '/restart', '/executable'];

describe('where it listens', () => {
  it('is the loopback address and no other of this machine', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter((address) => address.family === 'IPv4' && !address.internal)
      .map((address) => address.address);
    // Another loopback address stands for the network where the machine has none.
    for (const host of [...others, '127.0.0.2']) await expect(reach(host, site.port)).resolves.toBe('refused');
    await expect(reach('127.0.0.1', site.port)).resolves.toBe('connected');
  });
});

describe('the token', () => {
  it('stands in the fragment only, 192 bits, new for each server', async () => {
    expect(site.server.url).toBe(`${site.origin}/#token=${site.token}`);
    expect(Buffer.from(site.token, 'base64url')).toHaveLength(24);
    const second = await testServer();
    expect(second.token).not.toBe(site.token);
    await second.stop();
  });

  it.each(DATA)('is asked for at %s', async (path) => {
    const body = callBytes('status');
    const wrong = `${site.token.slice(0, -1)}${site.token.endsWith('A') ? 'B' : 'A'}`;
    expect((await site.ask('POST', path, without(site.own, 'x-heapknot-token'), body)).status).toBe(401);
    expect((await site.ask('POST', path, { ...site.own, 'x-heapknot-token': wrong }, body)).status).toBe(401);
    expect((await site.ask('POST', path, { ...site.own, 'x-heapknot-token': '' }, body)).status).toBe(401);
    expect((await site.ask('POST', path, site.own, body)).status).toBe(200);
  });
});

describe('the host', () => {
  it.each(['localhost', 'evil.example', '127.0.0.1', '127.0.0.1.evil.example', '[::1]'])(
    '%s is refused for the page and for data',
    async (name) => {
      const host = name === '127.0.0.1' ? '127.0.0.1:1' : `${name}:${site.port}`;
      expect((await site.ask('GET', '/', { host })).status).toBe(421);
      expect((await site.ask('POST', '/rpc', { ...site.own, host }, callBytes('status'))).status).toBe(421);
    },
  );

  it('must be given', async () => {
    expect((await site.ask('GET', '/', {})).status).toBe(400);
  });
});

describe('the origin', () => {
  const host = (): string => site.own['host'];

  it.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://localhost'])('%s is refused', async (origin) => {
    expect((await site.ask('POST', '/rpc', { ...site.own, origin }, callBytes('status'))).status).toBe(403);
    expect((await site.ask('GET', '/', { host: host(), origin })).status).toBe(403);
  });

  it.each(DATA)('must be given at %s', async (path) => {
    expect((await site.ask('POST', path, without(site.own, 'origin'), callBytes('status'))).status).toBe(403);
  });

  it('is not believed where the browser says that another site asks', async () => {
    for (const value of ['cross-site', 'same-site', 'none']) {
      const headers = { ...site.own, 'sec-fetch-site': value };
      expect((await site.ask('POST', '/rpc', headers, callBytes('status'))).status).toBe(403);
    }
    const own = { ...site.own, 'sec-fetch-site': 'same-origin' };
    expect((await site.ask('POST', '/rpc', own, callBytes('status'))).status).toBe(200);
  });

  it('gets no leave from other sites: no CORS header, no answer to a preflight', async () => {
    const asked = { ...site.own, origin: 'http://evil.example', 'access-control-request-method': 'POST' };
    const answers = [
      await site.ask('OPTIONS', '/rpc', asked),
      await site.ask('POST', '/rpc', asked, callBytes('status')),
      await site.ask('POST', '/rpc', site.own, callBytes('status')),
      await site.ask('GET', '/', { host: host() }),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([405, 403, 200, 200]);
    for (const { headers } of answers)
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('the page', () => {
  const get = (path: string): ReturnType<TestServer['ask']> => site.ask('GET', path, { host: site.own['host'] });

  it('comes with a policy that runs nothing but its own files', async () => {
    const { headers, body } = await get('/');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('script-src');
    expect(policy).not.toContain('unsafe');
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
    expect(body.toString()).toContain(`<meta property="csp-nonce" nonce="${nonce}">`);
    expect(String((await get('/')).headers['content-security-policy'])).not.toContain(nonce);
  });

  it('is not kept, sniffed, framed or told to others', async () => {
    for (const answer of [await get('/'), await site.ask('POST', '/rpc', site.own, callBytes('status'))])
      expect(answer.headers).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
      });
  });

  it('is served with its types', async () => {
    const html = await get('/index.html');
    expect([html.status, html.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    const script = await get('/assets/main.js');
    expect([script.status, script.headers['content-type']]).toEqual([200, 'text/javascript; charset=utf-8']);
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/..\\secret.txt',
    '//etc/passwd',
    '/assets//main.js',
    '/assets',
    '/assets/',
    '/link.txt',
    '/up/secret.txt',
    '/secret.txt',
    '/one.heap',
    '/index.html%00',
    'http://127.0.0.1/index.html',
  ])('has no %s', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(answer.body.toString()).not.toContain('secret');
  });
});

describe('a dump', () => {
  const open = (file: unknown): ReturnType<TestServer['call']> => site.call('open', [{ file }]);

  it('opens by the name that the list gives it', async () => {
    expect(await open('one.heap')).toMatchObject({ value: { file: `${site.folder}/one.heap` } });
    expect(await open('one.heap (2)')).toMatchObject({ value: { file: `${site.folder}/other/one.heap` } });
    expect(await open('sample.heap')).toMatchObject({ value: { file: `${site.folder}/sample.heap` } });
  });

  it.each<[string, (folder: string) => unknown]>([
    ['a path', (folder) => `${folder}/secret.txt`],
    ['the path of a listed file', (folder) => `${folder}/one.heap`],
    ['a path from here', () => './one.heap'],
    ['a file beside a listed one', () => 'secret.txt'],
    ['a way round', () => 'one.heap/../secret.txt'],
    ['no name', () => undefined],
    ['a list', () => ['one.heap']],
    ['a property of every object', () => 'constructor'],
  ])('does not open by %s', async (_, name) => {
    const reply = await open(name(site.folder));
    expect(reply).toMatchObject({ name: 'throw', value: { value: { name: 'CannotRead' } } });
    expect(JSON.stringify(reply)).toContain(
      'It was started with: one.heap, two.heap, one.heap (2), bad.heap, sample.heap',
    );
  });
});

describe('a request', () => {
  it('may be a mebibyte long and no more', async () => {
    const headers = { ...site.own, 'content-length': String(1 << 21) };
    expect((await site.ask('POST', '/rpc', headers, new Uint8Array(1 << 21))).status).toBe(413);
    const chunked = { ...site.own, 'transfer-encoding': 'chunked' };
    expect((await site.ask('POST', '/rpc', chunked, new Uint8Array(1 << 21))).status).toBe(413);
    const long = callBytes('search', ['x'.repeat(1_000_000)]);
    expect((await site.ask('POST', '/rpc', site.own, long)).status).toBe(200);
  });

  it.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['a method that no session has', callBytes('constructor')],
    ['a message that is no call', callBytes('status').fill(0x20, 5)],
  ])('that is %s is refused', async (_, body) => {
    expect((await site.ask('POST', '/rpc', site.own, body)).status).toBe(400);
  });

  it('of another kind is refused', async () => {
    const { host } = site.own;
    expect((await site.ask('PUT', '/rpc', site.own)).status).toBe(405);
    expect((await site.ask('DELETE', '/', { host })).status).toBe(405);
    expect((await site.ask('GET', '/rpc', { host })).status).toBe(404);
    expect((await site.ask('POST', '/anything', site.own)).status).toBe(404);
  });
});

function reach(host: string, port: number): Promise<'connected' | 'refused'> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 });
    const end = (outcome: 'connected' | 'refused'): void => {
      socket.destroy();
      resolve(outcome);
    };
    socket.on('connect', () => end('connected'));
    socket.on('timeout', () => end('refused'));
    socket.on('error', () => end('refused'));
  });
}
