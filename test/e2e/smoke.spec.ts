import { expect, idle, test } from './app';

test('the sample opens at once, with where its memory is, and the page keeps no token in its address', async ({
  app,
}) => {
  await expect(app.getByRole('heading', { name: 'Memory' })).toBeVisible();
  expect(new URL(app.url()).hash).not.toContain('token');
});

test('a reload and a second tab show the same dump', async ({ app, context }) => {
  await app.reload();
  await idle(app);
  await expect(app.getByRole('heading', { name: 'Memory' })).toBeVisible();
  const second = await context.newPage();
  await second.goto(new URL('/', app.url()).href);
  await idle(second);
  await expect(second.getByRole('heading', { name: 'Memory' })).toBeVisible();
});

test('a page without the token says what to do', async ({ page, served }) => {
  await page.goto(new URL('/', served.url).href);
  await expect(page.getByText('open the whole address')).toBeVisible();
});

test.describe('a server that ends', () => {
  test.use({ alone: true });

  test('Ctrl+C ends the server cleanly, and the page says so by itself', async ({ page, served }) => {
    await page.goto(served.url);
    await idle(page);
    expect(await served.interrupt()).toBe(130);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The engine has ended');
    await expect(page.getByRole('alert')).toContainText('Start `heapknot` again');
  });
});
