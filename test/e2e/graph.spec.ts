/** Graphs that are opened, walked and moved; one object's page; what the pane says of paths. The dump has a large ring and small ones. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { dump, expect, idle, test } from './app';

test.use({ dumps: [dump('go1.27.4/poolcycle.heap')] });

const main = (page: Page): Locator => page.getByRole('main');
const why = (page: Page): Locator => page.getByRole('complementary', { name: 'Why is this alive?' });
const nodes = (page: Page): Locator => page.getByRole('listbox', { name: /Nodes/ }).getByRole('option');

/** A node for one object with pointers, of those that are in sight. */
async function objectInSight(page: Page): Promise<Locator> {
  const ground = (await page.locator('.graph').first().boundingBox())!;
  for (const card of await nodes(page)
    .filter({ hasText: /^0x.*\d pointer/s })
    .all()) {
    const { x, y, width, height } = (await card.boundingBox())!;
    const inside = x > ground.x && y > ground.y && x + width < ground.x + ground.width;
    if (inside && y + height + 150 < ground.y + ground.height) return card;
  }
  throw new Error('No object of the graph is in sight.');
}

/** The cycle with the most objects, drawn. */
async function drawLargestCycle(page: Page): Promise<void> {
  await openLargestCycle(page);
  await main(page).getByRole('tab', { name: 'Graph' }).click();
  await idle(page);
}

/** The cycle with the most objects. */
async function openLargestCycle(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Cycles' }).click();
  await page.getByRole('tab', { name: 'Each cycle' }).click();
  await page.getByRole('button', { name: 'Objects', exact: true }).click();
  await idle(page);
  await page.getByRole('grid', { name: 'Cycles' }).getByRole('row').nth(1).dblclick();
  await idle(page);
}

test('what ties a large cycle comes first; a field is left out by its row, and had back', async ({ app }) => {
  await openLargestCycle(app);
  await expect(main(app).getByRole('tab', { name: 'What ties it' })).toHaveAttribute('aria-selected', 'true');
  const ties = main(app).getByRole('grid', { name: 'Ties' }).getByRole('row');
  await expect(ties.nth(1)).toContainText('①');
  const before = await ties.nth(1).innerText();
  await expect(
    main(app).getByRole('listbox', { name: 'Types of the cycle' }).getByRole('option').first(),
  ).toBeVisible();
  await ties.nth(1).getByRole('button', { name: 'Leave this field out' }).click();
  await idle(app);
  expect(app.url()).toContain('without=');
  await expect(main(app)).toContainText('Told without the field');
  await main(app).getByRole('button', { name: '×' }).click();
  await idle(app);
  expect(app.url()).not.toContain('without=');
  expect(await ties.nth(1).innerText()).toBe(before);
});

test('many members are drawn as classes, which open; so does what was left out', async ({ app }) => {
  await drawLargestCycle(app);
  const closed = await nodes(app).count();
  expect(closed).toBeLessThan(60);
  await expect(
    nodes(app)
      .filter({ hasText: /\d+ × \d/ })
      .first(),
  ).toBeAttached();

  await app.getByRole('button', { name: 'Fit' }).click();
  await nodes(app)
    .filter({ hasText: /^\+\d+ more/ })
    .first()
    .click();
  await idle(app);
  await expect(app).toHaveURL(/open=more/);
  await expect.poll(() => nodes(app).count()).toBe(closed + 20);

  await app.goBack();
  await idle(app);
  await expect.poll(() => nodes(app).count()).toBe(closed);
});

test('the arrow keys walk the nodes, and the pane follows', async ({ app }) => {
  await drawLargestCycle(app);
  const list = app.getByRole('listbox', { name: 'Nodes of the cycle' });
  await list.focus();
  for (let step = 0; step < 3; step++) await app.keyboard.press('ArrowDown');
  await idle(app);
  const selected = list.getByRole('option', { selected: true });
  await expect(selected).toHaveCount(1);
  const address = /0x[0-9a-f]+/.exec(await selected.innerText())![0];
  await expect(why(app)).toContainText(address);
  await expect(selected).toBeInViewport();
  await app.keyboard.press('Enter');
  await idle(app);
  await expect(main(app).getByRole('heading', { level: 1 })).toContainText(address);
});

