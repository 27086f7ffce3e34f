/** Names that a person gives to an open dump: by its executable, dropped or chosen. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Locator, Page } from '@playwright/test';
import { dump, expect, idle, test } from './app';

const EXECUTABLES = resolve(import.meta.dirname, '../../fixtures/executables/go1.27.4');

const folder = mkdtempSync(join(tmpdir(), 'heapknot-names-'));
// Nothing beside it is called like it, so it opens without names.
const heap = join(folder, 'alone.heap');
const executable = (name: string): string => join(folder, name);

test.beforeAll(() => {
  copyFileSync(dump('go1.27.4/poolcycle.heap'), heap);
  for (const name of ['poolcycle', 'poolcycle-stripped', 'layout'])
    writeFileSync(executable(name), gunzipSync(readFileSync(join(EXECUTABLES, `${name}.gz`))));
  writeFileSync(executable('broken'), readFileSync(executable('poolcycle')).subarray(0, 5000));
  writeFileSync(executable('notes.txt'), 'what I have seen so far');
});

test.afterAll(() => {
  rmSync(folder, { recursive: true });
});

test.use({ dumps: [heap] });

/** Drops a file on the window, as a browser hands it over: its name and its bytes, no path. */
async function drop(app: Page, path: string): Promise<void> {
  const file = { name: path.slice(path.lastIndexOf('/') + 1), bytes: readFileSync(path).toString('base64') };
  const data = await app.evaluateHandle(({ name, bytes }) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(bytes), (char) => char.charCodeAt(0))], name));
    return transfer;
  }, file);
  await app.dispatchEvent('body', 'drop', { dataTransfer: data });
  await idle(app);
}

const notice = (app: Page): Locator => app.locator('.notice');
const trust = (app: Page): Locator => app.getByRole('region', { name: 'How far to trust this' });

async function show(app: Page, view: string): Promise<void> {
  await app.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view }).click();
  await idle(app);
}

test('an executable that is dropped names the dump, and the overview says which it is', async ({ app }) => {
  await expect(trust(app)).toContainText('Names come from the dump alone.');
  await drop(app, executable('poolcycle'));
  await expect(notice(app)).toContainText('Names come from poolcycle (go1.27.4, with DWARF).');
  await expect(notice(app)).toContainText('The executable matches: 29 of 29 frames');
  await expect(trust(app)).toContainText('Names come from poolcycle (go1.27.4, with DWARF).');
  await expect(trust(app)).toContainText('this is an unstripped rebuild of it');
  await show(app, 'Types');
  await expect(app.getByRole('grid', { name: 'Types' })).toContainText('main.Item');
  // a window that comes back finds the names that the dump has now
  await app.reload();
  await idle(app);
  await expect(app.getByRole('grid', { name: 'Types' })).toContainText('main.Item');
});

test('a stripped one is chosen in the dump’s menu, and says what it lacks', async ({ app }) => {
  await app.getByRole('button', { name: 'Dump alone.heap' }).click();
  const asked = app.waitForEvent('filechooser');
  await app.getByRole('menuitem', { name: 'Choose an executable…' }).click();
  await (await asked).setFiles(executable('poolcycle-stripped'));
  await expect(notice(app)).toContainText('Names come from poolcycle-stripped (go1.27.4, stripped).');
  await expect(notice(app)).toContainText('A rebuild of the same commit');
  await notice(app).getByRole('button', { name: 'Dismiss' }).click();
  await expect(notice(app)).toHaveCount(0);
});

test('where names are missing the executable is asked for in place', async ({ app }) => {
  await show(app, 'Closures');
  const asked = app.waitForEvent('filechooser');
  await app.getByRole('button', { name: 'Choose an executable…' }).click();
  await (await asked).setFiles(executable('poolcycle'));
  await expect(app.getByRole('grid', { name: 'Closures', exact: true })).toContainText('main.newOwner.func1');
});

test('one that did not write the dump, or is broken, is told and takes no names away', async ({ app }) => {
  await drop(app, executable('poolcycle'));
  await drop(app, executable('layout'));
  await expect(notice(app)).toContainText('layout is not used.');
  await expect(notice(app)).toContainText(/the \w+ segment has \d+ bytes in the dump and \d+ in the executable/);
  await drop(app, executable('broken'));
  await expect(notice(app)).toContainText('broken is not used.');
  await expect(notice(app)).toContainText('damaged');
  await expect(trust(app)).toContainText('Names come from poolcycle (go1.27.4, with DWARF).');
});

test('what a browser cannot open is told in words', async ({ app }) => {
  await drop(app, heap);
  await expect(notice(app)).toContainText('A browser does not tell where alone.heap lies.');
  await drop(app, executable('notes.txt'));
  await expect(notice(app)).toContainText('notes.txt is neither a Go heap dump nor an executable.');
  await app.getByRole('button', { name: 'Dump alone.heap' }).click();
  await app.getByRole('menuitem', { name: 'Close this dump' }).click();
  await drop(app, executable('poolcycle'));
  await expect(notice(app)).toContainText('Open the dump first, then give it poolcycle.');
});
