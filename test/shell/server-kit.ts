/** A server over the engine's double, a small built page and a few files to open; and requests as a page or a stranger would make them. */
import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeMessage, encodeMessage, type ReplyMessage, type Utf8 } from '../../workers/api';
import { startServer, type RunningServer, type ServerOptions } from '../../src/server/server';

const utf8: Utf8 = {
  encode: (text) => new TextEncoder().encode(text),
  decode: (bytes) => new TextDecoder('utf-8', { fatal: true }).decode(bytes),
};

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

export interface TestServer {
  server: RunningServer;
  origin: string;
  port: number;
  token: string;
  folder: string;
  /** A raw request: headers exactly as given, `Host` included. */
  ask(method: string, path: string, headers?: Record<string, string>, body?: Uint8Array | string): Promise<Answer>;
  /** The headers that the server's own page sends. */
  own: Record<string, string>;
  /** A call as the page makes it. `dump`: what the page shows. */
  call(method: string, parameters?: unknown[], dump?: string): Promise<ReplyMessage>;
  stop(): Promise<void>;
}

export const callBytes = (method: string, parameters: unknown[] = [], id = 'a-1'): Uint8Array =>
  encodeMessage(
    { id, type: 'APPLY', path: [method], argumentList: parameters.map((value) => ({ type: 'RAW', value })) },
    utf8,
  );

export async function testServer(options: Partial<ServerOptions> = {}): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'heapknot-server-'));
  const page = join(folder, 'renderer');
  await mkdir(join(page, 'assets'), { recursive: true });
  await writeFile(join(page, 'index.html'), '<!doctype html><html><head></head><body>the page</body></html>');
  await writeFile(join(page, 'assets', 'main.js'), 'export {};');
  for (const name of ['secret.txt', 'one.heap', 'two.heap', 'sample.heap', 'bad.heap'])
    await writeFile(join(folder, name), name);
  await mkdir(join(folder, 'other'));
  await writeFile(join(folder, 'other', 'one.heap'), 'the other one');
  await symlink(join(folder, 'secret.txt'), join(page, 'link.txt'));
  await symlink(folder, join(page, 'up'));

  const server = await startServer({
    files: ['one.heap', 'two.heap', 'other/one.heap', 'bad.heap'].map((name) => join(folder, name)),
    sample: join(folder, 'sample.heap'),
    rendererFolder: page,
    threadEntry: join(import.meta.dirname, 'engine-double.mjs'),
    ...options,
  });
  const { origin, port, hash } = new URL(server.url);
  const own = pageHeaders(server.url);
  const ask: TestServer['ask'] = (method, path, headers = {}, body) =>
    rawRequest(Number(port), method, path, headers, body);

  return {
    server,
    origin,
    port: Number(port),
    token: hash.slice('#token='.length),
    folder,
    own,
    ask,
    call: callOver(server.url),
    stop: async () => {
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** What the page at a printed address sends with each request. */
function pageHeaders(url: string): Record<string, string> {
  const { host, origin, hash } = new URL(url);
  return { host, origin, 'x-heapknot-token': hash.slice('#token='.length) };
}

/** Calls of the session behind a printed address, as the page makes them. */
export function callOver(url: string): TestServer['call'] {
  return async (method, parameters, dump = '') => {
    const headers = { ...pageHeaders(url), 'x-heapknot-dump': encodeURIComponent(dump) };
    const answer = await rawRequest(Number(new URL(url).port), 'POST', '/rpc', headers, callBytes(method, parameters));
    if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.body.toString()}`);
    return decodeMessage(answer.body, utf8) as ReplyMessage;
  };
}

function rawRequest(
  port: number,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: Uint8Array | string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, method, path, headers, setHost: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