test('a member is inspected where it is: its words and its references', async ({ app }) => {
  await drawLargestCycle(app);
  await main(app).getByRole('button', { name: 'Fit' }).click();
  await (await objectInSight(app)).click();
  await idle(app);
  const member = main(app).getByRole('region', { name: 'The selected node' });
  await expect(member.getByRole('grid', { name: 'Words' }).getByRole('row')).not.toHaveCount(1);
  await expect(member.getByRole('grid', { name: 'References' }).getByRole('link').first()).toBeVisible();
});

test('a moved node is saved where it was put', async ({ app }) => {
  await drawLargestCycle(app);
  await main(app).getByRole('button', { name: 'Fit' }).click();
  const card = await objectInSight(app);
  const address = /0x[0-9a-f]+/.exec(await card.innerText())![0];
  const before = await placeInSvg(app, address);
  const box = (await card.boundingBox())!;
  await app.mouse.move(box.x + 4, box.y + 4);
  await app.mouse.down();
  await app.mouse.move(box.x + 4, box.y + 124, { steps: 5 });
  await app.mouse.up();
  await idle(app);
  const after = await placeInSvg(app, address);
  expect(Math.abs(after - before)).toBeGreaterThan(60);
});

/** Where the text of a node stands in the exported picture, from its top. */
async function placeInSvg(page: Page, text: string): Promise<number> {
  const arriving = page.waitForEvent('download');
  await main(page).getByRole('button', { name: 'SVG', exact: true }).click();
  const svg = readFileSync(await (await arriving).path(), 'utf8');
  return Number(new RegExp(`<text [^>]*y="([\\d.]+)"[^>]*>${text}</text>`).exec(svg)![1]);
}

test('paths without an object or a root: the next one, or none', async ({ app }) => {
  await drawLargestCycle(app);
  await expect(why(app)).toContainText(/path 1 of \d+/);
  const total = Number(/path 1 of (\d+)/.exec(await why(app).innerText())![1]);
  for (let left = total; left > 0; left--) {
    await why(app).getByRole('listitem').first().hover();
    await why(app)
      .getByRole('button', { name: /^Paths without the root/ })
      .click();
    await idle(app);
  }
  await expect(why(app)).toContainText('it would be let go of');
  await why(app).getByTitle('Allow it again').first().click();
  await idle(app);
  await expect(why(app)).toContainText('path 1 of 1');
});

test('an object shows its contents as words and as bytes, its references and who refers to it', async ({ app }) => {
  await drawLargestCycle(app);
  await main(app)
    .getByRole('tab', { name: /Members/ })
    .click();
  await idle(app);
  await main(app).getByRole('grid', { name: 'Members' }).getByRole('row').nth(1).dblclick();
  await idle(app);
  await main(app).getByRole('tab', { name: 'Words' }).click();
  await idle(app);
  const words = main(app).getByRole('grid', { name: 'Words' });
  await expect(words.getByRole('row').nth(1)).toContainText(/0x[0-9a-f]{16}/);
  await expect(words.getByRole('link').first()).toBeVisible();
  await main(app).getByRole('tab', { name: 'Hex' }).click();
  await idle(app);
  await expect(main(app).getByRole('grid', { name: 'Bytes' }).getByRole('row').nth(1)).toContainText(
    /([0-9a-f]{2} ){7}/,
  );
  for (const name of ['References', 'Referrers']) {
    await main(app)
      .getByRole('tab', { name: new RegExp(name) })
      .click();
    await idle(app);
    await expect(main(app).getByRole('grid', { name }).getByRole('row').nth(1)).toBeVisible();
  }
  await main(app).getByRole('tab', { name: 'Graph' }).click();
  await idle(app);
  await expect(nodes(app).filter({ hasText: /^0x/ }).first()).toBeAttached();
});

test('what nothing recorded holds is told as such, not explained', async ({ app }) => {
  await app.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Objects' }).click();
  await app.getByRole('textbox', { name: 'Filter Held by' }).fill('nothing');
  await idle(app);
  await main(app).getByRole('grid', { name: 'Objects' }).getByRole('row').nth(1).click();
  await idle(app);
  await expect(why(app)).toContainText('garbage, or held by something that a dump leaves out');
  await expect(why(app).getByRole('tab')).toHaveCount(0);
});
