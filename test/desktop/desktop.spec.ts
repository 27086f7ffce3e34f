/** The desktop program as a person has it: every way in, what is kept, what ends and comes back. Over a double of Electron; see README.md. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { dump, expect, idle, test as base } from '../e2e/app';
import { startDesktop, type Desktop, type StartOptions } from './desktop';

const EXECUTABLES = resolve(import.meta.dirname, '../../fixtures/executables/go1.27.4');
const FINALIZERS = dump('go1.27.4/finalizers.heap');
const CHANNELS = dump('go1.27.4/chanleak.heap');

interface Fixtures {
  /** Starts the program, with settings of the test's own unless others are named, and waits until its page is idle. */
  start(options?: Partial<StartOptions>): Promise<Desktop>;
}

const test = base.extend<Fixtures>({
  start: async ({ context, complaints: _ }, use, testInfo) => {
    const started: Desktop[] = [];
    await use(async (options = {}) => {
      const desktop = await startDesktop({ context, settings: testInfo.outputPath('settings'), ...options });
      started.push(desktop);
      if (desktop.windows > 0) await idle(desktop.page);
      return desktop;
    });
    for (const desktop of started) await desktop.release();
    expect(started.flatMap(({ requested }) => requested)).toEqual([]);
  },
});

/** The dump on show. */
const shown = (desktop: Desktop, name: string) =>
  expect(desktop.page.getByRole('button', { name: `Dump ${name}` })).toBeVisible();
const heading = (desktop: Desktop) => desktop.page.getByRole('heading', { level: 1 });
const notice = (desktop: Desktop) => desktop.page.locator('.notice');

test('the dump of the command line opens in a sandboxed page, which has the bridge and nothing of Node', async ({
  start,
}) => {
  const desktop = await start({ files: ['--no-sandbox', FINALIZERS] });
  await shown(desktop, 'finalizers.heap');
  await expect(heading(desktop)).toHaveText('Memory');
  expect(desktop.url).toMatch(/^app:\/\/heapknot\/index\.html/);
  expect(desktop.window.visible).toBe(true);
  expect(desktop.app.recentDocuments).toEqual([FINALIZERS]);
  const page = await desktop.page.evaluate(() => ({
    node: ['require', 'process', 'module', 'toMainProcess', 'fromMainProcess'].filter((name) => name in globalThis),
    frozen: Object.isFrozen(window.heapknot),
    bridge: Object.entries(window.heapknot!).map(([name, part]) => `${name} ${typeof part}`),
  }));
  expect(page.node).toEqual([]);
  expect(page.frozen).toBe(true);
  expect(page.bridge.every((part) => part.endsWith(' function'))).toBe(true);
});

test('a file that the system hands over opens, before the program is ready and after, until its window is closed', async ({
  start,
}) => {
  const desktop = await start({ handedOver: FINALIZERS });
  await shown(desktop, 'finalizers.heap');
  desktop.handOver(CHANNELS);
  await shown(desktop, 'chanleak.heap');
  expect([desktop.windows, desktop.engines.length]).toEqual([1, 1]);

  // the window that is closed ends the program and its engine
  const { pid } = desktop.engine;
  await desktop.page.close();
  expect(await desktop.app.ended).toBe(0);
  await expect.poll(() => isAlive(pid!)).toBe(false);
});

test('a second start hands its file on to the window that stands, and ends', async ({ start }) => {
  const desktop = await start({ files: [FINALIZERS] });
  desktop.window.minimize();
  const second = await start({ files: ['--inspect', CHANNELS] });
  expect([await second.app.ended, second.windows, second.engines.length]).toEqual([0, 0, 0]);
  await shown(desktop, 'chanleak.heap');
  expect([desktop.windows, desktop.window.visible, desktop.window.focused]).toEqual([1, true, 1]);
});

test('a dump that is dropped opens, and an executable names it', async ({ start }, testInfo) => {
  // beside nothing that is called like it, so it opens without names
  const alone = testInfo.outputPath('alone.heap');
  const program = testInfo.outputPath('poolcycle');
  copyFileSync(dump('go1.27.4/poolcycle.heap'), alone);
  writeFileSync(program, gunzipSync(readFileSync(join(EXECUTABLES, 'poolcycle.gz'))));

  const desktop = await start({ files: [FINALIZERS] });
  await desktop.drop(alone);
  await shown(desktop, 'alone.heap');
  await idle(desktop.page);
  await desktop.drop(program);
  await expect(notice(desktop)).toContainText('Names come from poolcycle (go1.27.4, with DWARF).');
  await idle(desktop.page);
  await desktop.page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Types' }).click();
  await expect(desktop.page.getByRole('grid', { name: 'Types' })).toContainText('main.Item');
  expect(desktop.app.recentDocuments).toEqual([alone, FINALIZERS]);
  expect(desktop.url).toMatch(/^app:\/\/heapknot\//);
});

test('without a file the program begins with the sample; what was never a file of the disk is told as such', async ({
  start,
}) => {
  const desktop = await start();
  await shown(desktop, 'orders-go1.19.heap');
  const { page } = desktop;
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['go1.7 heap dump\n'], 'made.heap'));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  });
  await expect(notice(desktop)).toContainText('made.heap is no file of this machine.');
  expect(desktop.app.recentDocuments).toEqual([]);
});

