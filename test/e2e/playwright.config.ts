import { resolve } from 'node:path';
import { defineConfig } from '@playwright/test';

const asRoot = process.getuid?.() === 0;

/** The built app in a Chromium that `scripts/e2e.mjs` has found, in two sizes of window: a small notebook's and a full screen. */
export default defineConfig({
  testDir: '.',
  outputDir: resolve(import.meta.dirname, '../../test-results/e2e'),
  timeout: 60_000,
  forbidOnly: process.env['CI'] !== undefined,
  // One browser and one server a test, on two cores.
  workers: 1,
  use: {
    deviceScaleFactor: 1,
    colorScheme: 'light',
    locale: 'en-GB',
    timezoneId: 'UTC',
    screenshot: 'only-on-failure',
    launchOptions: {
      // The runner finds one and names it here; Playwright's own where it is run by hand.
      ...(process.env['CHROME'] === undefined ? {} : { executablePath: process.env['CHROME'] }),
      args: [
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        ...(asRoot ? ['--no-sandbox'] : []),
      ],
    },
  },
  projects: [
    { name: 'notebook', use: { viewport: { width: 1280, height: 800 } } },
    { name: 'full-screen', use: { viewport: { width: 1920, height: 1080 } }, grep: /@sizes/ },
  ],
});
