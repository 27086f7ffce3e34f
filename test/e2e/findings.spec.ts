/** From a finding to its objects, and what a person has to say of it. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { dump, expect, idle, overview, test } from './app';

test.use({ dumps: [dump('go1.27.4/finalizers.heap')] });

const rail = (app: Page): Locator => app.getByRole('navigation', { name: 'Views' });
const cards = (app: Page): Locator => app.getByRole('article');
const why = (app: Page): Locator => app.getByRole('complementary', { name: 'Why is this alive?' });
const leak = (app: Page): Locator => cards(app).filter({ hasText: 'the finalizer' }).first();

async function click(app: Page, target: Locator): Promise<void> {
  await target.click();
  await idle(app);
}

async function show(app: Page): Promise<void> {
  await click(app, rail(app).getByRole('link', { name: 'Findings' }));
  await expect(app.getByRole('heading', { level: 1 })).toHaveText('Findings');
}

/** Takes a file of this text as the window's own dialog would give it. */
async function take(app: Page, text: string): Promise<void> {
  const asking = app.waitForEvent('filechooser');
  await app.getByRole('button', { name: 'Take heapknot.ignore.json' }).click();
  const chooser = await asking;
  await chooser.setFiles({ name: 'theirs.json', mimeType: 'application/json', buffer: Buffer.from(text) });
}

test('the overview tells the worst; its card says what proves it and how to fix it', async ({ app }) => {
  await overview(app);
  const top = app.getByRole('region', { name: 'Findings' });
  await expect(top.getByRole('img', { name: 'Leak' }).first()).toBeVisible();
  await click(app, top.getByRole('link', { name: 'never be freed' }).first());
  await expect(leak(app).getByRole('button', { expanded: true })).toBeVisible();
  for (const part of ['Why we believe it', 'Why it matters', 'How to fix it']) {
    await expect(leak(app).getByRole('region', { name: part })).toBeVisible();
  }
  await expect(leak(app)).toContainText('runtime.SetFinalizer');
});

test('its evidence is explained beside it, and leads to the object’s page and the cycle’s', async ({ app }) => {
  await show(app);
  const evidence = leak(app).getByRole('listitem');
  const address = await evidence.first().getByRole('link').innerText();
  await click(app, evidence.first().getByText('the finalizer'));
  await expect(why(app)).toContainText('finalizer of');
  await click(app, evidence.first().getByRole('link'));
  await expect(app.getByRole('heading', { level: 1 })).toContainText(address);
  await app.goBack();
  await idle(app);
  await click(
    app,
    leak(app)
      .getByRole('link', { name: /^cycle \d/ })
      .first(),
  );
  await expect(app.getByRole('heading', { level: 1 })).toContainText('Cycle');
});

test('a finding that is expected is folded with its reason, survives a reload and can be saved @sizes', async ({
  app,
}) => {
  await show(app);
  const count = await cards(app).count();
  const title = await leak(app).getAttribute('aria-label');
  await leak(app).getByRole('button', { name: 'Expected or ignore' }).click();
  const save = leak(app).getByRole('button', { name: 'Save' });
  await expect(save).toBeDisabled();
  await leak(app).getByLabel('Reason').fill('the test wants it so');
  await click(app, save);
  await app.reload();
  await idle(app);
  const fold = app.getByRole('group').filter({ hasText: '1 finding expected or ignored' });
  await expect(fold).toBeVisible();
  await fold.getByText('1 finding expected or ignored').click();
  await expect(cards(app)).toHaveCount(count);
  await expect(fold.getByRole('article', { name: title ?? '' })).toContainText('expected: the test wants it so');

  const saving = app.waitForEvent('download');
  await app.getByRole('button', { name: 'Save 1 judgement' }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toBe('heapknot.ignore.json');
  const text = readFileSync(await file.path(), 'utf8');
  expect(JSON.parse(text)).toMatchObject({
    schema: 'heapknot/ignore/1',
    ignore: [{ state: 'expected', reason: 'the test wants it so' }],
  });

  await fold.getByRole('button', { name: /never be freed/ }).click();
  await click(app, fold.getByRole('button', { name: 'Take back' }));
  await expect(fold).toHaveCount(0);
  await take(app, text.replace('the test wants it so', ''));
  await expect(app.getByRole('alert')).toContainText('theirs.json, entry 1: "reason" must be a text');
  await take(app, text);
  await expect(fold).toBeVisible();
  const tooWide = await app.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(tooWide).toBe(0);
});

test('keys walk the cards and open them', async ({ app }) => {
  await show(app);
  const head = leak(app).getByRole('button').first();
  await head.focus();
  await app.keyboard.press('Enter');
  await idle(app);
  await expect(head).toHaveAttribute('aria-expanded', 'false');
  await app.keyboard.press('End');
  await app.keyboard.press('Enter');
  await idle(app);
  await expect(app.getByRole('article').last().getByRole('button').first()).toHaveAttribute('aria-expanded', 'true');
});
