/** Names that a person gives to an open dump: by its executable, dropped or chosen, and by hand. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Locator, Page } from '@playwright/test';
import { dump, expect, idle, overview, test } from './app';

const EXECUTABLES = resolve(import.meta.dirname, '../../fixtures/executables/go1.27.4');

const folder = mkdtempSync(join(tmpdir(), 'heapknot-names-'));
// Nothing beside it is called like it, so it opens without names.
const heap = join(folder, 'alone.heap');
const executable = (name: string): string => join(folder, name);

test.beforeAll(() => {
  copyFileSync(dump('go1.27.4/poolcycle.heap'), heap);
  copyFileSync(dump('go1.27.4/ifaces.heap'), join(folder, 'ifaces.heap'));
  for (const name of ['poolcycle', 'poolcycle-stripped', 'layout'])
    writeFileSync(executable(name), gunzipSync(readFileSync(join(EXECUTABLES, `${name}.gz`))));
  writeFileSync(executable('broken'), readFileSync(executable('poolcycle')).subarray(0, 5000));
  writeFileSync(executable('notes.txt'), 'what I have seen so far');
});

test.afterAll(() => {
  rmSync(folder, { recursive: true });
});

test.use({ dumps: [heap], alone: true });

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
  await overview(app);
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
  await overview(app);
  await drop(app, executable('poolcycle'));
  await drop(app, executable('layout'));
  await expect(notice(app)).toContainText('layout is not used.');
  await expect(notice(app)).toContainText(/the \w+ segment has \d+ bytes in the dump and \d+ in the executable/);
  await drop(app, executable('broken'));
  await expect(notice(app)).toContainText('broken is not used.');
  await expect(notice(app)).toContainText('the executable ends at byte 5000');
  await expect(trust(app)).toContainText('Names come from poolcycle (go1.27.4, with DWARF).');
});

test('what a browser cannot open is told in words', async ({ app }) => {
  await drop(app, heap);
  await expect(notice(app)).toContainText('A browser does not tell where alone.heap lies.');
  await drop(app, executable('notes.txt'));
  await expect(notice(app)).toContainText('notes.txt is neither a Go heap dump nor an executable.');
  await app.getByRole('button', { name: 'Dump alone.heap' }).click();
  await app.getByRole('menuitem', { name: 'Close this dump' }).click();
  await expect(notice(app)).toHaveCount(0);
  await drop(app, executable('poolcycle'));
  await expect(notice(app)).toContainText('Open the dump first, then give it poolcycle.');
});

test.describe('a type that the dump only tells apart', () => {
  test.use({ dumps: [join(folder, 'ifaces.heap')] });

  const UNNAMED = 'what a pointer type of main points at, #1';
  const types = (app: Page): Locator => app.getByRole('grid', { name: 'Types' });
  const dialog = (app: Page): Locator => app.getByRole('dialog', { name: 'Name this type' });

  /** Those of the program: the list shows some at a time. */
  async function showTypes(app: Page): Promise<void> {
    await show(app, 'Types');
    await app.getByLabel('Filter Type').fill('main');
    await idle(app);
  }

  async function name(app: Page, text: string): Promise<void> {
    await app.getByLabel('Name in package main').fill(text);
    await app.getByRole('button', { name: 'Name it' }).click();
    await idle(app);
  }

  test('is named with a right click, and called so everywhere', async ({ app }) => {
    await showTypes(app);
    await types(app).getByRole('row', { name: UNNAMED }).click({ button: 'right' });
    await app.getByRole('menuitem', { name: 'Name this type…' }).click();
    await expect(dialog(app)).toContainText(UNNAMED);
    await name(app, 'net/http.Circle');
    await expect(dialog(app)).toContainText('a type of main');
    await name(app, 'Circle');
    await expect(dialog(app)).toHaveCount(0);
    const row = types(app).getByRole('row', { name: 'main.Circle' });
    await expect(row).toContainText('by hand');
    await expect(types(app)).not.toContainText(UNNAMED);

    await row.dblclick();
    await idle(app);
    const objects = app.getByRole('grid', { name: 'Objects' });
    await expect(objects.getByRole('row', { name: 'main.Circle' })).toHaveCount(3);
    await objects.getByRole('row', { name: 'main.Circle' }).first().dblclick();
    await idle(app);
    await expect(app.getByRole('heading', { level: 1 })).toContainText('main.Circle');
    await expect(app.getByRole('main')).toContainText('You named it.');

    await app.getByRole('button', { name: 'Name this type…' }).click();
    await app.getByRole('button', { name: 'Take the name away' }).click();
    await idle(app);
    await expect(app.getByRole('heading', { level: 1 })).toContainText(UNNAMED);
  });

  test('keeps its name for the dump, and gives it as a file', async ({ app, served }) => {
    await showTypes(app);
    await types(app).getByRole('row', { name: UNNAMED }).click({ button: 'right' });
    await app.getByRole('menuitem', { name: 'Name this type…' }).click();
    await name(app, 'Circle');
    const menu = async (item: string): Promise<void> => {
      await app.getByRole('button', { name: 'Dump ifaces.heap' }).click();
      await app.getByRole('menuitem', { name: item }).click();
    };
    const saved = app.waitForEvent('download');
    await menu('Save names given by hand…');
    const file = join(folder, (await saved).suggestedFilename());
    await (await saved).saveAs(file);
    expect(file).toMatch(/ifaces\.heap\.names\.json$/);

    // closed and opened again, the engine has forgotten it and the window has not
    await menu('Close this dump');
    await app.getByRole('button', { name: /ifaces\.heap/ }).click();
    await idle(app);
    await showTypes(app);
    await expect(types(app)).toContainText('main.Circle');

    // another person's browser, which takes the file
    await app.evaluate(() => {
      localStorage.clear();
    });
    await menu('Close this dump');
    await app.goto(served.url);
    await app.reload();
    await idle(app);
    await showTypes(app);
    await expect(types(app)).toContainText(UNNAMED);
    await drop(app, file);
    await expect(notice(app)).toContainText('1 type is called by the names of ifaces.heap.names.json.');
    await expect(types(app)).toContainText('main.Circle');
  });
});
