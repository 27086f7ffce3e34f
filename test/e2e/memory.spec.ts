/** Where the memory is: the flame graph and its table, zoomed, searched, narrowed and turned upside down. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { expect, idle, test } from './app';

const flame = (app: Page): Locator => app.getByRole('application', { name: /Flame graph/ });
const nodes = (app: Page): Locator => app.getByRole('treegrid', { name: 'Nodes' });
const crumbs = (app: Page): Locator => app.getByRole('navigation', { name: 'Zoomed to' });
const heading = (app: Page): Locator => app.getByRole('heading', { level: 1 });

/** What the graph says of the node that keys have reached. */
const told = (app: Page): Locator => app.locator('.flame-frame [aria-live]');

async function press(app: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    await app.keyboard.press(key);
    await idle(app);
  }
}

test('keys walk the graph, zoom and go out again, and the table tells the same @both', async ({ app }) => {
  await expect(heading(app)).toHaveText('Memory');
  await flame(app).focus();
  await press(app, 'ArrowDown');
  const top = await nodes(app).getByRole('row').nth(1).innerText();
  const [name] = (await told(app).innerText()).split(':');
  expect(top).toContain(name.split('/').at(-1));
  await expect(nodes(app).getByRole('row', { selected: true })).toHaveCount(1);

  await press(app, 'ArrowDown', 'Enter');
  await expect(crumbs(app).getByRole('link')).toHaveCount(2);
  const there = app.url();
  await flame(app).focus();
  await press(app, 'Backspace', 'Backspace');
  await expect(crumbs(app)).toHaveCount(0);
  await app.goBack();
  await app.goBack();
  await idle(app);
  expect(app.url()).toBe(there);
  await expect(crumbs(app).getByRole('link')).toHaveCount(2);
});

test('the mouse zooms, and a card tells what is under it', async ({ app }) => {
  const box = (await flame(app).boundingBox())!;
  await app.mouse.move(box.x + 40, box.y + 30);
  await expect(app.getByRole('tooltip')).toContainText('with all below');
  await app.mouse.click(box.x + 40, box.y + 30);
  await idle(app);
  await expect(crumbs(app)).toBeVisible();
  await crumbs(app).getByRole('link').first().click();
  await idle(app);
  await expect(crumbs(app)).toHaveCount(0);
});

test('what is searched for lights up with its share, and becomes what the tree is narrowed to, until that is undone', async ({
  app,
  context,
}) => {
  const facts = app.getByRole('main').locator('.facts');
  const whole = await facts.innerText();
  await app.getByLabel('Search names and fields').fill('Conn');
  await idle(app);
  await expect(app.locator('.memory-matched')).toHaveText(/[\d.]+ % · [\d.]+ (B|KiB|MiB)/);
  await app.getByRole('button', { name: 'Focus' }).click();
  await idle(app);
  expect(await facts.innerText()).not.toBe(whole);

  const other = await context.newPage();
  await other.goto(app.url());
  await idle(other);
  expect(await other.getByRole('main').locator('.facts').innerText()).toBe(await facts.innerText());
  await other.close();

  await app.getByRole('button', { name: /only through Conn/ }).click();
  await idle(app);
  expect(await facts.innerText()).toBe(whole);
});

test('a type leads to what holds it, and a node to its objects', async ({ app }) => {
  await app.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Types' }).click();
  await app.getByLabel('Filter Type').fill('main.Conn');
  await idle(app);
  await app.getByRole('grid', { name: 'Types' }).getByRole('row').nth(1).click({ button: 'right' });
  await app.getByRole('menuitem', { name: 'What holds this type' }).click();
  await idle(app);
  await expect(heading(app)).toContainText('What holds main.Conn');
  await expect(nodes(app).getByRole('row').nth(1)).toContainText('main.Conn');

  await app.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Memory' }).click();
  await idle(app);
  await nodes(app).getByRole('row').nth(2).click({ button: 'right' });
  await app.getByRole('menuitem', { name: 'Its objects' }).click();
  await idle(app);
  await expect(heading(app)).toHaveText('Objects');
  await app.getByRole('link', { name: 'a node of Memory' }).click();
  await idle(app);
  await expect(nodes(app).getByRole('row', { selected: true })).toHaveCount(1);
});

test('the graph is saved as a picture with title, dump and Go version', async ({ app }) => {
  const arriving = app.waitForEvent('download');
  await app.getByRole('button', { name: 'Export' }).click();
  await app.getByRole('menuitem', { name: 'Flame graph as SVG' }).click();
  const download = await arriving;
  expect(download.suggestedFilename()).toBe('orders-go1.19-memory.svg');
  const svg = readFileSync(await download.path(), 'utf8');
  for (const part of ['Memory', 'orders-go1.19.heap', 'go1.19', '@font-face']) expect(svg).toContain(part);
});
