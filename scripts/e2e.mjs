// Drives the built app in a Chromium, on the loopback server: `npm run build && npm run e2e`. Further words go to Playwright.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { findChromium } from './chromium.mjs';

const PROJECT = resolve(import.meta.dirname, '..');
const chromium = findChromium();
if (chromium === null) process.exit(1);

const playwright = resolve(PROJECT, 'node_modules/@playwright/test/cli.js');
const parameters = [playwright, 'test', '--config', 'test/e2e/playwright.config.ts', ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, parameters, {
  cwd: PROJECT,
  stdio: 'inherit',
  env: { ...process.env, CHROME: chromium },
});
process.exitCode = status ?? 1;
