import { resolve } from 'node:path';
import { defineConfig } from '@playwright/test';
import type { ShellOption } from './app';

const asRoot = process.getuid?.() === 0;

/**
 * Journeys that run in the desktop program too are tagged so. The page and the engine are the same there, and what differs is all that lies between
 * them: so these are the way to a drawn ring, a search, a download, and every view once, for each question that the page can ask through the ports.
 * What a host does in its own way (opening, dropping, names, recovery) has its own tests in test/desktop.
 */
const DESKTOP = /@both|\bdesktop\/\w+\.spec/;

/**
 * The built app in a Chromium that `scripts/e2e.mjs` has found, in two sizes of window: a small notebook's and a full screen; and as the desktop
 * program, over a double of Electron (test/desktop/README.md).
 */
export default defineConfig<ShellOption>({
  testDir: '.',
  outputDir: resolve(import.meta.dirname, '../../test-results/e2e'),
  timeout: 60_000,
  forbidOnly: process.env['CI'] !== undefined,
  // Each has a browser and a server of its own, which wait for each other in turns: two fill two cores.
  workers: 2,
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
    {
      name: 'desktop',
      testDir: '..',
      testMatch: ['desktop/*.spec.ts', 'e2e/*.spec.ts'],
      grep: DESKTOP,
      use: { shell: 'desktop', viewport: { width: 1280, height: 800 } },
    },
  ],
});
