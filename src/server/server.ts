/** The loopback server: the page, and one engine behind it. See guards.ts for who may ask. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HostFiles } from '../../workers/api';
import { pageFiles, type PageFile } from '../page/page-files';
import { contentSecurityPolicy, newNonce, PAGE_HEADERS, withNonce } from '../page/page-policy';
import { DumpList } from './dump-list';
import { Engine } from './engine';
import { GivenExecutable } from './given-executable';
import { newToken, refuseCaller, refuseStranger, type Identity } from './guards';
import { refuse, sendJson } from './replies';
import { answerCall } from './rpc';
import { takeExecutable } from './take-executable';
import { SharedSession } from './shared-session';

const LOOPBACK = '127.0.0.1';
const HEARTBEAT_MS = 15_000;
/** More than the engine reads of one. */
const MAX_EXECUTABLE_BYTES = 2 ** 30;

export interface ServerOptions {
  /** Paths of the dumps that may be opened; the first is opened at once. */
  files: string[];
  /** Path of the executable that their names come from; nothing else beside the dumps is ever read. */
  executable?: string | null;
  /** A free port is taken where none is given. */
  port?: number;
  /** Path of the bundled sample, opened at once where no file is named; null where it is not installed. */
  sample: string | null;
  /** Folder of the built page. */
  rendererFolder: string;
  /** The built `analysis.thread.js`. */
  threadEntry: string;
  /** Begin at the welcome screen, whatever is named. */
  welcome?: boolean;
  /** Milliseconds between signs of life in a response that takes long. */
  heartbeatMs?: number;
  /** Bytes that an executable may have which a page gives. */
  maxExecutableBytes?: number;
}

export interface RunningServer {
  /** The address to open, with the token in its fragment, which browsers never send. */
  url: string;
  /** Ends the engine and all connections; requests in flight fail. */
  close(): Promise<void>;
}

/** Resolves once the server listens. Rejects with a message for a person where the port is taken or the page was not built. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const page = await pageFiles(options.rendererFolder).catch(() => new Map<string, PageFile>());
  if (!page.has('/index.html'))
    throw new Error(`The page is not built: ${options.rendererFolder} has no index.html. Run \`npm run build\`.`);

  const dumps = new DumpList(options.files, options.sample, options.executable ?? null);
  const engine = new Engine(options.threadEntry);
  const given = new GivenExecutable(options.maxExecutableBytes ?? MAX_EXECUTABLE_BYTES);
  const session = new SharedSession(engine, dumps, given);
  const server = createServer();
  try {
    const identity = identityAt(await listen(server, options.port ?? 0), newToken());
    const files = async (): Promise<HostFiles> => ({
      files: await dumps.describe(),
      initialFile: options.welcome === true ? null : dumps.first,
    });
    const site: Site = { identity, page, session, given, files, heartbeatMs: options.heartbeatMs ?? HEARTBEAT_MS };
    server.on('request', (request, response) => void answer(request, response, site));
    return { url: `${identity.origin}/#token=${identity.token}`, close: () => close(server, engine, given) };
  } catch (error) {
    await engine.stop();
    throw error;
  }
}

interface Site {
  identity: Identity;
  page: Map<string, PageFile>;
  session: SharedSession;
  given: GivenExecutable;
  files: () => Promise<HostFiles>;
  heartbeatMs: number;
}

/** Every request ends here in exactly one answer. */
async function answer(request: IncomingMessage, response: ServerResponse, site: Site): Promise<void> {
  for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value);
  try {
    if (request.method === 'POST') await answerCaller(request, response, site);
    else if (request.method === 'GET') await answerBrowser(request, response, site);
    else refuse(response, { status: 405, message: 'Only GET and POST are answered.' });
  } catch (error) {
    // The other side has gone away, or a file of the page has; there is nobody to tell in the first case.
    if (response.headersSent) response.destroy();
    else refuse(response, { status: 500, message: error instanceof Error ? error.message : String(error) });
  }
}

async function answerCaller(request: IncomingMessage, response: ServerResponse, site: Site): Promise<void> {
  const refusal = refuseCaller(request.headers, site.identity);
  if (refusal !== null) {
    refuse(response, refusal);
    return;
  }
  switch (request.url) {
    case '/rpc':
      return answerCall(request, response, site.session, site.heartbeatMs);
    case '/files': {
      sendJson(response, await site.files());
      return;
    }
    case '/executable':
      return takeExecutable(request, response, site.given);
    case '/restart': {
      site.session.restart();
      sendJson(response, null);
      return;
    }
    default: {
      refuse(response, { status: 404, message: 'There is no such call.' });
      return;
    }
  }
}

async function answerBrowser(request: IncomingMessage, response: ServerResponse, site: Site): Promise<void> {
  const refusal = refuseStranger(request.headers, site.identity);
  if (refusal !== null) {
    refuse(response, refusal);
    return;
  }
  const url = request.url === '/' ? '/index.html' : (request.url ?? '');
  const file = site.page.get(url);
  if (file === undefined) {
    refuse(response, { status: 404, message: 'There is no such page.' });
    return;
  }

  const bytes = await file.read();
  const nonce = newNonce();
  response.writeHead(200, {
    'Content-Type': file.contentType,
    'Content-Security-Policy': contentSecurityPolicy(nonce),
  });
  response.end(url === '/index.html' ? withNonce(Buffer.from(bytes).toString(), nonce) : bytes);
}

/** Host and origin as browsers write them: without the port where it is HTTP's own. */
function identityAt(port: number, token: string): Identity {
  const { host, origin } = new URL(`http://${LOOPBACK}:${port}`);
  return { host, origin, token };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(taken ? new Error(`Port ${port} of ${LOOPBACK} is taken; choose another, or let one be chosen.`) : error);
    });
    server.listen(port, LOOPBACK, () => resolve((server.address() as AddressInfo).port));
  });
}

async function close(server: Server, engine: Engine, given: GivenExecutable): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await engine.stop();
  await given.close();
  await closed;
}
