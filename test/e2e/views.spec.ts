/** Each view of the sample: it fills itself, fits its window, and has nothing to complain of. */
import { expect, idle, test } from './app';

const VIEWS = ['Overview', 'Cycles', 'Types', 'Objects', 'Dominators', 'Goroutines', 'Roots'];

test('every view shows rows and fits the window @sizes', async ({ app }) => {
  for (const view of VIEWS) {
    await app.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view }).click();
    await idle(app);
    await expect(app.getByRole('heading', { level: 1 })).toHaveText(view);
    const room = await app.evaluate(() => {
      const { scrollWidth, scrollHeight } = document.documentElement;
      return { wide: scrollWidth - innerWidth, high: scrollHeight - innerHeight };
    });
    expect(room, view).toEqual({ wide: 0, high: 0 });
    if (view !== 'Overview') expect(await app.getByRole('row').count(), view).toBeGreaterThan(5);
  }
});

test('the totals of the overview are those of the runtime', async ({ app }) => {
  const status = app.getByRole('contentinfo', { name: 'Status' });
  await expect(status).toContainText('6,118 objects');
  await expect(status).toContainText(/equals the runtime.s own count/);
});

test('a table sorts and filters, and says how many it shows', async ({ app }) => {
  await app.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Objects' }).click();
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
