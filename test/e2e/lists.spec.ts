import type { Page } from '@playwright/test';
import { dump, expect, idle, overview, test } from './app';

test.use({ dumps: [dump('go1.27.4/finalizers.heap')] });

/** Goes to a view by the rail. */
async function show(app: Page, view: string): Promise<void> {
  await app.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view }).click();
  await idle(app);
}

const grid = (app: Page, name: string) => app.getByRole('grid', { name });
const pane = (app: Page) => app.getByRole('complementary', { name: 'Why is this alive?' });

/** Rows of a table besides its head, as it tells who cannot see it. */
async function rowCount(app: Page, name: string): Promise<number> {
  return Number(await grid(app, name).getAttribute('aria-rowcount')) - 1;
}

test('the overview fits on one screen and agrees with the runtime @sizes', async ({ app }) => {
  await overview(app);
  await expect(app.getByText('exactly HeapObjects and HeapAlloc of MemStats')).toBeVisible();
  await expect(app.getByRole('contentinfo', { name: 'Status' })).toContainText("equals the runtime's own count");
  await expect(app.getByRole('region', { name: 'Held by' })).toContainText('finalizers for good');
  const overflow = await app.getByRole('main').evaluate((main) => {
    const body = main.querySelector('.overview');
    return body === null ? null : body.scrollHeight - body.clientHeight;
  });
  expect(overflow).toBe(0);
});

test('cycles: narrow, select, open, and come back to where one was', async ({ app }) => {
  await show(app, 'Cycles');
  await app.getByRole('tab', { name: 'Each cycle' }).click();
  await app.getByRole('tab', { name: 'Heap only' }).click();
  await idle(app);
  expect(await rowCount(app, 'Cycles')).toBe(13);
  await app.getByRole('tab', { name: 'finalizer' }).click();
  await idle(app);
  expect(await rowCount(app, 'Cycles')).toBe(5);

  await grid(app, 'Cycles').getByRole('row').nth(1).click();
  await idle(app);
  await expect(pane(app)).toContainText('finalizer of');
  const there = app.url();
  await app.keyboard.press('Enter');
  await idle(app);
  await expect(app.getByRole('heading', { level: 1 })).toContainText('Cycle');

  await app.keyboard.press('Alt+ArrowLeft');
  await idle(app);
  expect(app.url()).toBe(there);
  await expect(app.getByRole('tab', { name: 'finalizer' })).toHaveAttribute('aria-selected', 'true');
});

test('a link shows the same place in another window', async ({ app, context }) => {
  await show(app, 'Objects');
  await app.getByRole('columnheader', { name: /Size/ }).getByRole('button').click();
  await app.getByLabel('Filter Size').fill('>4KiB');
  await expect(app).toHaveURL(/f\.size=/);
  await idle(app);
  const rows = await rowCount(app, 'Objects');
  expect(rows).toBeGreaterThan(0);

  const other = await context.newPage();
  await other.goto(app.url());
  await idle(other);
  expect(await rowCount(other, 'Objects')).toBe(rows);
  await expect(other.getByRole('columnheader', { name: /Size/ })).toHaveAttribute('aria-sort', 'descending');
  await expect(other.getByLabel('Filter Size')).toHaveValue('>4KiB');
});

test('objects: sort, filter, walk by keys, and what can be done with one', async ({ app }) => {
  await show(app, 'Objects');
  const objects = grid(app, 'Objects');
  expect(await rowCount(app, 'Objects')).toBe(2708);

  await app.keyboard.press('Control+f');
  await app.keyboard.type('0x');
  await expect(app).toHaveURL(/f\.address=0x/);
  await app.getByLabel('Filter Size').fill('plenty');
  await expect(app.getByRole('alert')).toContainText('plenty');
  await app.getByRole('button', { name: 'Clear filters' }).click();
  await idle(app);
  expect(await rowCount(app, 'Objects')).toBe(2708);

  await objects.focus();
  await app.keyboard.press('End');
  await idle(app);
  const last = objects.locator('[aria-rowindex="2709"]');
  await expect(last).toBeVisible();
  await expect(last).toHaveAttribute('aria-selected', 'true');
  await app.keyboard.press('Home');
  await idle(app);
  await expect(objects.locator('[aria-rowindex="2"]')).toHaveAttribute('aria-selected', 'true');

  await objects.locator('[aria-rowindex="3"]').click({ button: 'right' });
  await app.getByRole('menuitem', { name: 'Objects of the same type' }).click();
  await idle(app);
  expect(await rowCount(app, 'Objects')).toBeLessThan(2708);
  await app.getByRole('button', { name: 'All objects' }).click();
  await idle(app);
  expect(await rowCount(app, 'Objects')).toBe(2708);
});

