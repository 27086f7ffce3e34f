/** `app://heapknot/`: the page's own files under a scheme of their own, with the same policy as on the loopback server. */
import type { PageFile } from '../page/page-files';
import { contentSecurityPolicy, newNonce, PAGE_HEADERS, withNonce } from '../page/page-policy';
import type { ElectronApi } from './electron-api';

const SCHEME = 'app';
const ORIGIN = `${SCHEME}://heapknot`;
export const PAGE_URL = `${ORIGIN}/index.html`;

/** True for the page and nothing else: whoever else asks gets no answer. */
export function isOwnPage(url: string): boolean {
  return url.startsWith(`${ORIGIN}/`);
}

/**
 * Makes the scheme an origin like any other: relative addresses, storage, `'self'`, and `fetch`, by which the page reads the fonts that an exported
 * picture carries. Must come before the program is ready.
 */
export function registerScheme(protocol: ElectronApi['protocol']): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

/** Serves the page's files, and nothing else, to windows. */
export function servePage(protocol: ElectronApi['protocol'], page: Map<string, PageFile>): void {
  protocol.handle(SCHEME, (request) => answer(request, page));
}

async function answer(request: { method: string; url: string }, page: Map<string, PageFile>): Promise<Response> {
  const { host, pathname } = new URL(request.url);
  const file = request.method === 'GET' && isOwnPage(`${SCHEME}://${host}/`) ? page.get(pathname) : undefined;
  if (file === undefined) return new Response('There is no such page.', { status: 404, headers: PAGE_HEADERS });

  const bytes = await file.read();
  const nonce = newNonce();
  const body = pathname === '/index.html' ? withNonce(new TextDecoder().decode(bytes), nonce) : new Uint8Array(bytes);
  return new Response(body, {
    headers: {
      ...PAGE_HEADERS,
      'Content-Type': file.contentType,
      'Content-Security-Policy': contentSecurityPolicy(nonce),
    },
  });
}
