/** The lenses over closures and pools, and one object's values, on a dump with the executable that wrote it. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Locator, Page } from '@playwright/test';
import { dump, expect, idle, test } from './app';

const EXECUTABLE = resolve(import.meta.dirname, '../../fixtures/executables/go1.27.4/poolcycle.gz');

const folder = mkdtempSync(join(tmpdir(), 'heapknot-lenses-'));
const heap = join(folder, 'poolcycle.heap');
const program = join(folder, 'poolcycle.bin');

test.beforeAll(() => {
  copyFileSync(dump('go1.27.4/poolcycle.heap'), heap);
  writeFileSync(program, gunzipSync(readFileSync(EXECUTABLE)));
});

test.afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function show(app: Page, lens: string): Promise<void> {
  await app.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: lens }).click();
  await idle(app);
  await expect(app.getByRole('heading', { level: 1 })).toHaveText(lens);
}

async function click(app: Page, target: Locator): Promise<void> {
  await target.click();
  await idle(app);
}

const table = (app: Page, name: string): Locator => app.getByRole('grid', { name, exact: true });
const why = (app: Page): Locator => app.getByRole('complementary', { name: 'Why is this alive?' });

test.describe('with the executable', () => {
  test.use({ dumps: [heap, '--exe', program] });

  test('a closure’s function leads to its closures, and each of them to its root', async ({ app }) => {
    await show(app, 'Closures');
    const row = table(app, 'Closures').getByRole('row', { name: 'main.newOwner.func1.1' });
    await expect(row).toContainText('it *main.Item, p *sync.Pool');
    await expect(row).toContainText('60');
    await click(app, row);
    await click(app, table(app, 'Closures of the function').getByRole('row').nth(2));
    await expect(why(app)).toContainText('.release');
    await expect(why(app)).toContainText('sync.Pool');
  });

  test('the closures that are open, sorted and filtered, survive a reload @sizes', async ({ app }) => {
    await show(app, 'Closures');
    await app.getByLabel('Filter Captured variables').fill('Owner');
    await idle(app);
    await click(app, table(app, 'Closures').getByRole('row', { name: 'main.newOwner.func1' }));
    await app.reload();
    await idle(app);
    await expect(table(app, 'Closures').getByRole('row')).toHaveCount(2);
    await expect(app.getByRole('region', { name: 'Closures of main.newOwner.func1' })).toContainText('o *main.Owner');
    const tooWide = await app.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(tooWide).toBe(0);
  });

  test('a pool tells its New, parts and types, and its items lead to their roots', async ({ app }) => {
    await show(app, 'Pools');
    const pools = table(app, 'Pools');
    await expect(pools.getByRole('row', { name: 'main.bufPool' })).toContainText('main.init.func1');
    await click(app, pools.getByRole('row', { name: 'main.newOwner.func1' }).getByRole('link'));
    await expect(app.getByRole('main')).toContainText('items 60private 1shared 29victims 30');
    await expect(table(app, 'By type').getByRole('row').nth(1)).toContainText('main.Item');
    await expect(table(app, 'By processor').getByRole('row')).toHaveCount(2);
    await click(app, table(app, 'Items').getByRole('row').nth(1));
    await expect(why(app)).toContainText('main.Item');
    await expect(why(app)).toContainText('poolLocalInternal.private');
  });

  test('an object is read field by field, its pointers lead on, and its name has its reasons', async ({ app }) => {
    await show(app, 'Pools');
    await click(app, table(app, 'Pools').getByRole('row', { name: 'main.newOwner.func1' }).getByRole('link'));
    await click(app, table(app, 'Items').getByRole('row').nth(1).getByRole('link'));
    const values = table(app, 'Values');
    await expect(values.getByRole('row', { name: '.id' })).toContainText('int');
    await expect(values.getByRole('row', { name: '.buf' })).toContainText('cap 512');
    const reasons = app.getByRole('region', { name: 'Why we believe it' });
    await expect(reasons.getByRole('listitem').last()).toContainText('A variable of the program points at it.');
    await click(app, app.getByRole('tab', { name: /^References/ }));
    await expect(table(app, 'References').getByRole('row', { name: '.release' })).toContainText(
      'main.newOwner.func1.1',
    );
    await click(app, app.getByRole('tab', { name: 'Contents' }));
    await click(app, values.getByRole('row', { name: '.release' }).getByRole('link'));
    await expect(values.getByRole('row', { name: 'captured it' })).toContainText('*main.Item');
  });
});

test.describe('without it', () => {
  test.use({ dumps: [dump('go1.27.4/poolcycle.heap')] });

  test('the lens over closures says what is missing and how to get it', async ({ app }) => {
    await show(app, 'Closures');
    await expect(app.getByRole('main')).toContainText('functions are in the executable');
    await expect(app.getByRole('main')).toContainText('Drop the program that wrote the dump on this window');
    await expect(app.getByRole('button', { name: 'Choose an executable…' })).toBeVisible();
  });
});
