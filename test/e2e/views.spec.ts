/** Each view of the sample: it fills itself, fits its window, and has nothing to complain of. */
import type { Locator, Page } from '@playwright/test';
import { expect, idle, test } from './app';

/** Each view of the rail, with the rows of tables that it has at least for the sample: a table's head is one of them. */
const VIEWS = [
  ['Memory', 6],
  ['Overview', 0],
  ['Findings', 0],
  ['Cycles', 6],
  ['Types', 6],
  ['Objects', 6],
  ['Dominators', 6],
  ['Goroutines', 6],
  ['Roots', 6],
  ['Closures', 3],
  ['Pools', 2],
] as const;

const rail = (app: Page): Locator => app.getByRole('navigation', { name: 'Views' });

/** What does not fit: the page beyond the window, and tabs that are cut. */
function tooLarge(app: Page): Promise<string[]> {
  return app.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    const tabs = [...document.querySelectorAll<HTMLElement>('[role=tab]')];
    const oneLine = 32;
    return [
      ...(scrollWidth > innerWidth || scrollHeight > innerHeight ? ['the page'] : []),
      ...tabs
        .filter((tab) => tab.scrollWidth > tab.clientWidth || tab.scrollHeight > oneLine)
        .map((tab) => `the tab ${tab.innerText}`),
    ];
  });
}

test('every view shows rows and fits the window @sizes @both', async ({ app }) => {
  for (const [view, rows] of VIEWS) {
    await rail(app).getByRole('link', { name: view }).click();
    await idle(app);
    await expect(app.getByRole('heading', { level: 1 })).toHaveText(view);
    expect(await tooLarge(app), view).toEqual([]);
    expect(await app.getByRole('row').count(), view).toBeGreaterThanOrEqual(rows);
  }
  await expect(rail(app).getByRole('link')).toHaveCount(VIEWS.length);
});

test('so does every way of looking at one cycle and at one object @sizes @both', async ({ app }) => {
  await rail(app).getByRole('link', { name: 'Cycles' }).click();
  await app.getByRole('tab', { name: 'Each cycle' }).click();
  await idle(app);
  expect(await tooLarge(app)).toEqual([]);
  for (const list of ['Cycles', 'Objects']) {
    if (list === 'Objects') await rail(app).getByRole('link', { name: list }).click();
    await app.getByRole('grid', { name: list }).getByRole('row').nth(1).dblclick();
    await idle(app);
    const tabs = app.getByRole('tablist', { name: /^What is shown of/ }).getByRole('tab');
    for (const tab of await tabs.all()) {
      await tab.click();
      await idle(app);
      expect(await tooLarge(app), await tab.innerText()).toEqual([]);
    }
  }
});

test('contents stay as they are read, and Alt with an arrow on a tab goes back', async ({ app }) => {
  await rail(app).getByRole('link', { name: 'Objects' }).click();
  await app.getByRole('grid', { name: 'Objects' }).getByRole('row').nth(1).dblclick();
  await idle(app);
  await app.getByRole('tab', { name: 'Hex' }).click();
  await app.getByRole('tab', { name: 'What lets go' }).click();
  await idle(app);
  await app.keyboard.press('Alt+ArrowLeft');
  await idle(app);
  await expect(app.getByRole('grid', { name: 'Bytes' })).toBeVisible();
  await app.reload();
  await idle(app);
  await expect(app.getByRole('grid', { name: 'Bytes' })).toBeVisible();
});

test('the totals of the overview are those of the runtime', async ({ app }) => {
  const status = app.getByRole('contentinfo', { name: 'Status' });
  await expect(status).toContainText('6,118 objects');
  await expect(status).toContainText(/equals the runtime.s own count/);
});

test('a table sorts and filters, and says how many it shows', async ({ app }) => {
  await rail(app).getByRole('link', { name: 'Objects' }).click();
  await idle(app);
  await app.getByRole('columnheader', { name: 'Size' }).getByRole('button').first().click();
  await app.getByLabel('Filter Size').fill('>8KiB');
  await idle(app);
  const sizes = await app.getByRole('row').allInnerTexts();
  expect(sizes.length).toBeGreaterThan(2);
  expect(app.url()).toContain('f.size');
  await app.getByLabel('Filter Size').fill('>lots');
  await idle(app);
  await expect(app.getByRole('main')).toContainText('lots');
});

test('both themes can be had', async ({ app }) => {
  const ground = (): Promise<string> => app.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await app.getByRole('button', { name: 'Dark theme' }).click();
  expect(await ground()).not.toBe(light);
});
