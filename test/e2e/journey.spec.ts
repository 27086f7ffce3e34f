/** The way of a person who opens the sample: from the whole heap to one planted ring, to what holds it, to the files for the team. */
import { readFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import type { Locator, Page } from '@playwright/test';
import { dump, expect, idle, test } from './app';

interface Truth {
  objects: { name: string; addr: string; type: string }[];
  sccs: { name: string; members: string[] }[];
  counts: Record<string, number>;
}

/** What the program that wrote the sample says of itself. */
const truth = JSON.parse(readFileSync(dump('sample/orders-go1.19.heap.truth.json'), 'utf8')) as Truth;
const planted = (name: string): Truth['objects'][number] => truth.objects.find((object) => object.name === name)!;

/** A ring of a connection and its stream, kept for ever by the connection's finalizer. */
const MEMBERS = truth.sccs.find((scc) => scc.name === 'conn0<->stream0')!.members.map(planted);
const RING = MEMBERS.map((member) => member.addr);
/** The executable lies beside the sample, so its objects are shown by type. */
const NAMES = MEMBERS.map((member) => member.type);

const views = (page: Page): Locator => page.getByRole('navigation', { name: 'Views' });
const why = (page: Page): Locator => page.getByRole('complementary', { name: 'Why is this alive?' });
const graph = (page: Page): Locator => page.getByRole('listbox', { name: 'Nodes of the cycle' });

/** From the list of cycles to the drawing of the planted ring. */
async function openPlantedRing(page: Page): Promise<void> {
  await views(page).getByRole('link', { name: 'Cycles' }).click();
  await page.getByRole('tab', { name: 'Each cycle' }).click();
  await page.getByRole('tab', { name: 'finalizer' }).click();
  await idle(page);
  await expect(page.getByRole('main')).toContainText(`shown ${truth.counts['finalizer.rings']}`);
  await page.getByRole('grid', { name: 'Cycles' }).getByRole('row').nth(1).dblclick();
  await idle(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Cycle \d+$/);
  for (const name of NAMES) await expect(graph(page).getByRole('option', { name })).toBeVisible();
}

async function exported(page: Page, format: 'PNG' | 'SVG' | 'JSON' | 'DOT'): Promise<Buffer> {
  const arriving = page.waitForEvent('download');
  await page.getByRole('main').getByRole('button', { name: format, exact: true }).click();
  const download = await arriving;
  expect(download.suggestedFilename()).toMatch(new RegExp(`^orders-go1.19-cycle-\\d+\\.${format.toLowerCase()}$`));
  return readFileSync(await download.path());
}

test('a planted ring is found, and what holds it @both', async ({ app }) => {
  await openPlantedRing(app);
  // Forced: the canvas below the cards takes the mouse.
  await graph(app).getByRole('option', { name: NAMES[0] }).click({ force: true });
  await idle(app);
  const steps = why(app).getByRole('listitem');
  await expect(steps.first()).toContainText(`finalizer of ${RING[0]}`);
  await expect(steps.filter({ hasText: NAMES[1] })).toBeVisible();
  await expect(steps.last()).toContainText(NAMES[0]);
});

test('back, forward and the address lead to the same place', async ({ app, context }) => {
  await openPlantedRing(app);
  const heading = app.getByRole('heading', { level: 1 });
  const place = app.url();
  const title = await heading.innerText();
  await app.goBack();
  await idle(app);
  await expect(heading).toHaveText('Cycles');
  await app.goForward();
  await idle(app);
  await expect(heading).toHaveText(title);

  const other = await context.newPage();
  await other.goto(place);
  await idle(other);
  await expect(other.getByRole('heading', { level: 1 })).toHaveText(title);
});

test('an address finds its object, and the object its cycle @both', async ({ app }) => {
  await app.keyboard.press('Control+k');
  await app.keyboard.type(RING[1]);
  await idle(app);
  await app.getByRole('option', { name: RING[1] }).first().click();
  await idle(app);
  await expect(app.getByRole('heading', { level: 1 })).toContainText(NAMES[1]);
  await app
    .getByRole('main')
    .getByRole('link', { name: /^cycle \d+$/i })
    .first()
    .click();
  await idle(app);
  for (const name of NAMES) await expect(graph(app).getByRole('option', { name })).toBeVisible();
});

test.describe('the drawn ring is saved', () => {
  test.beforeEach(({ app }) => openPlantedRing(app));

  test('as SVG and as a PNG of twice its size @both', async ({ app }) => {
    const svg = (await exported(app, 'SVG')).toString();
    const [, width, height] = /<svg [^>]*width="(\d+)" height="(\d+)"/.exec(svg)!;
    for (const name of NAMES) expect(svg).toContain(name);
    expect(svg).toContain('orders-go1.19.heap');

    const png = PNG.sync.read(await exported(app, 'PNG'));
    expect([png.width, png.height]).toEqual([2 * Number(width), 2 * Number(height)]);
    const ink = inkOf(png);
    // A drawing: neither blank nor a smear; with the red of the ring's edges.
    expect(ink.share).toBeGreaterThan(0.02);
    expect(ink.share).toBeLessThan(0.5);
    expect(ink.red).toBeGreaterThan(200);
    await expectSamePicture(app, svg, png);
  });

  test('as JSON', async ({ app }) => {
    const { schema, nodes, edges } = JSON.parse((await exported(app, 'JSON')).toString()) as {
      schema: string;
      nodes: { id: string; address: string | null; inCycle: boolean; rootKind: string | null }[];
      edges: { from: string; to: string; kind: string }[];
    };
    expect(schema).toBe('heapknot/export/1');
    expect(
      nodes
        .filter((node) => node.inCycle)
        .map((node) => node.address)
        .sort(),
    ).toEqual(RING.toSorted());
    expect(nodes.some((node) => node.rootKind === 'finalizer')).toBe(true);
    const ring = edges.filter((edge) => edge.kind === 'cycle').map(({ from, to }) => [from, to]);
    const [a, b] = RING.map((address) => `o:${address}`);
    expect(ring.sort()).toEqual(
      [
        [a, b],
        [b, a],
      ].sort(),
    );
  });

  test('as DOT', async ({ app }) => {
    const dot = (await exported(app, 'DOT')).toString();
    expect(dot).toMatch(/^digraph "Cycle \d+" \{/);
    expect(dot).toContain(`"o:${RING[0]}" -> "o:${RING[1]}"`);
    expect(dot.trimEnd().endsWith('}')).toBe(true);
  });
});

/** How much of a picture is not its ground, and how many pixels are the red of a ring's edges. */
function inkOf({ data, width, height }: PNG): { share: number; red: number } {
  let ink = 0;
  let red = 0;
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] !== data[0] || data[at + 1] !== data[1] || data[at + 2] !== data[2]) ink++;
    if (data[at] > 180 && data[at + 1] < 90 && data[at + 2] < 60) red++;
  }
  return { share: ink / (width * height), red };
}

/** The PNG shows what the SVG does: a browser that draws the SVG puts ink in the same quarters of the picture. */
async function expectSamePicture(page: Page, svg: string, png: PNG): Promise<void> {
  const drawn = await page.context().newPage();
  await drawn.setViewportSize({ width: png.width / 2, height: png.height / 2 });
  await drawn.setContent(`<body style="margin:0">${svg.replace(/<\?xml.*?\?>/, '')}</body>`);
  const shot = PNG.sync.read(await drawn.screenshot());
  expect([shot.width, shot.height]).toEqual([png.width / 2, png.height / 2]);
  expect(Math.abs(inkOf(shot).share - inkOf(png).share)).toBeLessThan(0.05);
}