test('dialogs open dumps and executables, by menu and by button; Cancel changes nothing', async ({
  start,
}, testInfo) => {
  const program = testInfo.outputPath('app');
  writeFileSync(program, gunzipSync(readFileSync(join(EXECUTABLES, 'layout.gz'))));
  const desktop = await start({ files: [FINALIZERS] });
  desktop.answers.push([], [CHANNELS], [program], [FINALIZERS]);
  desktop.press('File', 'Open…');
  await expect.poll(() => desktop.dialogs.length).toBe(1);
  await shown(desktop, 'finalizers.heap');
  desktop.press('File', 'Open…');
  await shown(desktop, 'chanleak.heap');

  await desktop.page.getByRole('button', { name: 'Dump chanleak.heap' }).click();
  await desktop.page.getByRole('menuitem', { name: 'Choose an executable…' }).click();
  await expect(notice(desktop)).toContainText('app is not used.');
  await desktop.page.getByRole('button', { name: 'Dump chanleak.heap' }).click();
  await desktop.page.getByRole('menuitem', { name: 'Close this dump' }).click();
  await desktop.page.getByRole('button', { name: 'Open…' }).click();
  await shown(desktop, 'finalizers.heap');
  expect(desktop.dialogs.map((title) => title.split(' ')[0])).toEqual(['Open', 'Open', 'Take', 'Open']);
});

test('recent files stand in the menu and on the first page, and are there at the next start', async ({ start }) => {
  const first = await start({ files: [FINALIZERS] });
  first.handOver(CHANNELS);
  await shown(first, 'chanleak.heap');
  await expect
    .poll(() => first.labels('File', 'Open Recent').slice(0, 2))
    .toEqual(['chanleak.heap', 'finalizers.heap']);
  expect(await first.quit()).toBe(0);

  const second = await start();
  await second.page.getByRole('button', { name: 'Dump orders-go1.19.heap' }).click();
  await second.page.getByRole('menuitem', { name: 'Close this dump' }).click();
  const files = second.page.getByRole('list', { name: 'Files' }).getByRole('button');
  await expect(files).toContainText(['orders-go1.19.heapsample', 'chanleak.heaprecent', 'finalizers.heaprecent']);
  await files.nth(1).click();
  await shown(second, 'chanleak.heap');
  second.press('File', 'Open Recent', 'finalizers.heap');
  await shown(second, 'finalizers.heap');
  second.press('File', 'Open Recent', 'Clear the List');
  expect(() => second.press('File', 'Open Recent', 'finalizers.heap')).toThrow('cannot be pressed');
  expect(second.app.recentDocuments).toEqual([]);
});

test('an engine that is killed is told, and a fresh one goes on in the same place', async ({ start }) => {
  const desktop = await start({ files: [FINALIZERS] });
  await desktop.page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Cycles' }).click();
  await idle(desktop.page);
  const place = desktop.url;
  process.kill(desktop.engine.pid!, 'SIGKILL');
  await expect(heading(desktop)).toHaveText('The engine has ended');
  await expect(desktop.page.getByRole('alert')).toContainText('exit code 9');
  await desktop.page.getByRole('button', { name: 'Start it again and reopen finalizers.heap' }).click();
  await idle(desktop.page);
  await expect(heading(desktop)).toHaveText('Cycles');
  expect([desktop.url, desktop.engines.length]).toEqual([place, 2]);
});

test('a page that is loaded anew finds the dump in the engine that holds it', async ({ start }) => {
  const desktop = await start({ files: [FINALIZERS] });
  desktop.handOver(CHANNELS);
  await shown(desktop, 'chanleak.heap');
  const loaded = desktop.page.waitForEvent('load');
  desktop.press('View', 'reload');
  await loaded;
  await idle(desktop.page);
  await shown(desktop, 'chanleak.heap');
  expect([desktop.engines.length, desktop.app.recentDocuments[0]]).toEqual([1, CHANNELS]);
});

test('settings are kept from start to start', async ({ start, browser }) => {
  const first = await start({ files: [FINALIZERS] });
  await first.page.getByRole('button', { name: 'Dark theme' }).click();
  await expect(first.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  const storageState = await first.page.context().storageState();
  await first.quit();

  // what Chromium keeps in the settings folder
  const context = await browser.newContext({ storageState });
  const second = await start({ context });
  await expect(second.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await second.quit();
  await context.close();
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
