/**
 * Who may ask the server. It listens on the loopback address alone, but every program of every user of the machine reaches that, and so does
 * every web page that a browser on it shows; and a dump is full of secrets. Hence:
 * - `Host` must be the very address: a foreign name that was made to resolve to 127.0.0.1 (DNS rebinding) is refused;
 * - `Origin` and `Sec-Fetch-Site` must be the page's own: other sites are refused even where a browser would not let them read the answer;
 * - the token must be the one in the URL that was printed: other users of the machine do not have it.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const TOKEN_HEADER = 'x-heapknot-token';

export interface Identity {
  /** `127.0.0.1:PORT`. */
  host: string;
  /** `http://127.0.0.1:PORT`. */
  origin: string;
  token: string;
}

export interface Refusal {
  status: number;
  message: string;
}

/** 192 random bits. */
export function newToken(): string {
  return randomBytes(24).toString('base64url');
}

/** Why a request for any file of the page is refused; null where it is not. */
export function refuseStranger(headers: IncomingHttpHeaders, identity: Identity): Refusal | null {
  if (headers.host !== identity.host)
    return { status: 421, message: `This server answers only as ${identity.origin}; open it under that address.` };
  if (headers.origin !== undefined && headers.origin !== identity.origin)
    return { status: 403, message: 'Another site asked for this page.' };
  return null;
}

/** Why a request for data is refused; null where it is not. */
export function refuseCaller(headers: IncomingHttpHeaders, identity: Identity): Refusal | null {
  const stranger = refuseStranger(headers, identity);
  if (stranger !== null) return stranger;
  if (headers.origin === undefined) return { status: 403, message: 'Only the page of this server may ask.' };
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin')
    return { status: 403, message: 'Only the page of this server may ask.' };
  if (!sameText(headers[TOKEN_HEADER], identity.token))
    return { status: 401, message: 'The key is missing or wrong: open the whole address that the server printed.' };
  return null;
}

/** Compares digests, so that the time taken says nothing about how much of a guess was right. */
function sameText(given: string | string[] | undefined, expected: string): boolean {
  if (typeof given !== 'string') return false;
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