test('types lead to their objects', async ({ app }) => {
  await show(app, 'Types');
  const first = grid(app, 'Types').getByRole('row').nth(1);
  const objects = (await first.getByRole('gridcell').nth(1).innerText()).replace(',', '');
  await first.dblclick();
  await idle(app);
  expect(await rowCount(app, 'Objects')).toBe(Number(objects));
});

test('dominators unfold level by level, and the link keeps what is open', async ({ app }) => {
  await show(app, 'Dominators');
  const before = await rowCount(app, 'Dominators');
  await app
    .getByRole('button', { name: /^Unfold / })
    .first()
    .click();
  await idle(app);
  const unfolded = await rowCount(app, 'Dominators');
  expect(unfolded).toBeGreaterThan(before);
  await app.reload();
  await idle(app);
  expect(await rowCount(app, 'Dominators')).toBe(unfolded);
});

test('goroutines by stack open to single ones, and a goroutine shows its stack and what it holds', async ({ app }) => {
  await show(app, 'Goroutines');
  const stacks = await rowCount(app, 'Goroutines by stack');
  await grid(app, 'Goroutines by stack').getByRole('row').nth(1).click();
  await idle(app);
  await expect(app.getByRole('region', { name: 'Variables of these goroutines' })).toBeVisible();
  expect(app.url()).toContain('opened=');
  await app.getByRole('tab', { name: 'Each goroutine' }).click();
  await idle(app);
  expect(await rowCount(app, 'Goroutines')).toBeGreaterThan(stacks);
  await grid(app, 'Goroutines').getByRole('link', { name: '1', exact: true }).click();
  await idle(app);
  await expect(app.getByRole('heading', { name: 'Goroutine 1' })).toBeVisible();
  await expect(app.getByRole('list', { name: /^Stack/ })).toContainText('main.main');
});

test('what the overview says of holders leads to roots by kind, and a kind to its roots', async ({ app }) => {
  await overview(app);
  await app.getByRole('region', { name: 'Held by' }).getByRole('link', { name: 'globals', exact: true }).click();
  await idle(app);
  const kinds = grid(app, 'Roots by kind');
  expect(
    new Set(
      await kinds
        .getByRole('gridcell')
        .filter({ hasText: /^global$/ })
        .allInnerTexts(),
    ),
  ).toEqual(new Set(['global']));
  await kinds.getByRole('link').first().click();
  await idle(app);
  expect(await rowCount(app, 'Roots')).toBeGreaterThan(0);
  await app.reload();
  await idle(app);
  await expect(app.getByRole('link', { name: 'Roots by kind' })).toBeVisible();
});

test('roots narrow to a kind', async ({ app }) => {
  await show(app, 'Roots');
  await app.getByRole('tab', { name: 'Each root' }).click();
  await idle(app);
  const all = await rowCount(app, 'Roots');
  await app.getByRole('tab', { name: /^finalizer/ }).click();
  await idle(app);
  const finalizers = await rowCount(app, 'Roots');
  expect(finalizers).toBeGreaterThan(0);
  expect(finalizers).toBeLessThan(all);
});

test('the palette finds views, goroutines and addresses', async ({ app }) => {
  await app.keyboard.press('Control+k');
  await app.getByRole('combobox').fill('roots');
  await app.keyboard.press('Enter');
  await expect(app.getByRole('heading', { name: 'Roots' })).toBeVisible();
  await idle(app);
  await app.getByRole('tab', { name: 'Each root' }).click();
  await idle(app);
  const address = await grid(app, 'Roots').getByRole('link', { name: /^0x/ }).first().innerText();

  await app.keyboard.press('Control+g');
  await app.getByRole('combobox').fill(address);
  await idle(app);
  await app.keyboard.press('Enter');
  await expect(app).toHaveURL(new RegExp(`#/objects/${address}`));

  await app.keyboard.press('Control+k');
  await app.getByRole('combobox').fill('goroutine 1');
  await idle(app);
  await app
    .getByRole('option', { name: /goroutine 1\b/ })
    .first()
    .click();
  await expect(app.getByRole('heading', { name: 'Goroutine 1' })).toBeVisible();
});

test('the theme is remembered, the pane folds, and the keys are on a sheet', async ({ app }) => {
  await app.getByRole('button', { name: 'Dark theme' }).click();
  await app.getByRole('button', { name: /^Fold “Why/ }).click();
  await app.reload();
  await idle(app);
  await expect(app.locator('html')).toHaveAttribute('data-theme', 'dark');
  await app.getByRole('button', { name: /^Unfold “Why/ }).click();
  await expect(pane(app)).toContainText('Select a node, a type, a cycle or an object');

  await app.keyboard.press('?');
  await expect(app.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await app.keyboard.press('Escape');
  await expect(app.getByRole('dialog')).toHaveCount(0);
});
