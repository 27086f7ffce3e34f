/** The app as a person gets it: `heapknot serve`, and a page on the address that it prints. */
import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';

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

interface Fixtures {
  /** Paths of the dumps to serve; the bundled sample where there are none. */
  dumps: string[];
  served: Served;
  /** What the browser's console said in earnest. Empty at the end, or the test has failed. */
  complaints: string[];
  /** The page on that address, with its first view painted. */
  app: Page;
}

export const test = base.extend<Fixtures>({
  dumps: [[], { option: true }],

  served: async ({ dumps }, use) => {
    const child = spawn(process.execPath, [resolve(PROJECT, 'bin/heapknot.mjs'), 'serve', ...dumps]);
    const served: Served = { url: await printedAddress(child), interrupt: () => interrupt(child) };
    await use(served);
    await served.interrupt();
  },

  complaints: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await use(complaints);
    expect(complaints, 'the browser’s console').toEqual([]);
  },

  app: async ({ page, served, complaints: _ }, use) => {
    await page.goto(served.url);
    await idle(page);
    await use(page);
  },
});

export { expect };

/** Waits until the page itself says that nothing is under way: no request, no layout, no typing that waits, and all of it painted. */
export async function idle(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-idle', 'true', { timeout: 30_000 });
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
