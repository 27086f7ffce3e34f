/** What would let go: in the drawing of a cycle, as a table, and of an object. The dump has rings that their finalizers pin. */
import type { Page } from '@playwright/test';
import { dump, expect, idle, test } from './app';

test.use({ dumps: [dump('go1.27.4/finalizers.heap')] });

/** One of the rings of two whose finalizer holds 20.1 KiB. */
async function openPinnedRing(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Cycles' }).click();
  await page.getByRole('tab', { name: 'Each cycle' }).click();
  await idle(page);
  await page.getByRole('grid', { name: 'Cycles' }).getByRole('row').filter({ hasText: '20.1 KiB' }).first().dblclick();
  await idle(page);
}

test('the reference that frees most is marked, and the mouse tells what a reference holds @sizes', async ({ app }) => {
  await openPinnedRing(app);
  await expect(app.getByRole('list', { name: 'Legend' })).toContainText('frees most when cut');
  const label = app.locator('.graph-label').filter({ hasText: 'frees 20.1 KiB' });
  await expect(label).toHaveCount(1);
  const { x, y, width, height } = (await label.boundingBox())!;
  await app.mouse.move(x + width / 2, y + height / 2);
  const card = app.getByRole('tooltip');
  await expect(card).toContainText('20.1 KiB in 3 objects would go');
  await expect(card).toContainText('most of all');
  await app.mouse.move(2, 2);
  await expect(card).toHaveCount(0);
});

test('the table tells the same to the keyboard, and its rows open', async ({ app }) => {
  await openPinnedRing(app);
  await app.getByRole('tab', { name: 'Single references' }).click();
  await idle(app);
  await expect(app.getByText('1 holder outside. Without it, 20.1 KiB in 3 objects would go.')).toBeVisible();
  const table = app.getByRole('grid', { name: 'What would let go' });
  await expect(table.getByRole('row')).toHaveCount(4);
  await expect(table.getByRole('row').nth(1)).toContainText('20.1 KiB');
  await expect(table.getByRole('row').last()).toContainText('nothing alone');
  await table.focus();
  await app.keyboard.press('ArrowDown');
  await app.keyboard.press('Enter');
  await idle(app);
  await expect(app).toHaveURL(/object/);
  await app.getByRole('tab', { name: 'Single references' }).click();
  await idle(app);
  await expect(app.getByRole('grid', { name: 'What would let go' }).getByRole('row').nth(1)).toContainText('finalizer');
});

test('kinds of holders are ticked, the address keeps them, and what goes is told', async ({ app }) => {
  await openPinnedRing(app);
  await app.getByRole('tab', { name: 'What lets go' }).click();
  await idle(app);
  const main = app.getByRole('main');
  await expect(main).toContainText('1 kind of references to cycle');
  await expect(main).toContainText('One kind frees it, nearest to the roots, 20.1 KiB in 3 objects');
  const table = app.getByRole('grid', { name: 'What holds it, by kind' });
  await table.getByRole('checkbox').first().check();
  await idle(app);
  await expect(main).toContainText('Without the 1 ticked kind: 20.1 KiB in 3 objects go.');
  expect(app.url()).toContain('cut=');
  await app.reload();
  await idle(app);
  await expect(table.getByRole('checkbox').first()).toBeChecked();
  await app.getByRole('button', { name: 'Untick' }).click();
  await idle(app);
  expect(app.url()).not.toContain('cut=');
});

test('what would free a type has a page of its own', async ({ app }) => {
  await app.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Types' }).click();
  await idle(app);
  await app.getByRole('grid', { name: 'Types' }).getByRole('row').nth(1).click({ button: 'right' });
  await app.getByRole('menuitem', { name: 'What would free them' }).click();
  await idle(app);
  await expect(app.getByRole('heading', { level: 1 })).toContainText('What would free');
  await expect(app.getByRole('grid', { name: 'What holds it, by kind' }).getByRole('row').nth(1)).toBeVisible();
});
