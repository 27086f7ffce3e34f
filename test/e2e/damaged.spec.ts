/** Files that are not what one hoped for: told by name, and the app stays usable. */
import { dump, expect, idle, test } from './app';

test.describe('a dump cut short', () => {
  test.use({ dumps: [dump('broken/disk-full.heap')] });

  test('opens with what was whole, says what is missing, and is marked everywhere', async ({ app }) => {
    const note = app.getByRole('alert', { name: 'This dump is not whole' });
    await app.getByRole('button', { name: /^truncated/ }).click();
    await expect(note).toContainText('truncated at byte 197,693 of 204,800');
    await expect(note).toContainText('Missing: some globals');
    await expect(note).toContainText('memory statistics');
    await expect(app.getByRole('contentinfo', { name: 'Status' })).toContainText('truncated at byte 197,693');
    await app.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Objects' }).click();
    await idle(app);
    expect(await app.getByRole('row').count()).toBeGreaterThan(5);
    await app.getByRole('link', { name: 'Types' }).click();
    await idle(app);
    await app.getByRole('button', { name: /^truncated/ }).click();
    await expect(note).toBeVisible();
  });
});

test.describe('a file of another kind', () => {
  test.use({ dumps: [dump('broken/pprof-text-profile.heap'), dump('go1.27.4/finalizers.heap')], alone: true });

  test('is told by name, and a dump can be opened after it', async ({ app }) => {
    await expect(app.getByRole('heading', { level: 1 })).toHaveText('This is no Go heap dump');
    await expect(app.getByRole('alert')).toContainText('pprof text profile');
    await app.getByRole('button', { name: 'Back' }).click();
    await app
      .getByRole('list', { name: 'Files' })
      .getByRole('button', { name: /finalizers/ })
      .click();
    await idle(app);
    await expect(app.getByRole('heading', { level: 1 })).toHaveText('Memory');
  });
});
