/** What the window does with itself: two filters at once, links opened where the app is, what is copied, menus beside tables. */
import type { Page } from '@playwright/test';
import { dump, expect, idle, test } from './app';

test.use({ dumps: [dump('go1.27.4/finalizers.heap')], permissions: ['clipboard-read', 'clipboard-write'] });

const heading = (app: Page) => app.getByRole('heading', { level: 1 });

/** Goes where a link leads that is opened in this tab. */
async function open(app: Page, hash: string): Promise<void> {
  await app.evaluate((there) => {
    location.hash = there;
  }, hash);
  await idle(app);
}

test('two filters typed into at once both hold, and the totals are those of what is left', async ({ app }) => {
  await open(app, '#/objects');
  await expect(app.getByRole('main')).toContainText('2,708 of 2,708 objects');
  // No wait between them: the second is typed while the first waits for more letters.
  await app.getByLabel('Filter Size').fill('>64');
  await app.getByLabel('Filter Held by').fill('strong');
  await idle(app);
  await expect(app).toHaveURL(/f\.size=%3E64/);
  await expect(app).toHaveURL(/f\.held=strong/);
  await expect(app.getByLabel('Filter Size')).toHaveValue('>64');
  await expect(app.getByRole('main')).toContainText(/[\d,]+ of 2,708 objects · [\d.]+ (KiB|MiB)/);
});

test('a link opened in the tab of the app is a step: back, forward and Alt+← know it', async ({ app }) => {
  await open(app, '#/types');
  await open(app, '#/goroutines/1');
  await expect(heading(app)).toHaveText('Goroutine 1');
  await expect(app.getByRole('button', { name: /^Forward/ })).toBeDisabled();
  await app.getByRole('button', { name: /^Back/ }).click();
  await idle(app);
  await expect(heading(app)).toHaveText('Types');
  await app.keyboard.press('Alt+ArrowLeft');
  await idle(app);
  await expect(heading(app)).toHaveText('Memory');
  await app.getByRole('button', { name: /^Forward/ }).click();
  await idle(app);
  await expect(heading(app)).toHaveText('Types');
});

test('a copied link is said, with what another browser needs; without that the page says so', async ({
  app,
  browser,
}) => {
  await app.getByRole('button', { name: 'Export' }).click();
  await app.getByRole('menuitem', { name: 'Copy link to this place' }).click();
  await expect(app.getByRole('status').filter({ hasText: 'The link is copied.' })).toContainText('another browser');
  const link = await app.evaluate(() => navigator.clipboard.readText());

  const stranger = await browser.newContext();
  const page = await stranger.newPage();
  await page.goto(link);
  await expect(page.getByRole('alert')).toContainText('#token=');
  await expect(page.getByRole('button', { name: 'Back' })).toHaveCount(0);
  await stranger.close();
});

test('the right button knows what to do with a step of a path, a word and a shape', async ({ app }) => {
  await open(app, '#/objects?sort=distance');
  await app.getByRole('grid', { name: 'Objects' }).locator('[aria-rowindex="2"]').click();
  await idle(app);
  const why = app.getByRole('complementary', { name: 'Why is this alive?' });
  await why.getByRole('listitem').last().click({ button: 'right' });
  await expect(app.getByRole('menuitem', { name: 'Its immediate dominator' })).toBeVisible();
  await app.getByRole('menuitem', { name: 'Copy address' }).click();
  await expect(app.getByRole('status').filter({ hasText: 'The address is copied.' })).toBeVisible();
  await why.getByRole('listitem').first().click({ button: 'right' });
  await expect(app.getByRole('menuitem', { name: 'Paths without it' })).toBeVisible();
  await app.keyboard.press('Escape');

  await app.getByRole('grid', { name: 'Objects' }).locator('[aria-rowindex="2"]').dblclick();
  await idle(app);
  await app.getByRole('tab', { name: 'Words' }).click();
  await idle(app);
  await app.getByRole('grid', { name: 'Words' }).locator('[aria-rowindex="2"]').click({ button: 'right' });
  await expect(app.getByRole('menuitem', { name: /^Copy/ }).first()).toBeVisible();
  await app.keyboard.press('Escape');

  await open(app, '#/cycles/shapes');
  await app.getByRole('grid', { name: 'Shapes of cycles' }).locator('[aria-rowindex="2"]').click({ button: 'right' });
  await app.getByRole('menuitem', { name: 'What lets go of it' }).click();
  await idle(app);
  await expect(heading(app)).toContainText('Cycle');
});

test('columns that there is no room for are named, and room can be made', async ({ app }) => {
  await open(app, '#/cycles/shapes');
  await expect(app.getByRole('main')).toContainText('No room for Objects, Own');
  await app.getByRole('button', { name: 'Make room' }).click();
  await expect(app.getByRole('columnheader', { name: 'Own' })).toBeVisible();
});

test('G and a letter goes to a view', async ({ app }) => {
  await app.keyboard.press('g');
  await app.keyboard.press('t');
  await idle(app);
  await expect(heading(app)).toHaveText('Types');
});
