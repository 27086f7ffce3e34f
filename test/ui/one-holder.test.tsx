// What holds a thing is one table: the window, the command, its JSON, pictures, their legends and DOT say the same of the same cycle.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HeldBy, HolderMark } from '../../src/renderer/ui/HolderMark';
import { cycleClassOf, HOLDER_LOOKS, HOLDER_TONES, HOLDERS, holderWords } from '../../workers/api';
import type { CycleRow, DrawnGraph, Holder } from '../../workers/api';
import { createDirectSession } from '../../workers/hosts/direct';
import { layOut, legendOf, toDot, toJson, toneOf, toSvg } from '../../workers/report';
import { PALETTES } from '../../workers/report/palette';
import { heapknot } from '../engine/cli/harness';

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/dumps/${name}.heap`, import.meta.url));

/** What holds cycles in each, the runtime aside. */
const DUMPS: [string, Holder[]][] = [
  ['go1.27.4/finalizers', ['finalizer', 'global']],
  ['go1.24.4/timers', ['timer']],
  ['go1.27.4/chanleak', ['stuck goroutine']],
  ['go1.26.11/ctxleak', ['goroutine']],
  ['go1.27.4/poolcycle', ['global']],
  ['go1.24.4/mixed-3k', ['global', 'nothing']],
];

/** Cycles of each holder that are compared. */
const COMPARED = 3;

const heldBy = (holder: Holder) => ({ class: `/^${holderWords(holder)}$/` });

interface JsonCycle {
  id: number;
  holder: Holder;
  class: string;
  stuck: boolean;
}

describe.each(DUMPS)('%s', (name, expected) => {
  const session = createDirectSession();
  const file = fixture(name);
  const rows: CycleRow[] = [];
  const drawn = new Map<number, DrawnGraph>();

  beforeAll(async () => {
    await session.open({ file });
    for (const holder of expected) {
      const page = await session.cycles({ offset: 0, limit: COMPARED, filters: heldBy(holder) });
      rows.push(...page.rows);
    }
    for (const { id } of rows) drawn.set(id, await session.drawing({ cycle: id, budget: 60, expanded: [] }));
  });
  afterAll(() => session.close());

  test('has the cycles that are to be compared', () => {
    const found = new Set(rows.map(({ holder }) => holder));
    expect(expected.filter((holder) => !found.has(holder))).toEqual([]);
  });

  test('window, row by row, and the page of one cycle', async () => {
    for (const row of rows) {
      expect((await session.cycle(row.id)).holder).toBe(row.holder);
      const { words, tone, mark } = HOLDER_LOOKS[row.holder];
      const html = renderToStaticMarkup(<HeldBy cycle={row} />);
      expect(html).toContain(`</svg>${words}</span>`);
      expect(html).toContain(`mark-${tone}`);
      expect(html).toContain(mark.path);
    }
  });

  test('the command and its JSON', async () => {
    const ids = rows.map(({ id }) => String(id));
    const ask = (args: string[]) =>
      heapknot(['cycles', file, '--no-exe', ...args], { session: createDirectSession(), files: [file] });
    const { out } = await ask([...ids, '--json', '--members', '1']);
    const { cycles } = JSON.parse(out) as { cycles: JsonCycle[] };
    expect(cycles.map(({ id, holder, class: of, stuck }) => ({ id, holder, class: of, stuck }))).toEqual(
      rows.map(({ id, holder, class: of, stuck }) => ({ id, holder, class: of, stuck })),
    );
    for (const { holder, class: of, stuck } of cycles) {
      expect([of, stuck]).toEqual([cycleClassOf(holder), holder === 'stuck goroutine']);
    }
    for (const row of rows) {
      const details = await ask([String(row.id), '--members', '1']);
      expect(details.out.split('\n')[0]).toMatch(new RegExp(`held by ${holderWords(row.holder)}\\.$`));
    }
    for (const holder of expected) {
      const table = await ask(['--filter', `class=${heldBy(holder).class}`, '--limit', '1']);
      expect(table.out.split('\n')[3]).toContain(` ${holderWords(holder)} `);
    }
  });

  test('pictures, DOT and JSON of the drawing', () => {
    for (const row of rows) {
      const graph = drawn.get(row.id)!;
      const heading = `held by ${holderWords(row.holder)}`;
      const svg = toSvg(layOut(graph), { theme: 'light', dumpName: 'x', legend: true });
      for (const picture of [svg, toDot(graph), toJson(graph)]) expect(picture).toContain(heading);
    }
  });

  test('roots in pictures have the mark, colour and word of what they hold as', async () => {
    const { rows: roots } = await session.roots({ offset: 0, limit: 500 });
    for (const graph of drawn.values()) {
      const svg = toSvg(layOut(graph), { theme: 'light', dumpName: 'x', legend: true });
      const legend = legendOf(graph).map(({ text }) => text);
      for (const node of graph.nodes.filter(({ rootKind }) => rootKind !== null)) {
        const { tone, mark, root } = HOLDER_LOOKS[node.holder];
        expect(toneOf(node)).toBe(tone);
        expect(legend).toContain(root);
        expect(svg).toContain(mark.path);
        expect(toDot(graph)).toContain(`color="${PALETTES.light[tone]}"`);
        // a root alone has its own name; several of one kind have one in common
        const same = roots.find(({ name, kind }) => name === node.title && kind === node.rootKind);
        if (same) expect(same.holder).toBe(node.holder);
      }
    }
  });

  test('the summary counts each object once, by the holder that its row names', async () => {
    const { heap, heldBy } = await session.summary();
    expect(heldBy.map(({ holder }) => holder)).toEqual([...HOLDERS]);
    expect(heldBy.reduce((sum, { objects }) => sum + objects, 0)).toBe(heap.objects);
    expect(heldBy.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(heap.bytes);
    for (const { holder, objects, bytes } of heldBy) {
      const filters = { held: `/^(strong|weak|none) ${holder}$/` };
      const page = await session.objects({ offset: 0, limit: 1, filters });
      expect([holder, page.total, page.bytes]).toEqual([holder, objects, bytes]);
      if (objects > 0) expect(page.rows[0].holder).toBe(holder);
    }
  });
});

describe('the table', () => {
  test('no two holders share words, the word of a root, or mark and colour', () => {
    const looks = HOLDERS.map((holder) => HOLDER_LOOKS[holder]);
    for (const of of ['words', 'root'] as const)
      expect(new Set(looks.map((look) => look[of])).size).toBe(HOLDERS.length);
    expect(new Set(HOLDERS.map((holder) => renderToStaticMarkup(<HolderMark holder={holder} />))).size).toBe(
      HOLDERS.length,
    );
  });

  test.each(['light', 'dark'] as const)('pictures have the colours of the window, %s', (theme) => {
    const css = readFileSync(new URL('../../src/renderer/styles/tokens.css', import.meta.url), 'utf8');
    const block = css.slice(css.indexOf(theme === 'light' ? ':root {' : `:root[data-theme='dark']`)).split('}')[0];
    for (const tone of HOLDER_TONES) expect(block).toContain(`--${tone}: ${PALETTES[theme][tone]};`);
  });

  test('styles have every colour', () => {
    const css = ['ui/labels.css', 'graph/graph.css']
      .map((path) => readFileSync(new URL(`../../src/renderer/${path}`, import.meta.url), 'utf8'))
      .join('');
    for (const tone of HOLDER_TONES) {
      for (const of of ['mark', 'chip', 'graph-tone']) expect(css).toContain(`.${of}-${tone} {`);
    }
  });
});
