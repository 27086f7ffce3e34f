/** Where the page of the desktop program cannot go, what it cannot have, and what it cannot send. */
import type { BrowserContext } from '@playwright/test';
import { expect, idle, test } from '../e2e/app';
import { startDesktop, type Desktop } from './desktop';

// One program for all: nothing that is tried here may change anything.
let desktop: Desktop;
let context: BrowserContext;
test.beforeAll(async ({ browser }, testInfo) => {
  context = await browser.newContext();
  desktop = await startDesktop({ context, settings: testInfo.outputPath('settings') });
  await idle(desktop.page);
});
test.afterEach(async () => {
  expect(desktop.requested).toEqual([]);
  await expect(desktop.page.getByRole('heading', { level: 1 })).toHaveText('Memory');
});
test.afterAll(async () => {
  await desktop.release();
  await context.close();
});

test('it goes nowhere and opens nothing', async () => {
  const { url } = desktop;
  await desktop.page.evaluate(() => {
    const link = document.body.appendChild(document.createElement('a'));
    link.href = 'https://evil.example/link';
    link.click();
  });
  await desktop.page.evaluate(() => {
    location.href = 'https://evil.example/location';
  });
  await desktop.page.evaluate(() => void open('https://evil.example/window', '_blank', 'noopener'));
  await desktop.page.evaluate(() => void open('https://pkg.go.dev/runtime/debug'));
  await expect.poll(() => desktop.outside).toEqual(['https://pkg.go.dev/runtime/debug']);
  await expect.poll(() => context.pages().length).toBe(1);
  expect([desktop.left, desktop.url, desktop.windows]).toEqual([[], url, 1]);
});

test('it is granted copying, and nothing else', async () => {
  const states = await desktop.page.evaluate(async () => {
    const names = ['clipboard-write', 'clipboard-read', 'geolocation', 'notifications', 'camera', 'microphone', 'midi'];
    const asked = names.map(async (name) => [
      name,
      (await navigator.permissions.query({ name: name as PermissionName })).state,
    ]);
    return Object.fromEntries(await Promise.all(asked)) as Record<string, string>;
  });
  const { 'clipboard-write': copying, ...others } = states;
  expect(copying).toBe('granted');
  expect(Object.values(others)).toEqual(new Array(6).fill('denied'));
});

test('its policy is enforced: no code, no pictures, no words from or to anywhere else', async () => {
  const { blocked, ran } = await desktop.page.evaluate(async () => {
    const blocked: string[] = [];
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      blocked.push(`${effectiveDirective} ${blockedURI}`);
    });
    const add = (tag: string, traits: object): void => {
      document.body.append(Object.assign(document.createElement(tag), traits));
    };
    // in a task of the page's own: what a debugger evaluates may evaluate in turn
    setTimeout(() => {
      add('script', { textContent: 'window.ran = true' });
      add('script', { src: 'https://evil.example/script.js' });
      add('script', { src: 'data:text/javascript,window.ran=true' });
      add('img', { src: 'https://evil.example/picture.png' });
      add('iframe', { src: 'https://evil.example/frame' });
      add('style', { textContent: 'body { color: red }' });
      void fetch('https://evil.example/words').catch(() => undefined);
      // eslint-disable-next-line @typescript-eslint/no-implied-eval -- that it is refused is what the test is about
      setTimeout('window.ran = true');
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    return { blocked, ran: 'ran' in window };
  });
  expect(ran).toBe(false);
  expect(blocked.toSorted()).toEqual([
    'connect-src https://evil.example/words',
    'frame-src https://evil.example',
    'img-src https://evil.example/picture.png',
    'script-src eval',
    'script-src-elem data',
    'script-src-elem https://evil.example/script.js',
    'script-src-elem inline',
    'style-src-elem inline',
  ]);
});

test('its scheme answers with the files of the page alone', async () => {
  const statuses = await desktop.page.evaluate(async () => {
    const paths = ['/index.html', '/', '/../package.json', '/%2e%2e/%2e%2e/package.json', '/assets/'];
    const asked = paths.map(async (path) => [path, (await fetch(path)).status]);
    return Object.fromEntries(await Promise.all(asked)) as Record<string, number>;
  });
  expect(Object.values(statuses)).toEqual([200, 404, 404, 404, 404]);
});

test('the bridge takes plain data, and copies it', async () => {
  const refused = await desktop.page.evaluate(() => {
    const said = (value: unknown): string => {
      try {
        window.heapknot!.opened(value as string);
        return 'taken';
      } catch (error) {
        return error instanceof Error ? error.message : 'no error of this world';
      }
    };
    return [said(() => 1), said(new WeakMap()), said({ file: 1 }), said('/d/told.heap')];
  });
  expect(refused).toEqual([
    expect.stringContaining('could not be cloned'),
    expect.stringContaining('could not be cloned'),
    'taken',
    'taken',
  ]);
  const files = await desktop.page.evaluate(() => window.heapknot!.files());
  expect(files.files.map(({ file }) => file).filter((file) => file.startsWith('/d/'))).toEqual(['/d/told.heap']);
});
