/** The engine's thread ends under an open page: the page says so, and goes on where it was once a fresh one runs. */
import { resolve } from 'node:path';
import { startServer } from '../../src/server/server';
import { dump, expect, idle, test as base } from './app';

const test = base.extend({
  served: async ({ dumps: _ }, use) => {
    const server = await startServer({
      files: [],
      sample: dump('sample/orders-go1.19.heap'),
      rendererFolder: resolve(import.meta.dirname, '../../out/renderer'),
      threadEntry: resolve(import.meta.dirname, 'mortal.thread.mjs'),
    });
    const close = (): Promise<null> => server.close().then(() => null);
    await use({ url: server.url, interrupt: close });
    await close();
  },
});

test('a page whose engine has ended starts a fresh one and is where it was', async ({ app }) => {
  await app.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Cycles' }).click();
  await app.getByRole('tab', { name: 'Each cycle' }).click();
  await idle(app);
  const rows = app.getByRole('grid', { name: 'Cycles' }).getByRole('row');
  const first = await rows.nth(1).textContent();
  const where = app.url();

  await app.keyboard.press('Control+k');
  await app.keyboard.type('end the engine');
  await expect(app.getByRole('heading', { level: 1 })).toHaveText('The engine has ended');
  await expect(app.getByRole('alert')).toContainText('exit code 7');

  await app.getByRole('button', { name: 'Start it again and reopen orders-go1.19.heap' }).click();
  await idle(app);
  await expect(app.getByRole('heading', { level: 1 })).toHaveText('Cycles');
  await expect(rows.nth(1)).toHaveText(first ?? '');
  expect(app.url()).toBe(where);
});
