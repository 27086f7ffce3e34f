// Takes the README's pictures from the real app on the bundled sample: `npm run build && npm run pictures`.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from '@playwright/test';
import { findChromium } from './chromium.mjs';

const PROJECT = resolve(import.meta.dirname, '..');
const PICTURES = resolve(PROJECT, 'docs/pictures');

const executablePath = findChromium();
if (executablePath === null) process.exit(1);
mkdirSync(PICTURES, { recursive: true });

const server = spawn(process.execPath, [resolve(PROJECT, 'bin/heapknot.mjs'), 'serve']);
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
try {
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: 1.5,
    colorScheme: 'light',
  });
  await page.goto(await printedUrl(server));
  await take(page, 'memory');

  const views = page.getByRole('navigation', { name: 'Views' });
  await views.getByRole('link', { name: 'Overview' }).click();
  await take(page, 'overview');

  await views.getByRole('link', { name: 'Findings' }).click();
  await take(page, 'findings');

  await views.getByRole('link', { name: 'Cycles' }).click();
  await take(page, 'cycles');
  await page.getByRole('tab', { name: 'Each cycle' }).click();
  await page.getByRole('tab', { name: 'finalizer' }).click();
  await idle(page);

  await page.getByRole('grid', { name: 'Cycles' }).getByRole('row').nth(1).dblclick();
  await idle(page);
  // A member's card: forced, because the canvas below it takes the mouse.
  const nodes = page.getByRole('listbox', { name: 'Nodes of the cycle' }).getByRole('option');
  await nodes.filter({ hasText: 'main.Conn' }).first().click({ force: true });
  await idle(page);
  await page.getByRole('button', { name: 'Fit' }).click();
  await take(page, 'cycle');
} finally {
  await browser.close();
  server.kill('SIGINT');
}

async function take(page, name) {
  await idle(page);
  await page.screenshot({ path: resolve(PICTURES, `${name}.png`) });
}

function idle(page) {
  return page.waitForSelector('html[data-idle="true"]');
}

/** The first URL that the server prints. */
async function printedUrl({ stdout }) {
  for await (const line of createInterface({ input: stdout })) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url) return url;
  }
  throw new Error('the server ended without an address');
}
