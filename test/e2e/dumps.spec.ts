/** Files that are not what one hoped for: told by name, and the app stays usable. */
import { dump, expect, idle, test } from './app';

test.describe('a dump cut short', () => {
  test.use({ dumps: [dump('broken/disk-full.heap')] });

  test('opens with what was whole, and says what is missing', async ({ app }) => {
    const note = app.getByRole('alert', { name: 'This dump is not whole' });
    await expect(note).toContainText('197,693');
    await expect(note).toContainText('memory statistics');
    await expect(app.getByRole('contentinfo', { name: 'Status' })).toContainText('truncated');
    await app.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Objects' }).click();
    await idle(app);
    expect(await app.getByRole('row').count()).toBeGreaterThan(5);
  });
});

test.describe('a file of another kind', () => {
  test.use({ dumps: [dump('broken/pprof-text-profile.heap'), dump('go1.27.4/finalizers.heap')] });

  test('is named for what it is, and a dump can be opened after it', async ({ app }) => {
    await expect(app.getByRole('heading', { level: 1 })).toHaveText('This is no Go heap dump');
    await expect(app.getByRole('alert')).toContainText('pprof text profile');
    await app.getByRole('button', { name: 'Back' }).click();
    await app.getByRole('button', { name: 'finalizers.heap' }).first().click();
    await idle(app);
    await expect(app.getByRole('heading', { level: 1 })).toHaveText('Memory');
  });
});
