/** The desktop app itself. Runs wherever Electron's program is installed and a window can be shown; says why where not. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { _electron, expect, test, type ElectronApplication } from '@playwright/test';
import { electronProgram, noDesktop } from '../../scripts/electron.mjs';
import { dump, idle } from './app';

const PROJECT = resolve(import.meta.dirname, '../..');

/** Why the app cannot run here; null where it can. */
function obstacle(): string | null {
  return noDesktop() ?? (existsSync(electronProgram()) ? null : 'the program of Electron is not installed');
}

test.describe('the desktop app', () => {
  const reason = obstacle();
  if (reason !== null) console.log(`the desktop app is not tested here: ${reason}`);
  test.skip(reason !== null, `the desktop app is not tested here: ${reason ?? ''}`);

  let app: ElectronApplication;
  test.beforeEach(async ({}, testInfo) => {
    // A settings folder of its own: no recent files of the person who runs the tests.
    const settings = testInfo.outputPath('settings');
    const file = dump('go1.27.4/finalizers.heap');
    app = await _electron.launch({
      executablePath: electronProgram(),
      args: [`--user-data-dir=${settings}`, PROJECT, file],
    });
  });
  test.afterEach(() => app.close());

  test('opens the dump that it was started with, in a sandboxed page without Node', async () => {
    const page = await app.firstWindow();
    await idle(page);
    expect(page.url()).toMatch(/^app:\/\/heapknot\//);
    await expect(page.getByRole('heading', { name: 'Memory' })).toBeVisible();
    expect(await page.evaluate(() => 'require' in globalThis || 'process' in globalThis)).toBe(false);
  });

  test('survives the crash of its engine', async () => {
    const page = await app.firstWindow();
    await idle(page);
    await app.evaluate(({ app: shell }) => {
      const engine = shell.getAppMetrics().find((metric) => metric.name === 'Heapknot engine');
      if (engine !== undefined) process.kill(engine.pid, 'SIGKILL');
    });
    await page.getByRole('button', { name: /start it again/i }).click();
    await idle(page);
    await expect(page.getByRole('heading', { name: 'Memory' })).toBeVisible();
  });

  test('opens the same dump again after a reload', async () => {
    const page = await app.firstWindow();
    await idle(page);
    await page.reload();
    await idle(page);
    await expect(page.getByRole('heading', { name: 'Memory' })).toBeVisible();
  });
});
