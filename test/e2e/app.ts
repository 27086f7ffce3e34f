/**
 * The app as a person gets it: `heapknot serve`, and a page on the address that it prints; or, in the project `desktop`, the desktop program over a
 * double of Electron, and its window.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { startDesktop } from '../desktop/desktop';

const PROJECT = resolve(import.meta.dirname, '../..');
const PRINTED = /(http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]+)/;

export const dump = (path: string): string => resolve(PROJECT, 'fixtures/dumps', path);

/** A `heapknot serve` that runs. */
export interface Served {
  /** The address that it printed, token included. */
  url: string;
  /** Ends it as Ctrl+C does, and resolves with its exit code. */
  interrupt(): Promise<number | null>;
}

export interface ShellOption {
  /** What surrounds the page. */
  shell: 'server' | 'desktop';
}

interface Fixtures {
  /** Paths of the dumps to start with; the bundled sample where there are none. */
  dumps: string[];
  /** True for tests that change what the server has: which dump is open, its names, whether it runs at all. Theirs is nobody else's. */
  alone: boolean;
  /** Nobody, where the shell is the desktop program. */
  served: Served;
  /** What the browser's console said in earnest. Empty at the end, or the test has failed. */
  complaints: string[];
  /** The page on that address, with its first view painted. */
  app: Page;
}

export const test = base.extend<Fixtures & ShellOption, { sharedServer: SharedServer }>({
  shell: ['server', { option: true }],
  dumps: [[], { option: true }],
  alone: [false, { option: true }],

  sharedServer: [
    async ({}, use) => {
      const shared = new SharedServer();
      await use(shared);
      await shared.end();
    },
    { scope: 'worker' },
  ],

  served: async ({ shell, dumps, alone, sharedServer }, use) => {
    if (shell === 'desktop') return use({ url: '', interrupt: async () => null });
    if (!alone) return use(await sharedServer.with(dumps));
    const served = await serve(dumps);
    await use(served);
    await served.interrupt();
  },

  complaints: async ({ context }, use) => {
    const complaints: string[] = [];
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    context.on('weberror', (failure) => complaints.push(failure.error().message));
    await use(complaints);
    expect(complaints, 'the browser’s console').toEqual([]);
  },

  page: async ({ shell, dumps, context }, use, testInfo) => {
    if (shell === 'server') return use(await context.newPage());
    const desktop = await startDesktop({ context, settings: testInfo.outputPath('settings'), files: dumps });
    await use(desktop.page);
    await desktop.release();
    expect(desktop.requested, 'asked of the network').toEqual([]);
  },

  // complaints before the page: it may complain as soon as it is there
  app: async ({ shell, complaints: _, page, served }, use) => {
    if (shell === 'server') await page.goto(served.url);
    await idle(page);
    await use(page);
    // what the page still asks for must not meet a server that has ended
    if (shell === 'server' && !page.isClosed()) await page.goto('about:blank');
  },
});

export { expect };

/**
 * Waits until the page itself says that nothing is under way: no request, no layout, no typing that waits, and all of it painted. Looks at every frame:
 * an assertion that is tried again looks once a second after its first few tries.
 */
export async function idle(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset['idle'] === 'true', undefined, { timeout: 30_000 });
}

/**
 * The server of a worker's tests that only look. To read the dump, name it and look for findings takes most of what a short test takes, so a server
 * stays as long as the next test wants the same dumps.
 */
class SharedServer {
  #key = '';
  #served: Served | null = null;

  async with(dumps: readonly string[]): Promise<Served> {
    const key = JSON.stringify(dumps);
    if (this.#served === null || this.#key !== key) {
      await this.end();
      this.#served = await serve(dumps);
      this.#key = key;
    }
    return this.#served;
  }

  async end(): Promise<void> {
    await this.#served?.interrupt();
    this.#served = null;
  }
}

async function serve(dumps: readonly string[]): Promise<Served> {
  const child = spawn(process.execPath, [resolve(PROJECT, 'bin/heapknot.mjs'), 'serve', ...dumps]);
  return { url: await printedAddress(child), interrupt: () => interrupt(child) };
}

/** Shows the overview, which is not what opens first. */
export async function overview(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Overview' }).click();
  await idle(page);
}

function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((found, reject) => {
    let text = '';
    const read = (part: Buffer): void => {
      text += part.toString();
      const address = PRINTED.exec(text)?.[1];
      if (address !== undefined) found(address);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.on('exit', (code) => reject(new Error(`heapknot serve has ended (${code}):\n${text}`)));
  });
}

function interrupt(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((ended) => {
    child.on('exit', ended);
    child.kill('SIGINT');
  });
}
