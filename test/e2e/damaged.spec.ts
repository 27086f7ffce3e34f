import { dump, expect, idle, test } from './app';

test.describe('a dump that is cut short', () => {
  test.use({ dumps: [dump('broken/disk-full.heap')] });

  test('opens with what was whole and is marked everywhere', async ({ app }) => {
    const note = app.getByRole('alert', { name: 'This dump is not whole' });
    await expect(note).toContainText('truncated at byte 197,693 of 204,800');
    await expect(note).toContainText('Missing: some globals');
    await expect(app.getByRole('contentinfo', { name: 'Status' })).toContainText('truncated at byte 197,693');
    await app.getByRole('link', { name: 'Types' }).click();
    await idle(app);
    await app.getByRole('button', { name: /^truncated/ }).click();
    await expect(note).toBeVisible();
  });
});

test.describe('a file that is no dump', () => {
  test.use({ dumps: [dump('broken/pprof-text-profile.heap'), dump('go1.27.4/finalizers.heap')] });

  test('is told by name, and another one can be opened', async ({ app }) => {
    await expect(app.getByRole('heading', { name: 'This is no Go heap dump' })).toBeVisible();
    await expect(app.getByRole('alert')).toContainText('pprof');
    await app.getByRole('button', { name: 'Back' }).click();
    await app
      .getByRole('list', { name: 'Files' })
      .getByRole('button', { name: /finalizers/ })
      .click();
    await idle(app);
    await expect(app.getByRole('heading', { name: 'Memory' })).toBeVisible();
  });
});
