/**
 * `protocol`: schemes of the program's own. The browser of the tests knows no such scheme, so `app://heapknot/` is `https://heapknot.app.test/` in
 * it, an origin with the same rights, and every address is translated on its way.
 */
import type { Request as PageRequest } from '@playwright/test';

interface Scheme {
  scheme: string;
  privileges?: { standard?: boolean; secure?: boolean; supportFetchAPI?: boolean };
}
type Handler = (request: Request) => Response | Promise<Response>;

const IN_BROWSER = /^https:\/\/([\w-]+)\.([\w-]+)\.test(\/.*)$/;

/** The address as the browser of the tests has it. */
export function toBrowser(url: string): string {
  return url.replace(/^(\w+):\/\/([\w-]+)\//, (whole, scheme: string, host: string) =>
    /^https?$/.test(scheme) ? whole : `https://${host}.${scheme}.test/`,
  );
}

/** The address as Electron has it. */
export function toElectron(url: string): string {
  return url.replace(IN_BROWSER, '$2://$1$3');
}

export class Protocol {
  readonly #isReady: () => boolean;
  readonly #handlers = new Map<string, Handler>();
  #schemes: Scheme[] | null = null;

  constructor(isReady: () => boolean) {
    this.#isReady = isReady;
  }

  registerSchemesAsPrivileged(schemes: Scheme[]): void {
    if (this.#isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    if (this.#schemes !== null) throw new Error('protocol.registerSchemesAsPrivileged can be called only once');
    this.#schemes = schemes;
  }

  handle(scheme: string, handler: Handler): void {
    if (!this.#isReady()) throw new Error('protocol.handle can only be used after app is ready');
    const privileges = this.#schemes?.find((known) => known.scheme === scheme)?.privileges;
    // without these a page has no origin, no storage and no relative addresses: nothing that `https` could stand for
    if (privileges?.standard !== true || privileges.secure !== true)
      throw new Error(`This double of Electron has only schemes that are standard and secure; ${scheme} is not.`);
    this.#handlers.set(scheme, handler);
  }

  /** The program's answer to a request of a page; null where it is for the network, or may not be made at all. */
  async answer(request: PageRequest): Promise<Response | null> {
    const url = toElectron(request.url());
    const scheme = url.slice(0, url.indexOf(':'));
    const handler = this.#handlers.get(scheme);
    if (handler === undefined) return null;
    const privileges = this.#schemes?.find((known) => known.scheme === scheme)?.privileges;
    if (request.resourceType() === 'fetch' && privileges?.supportFetchAPI !== true) return null;
    return handler(new Request(url, { method: request.method() }));
  }
}
