/** The flame graph of a retention tree: where boxes lie, what they are filled with, what stands in them, and as a picture. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  boxAtShare,
  flameFills,
  flameSentence,
  flameSvg,
  flameWords,
  layOutFlame,
  PALETTES,
} from '../../../workers/report';
import type { FlameBox } from '../../../workers/report';
import { PACKAGE_HUES } from '../../../workers/report/flame-colours';
import { treeOf, type Sketch } from '../../support/retention-sketch';

const SERVER = treeOf(
  [
    {
      name: 'var db',
      below: [
        { name: 'main.DB', own: 10, below: [{ name: 'main.Row', own: 50, folded: 10 }] },
        { name: 'main.Log', own: 20 },
      ],
    },
    { name: 'main.serve: conn', below: [{ name: 'net.conn', own: 5 }] },
  ],
  5,
);

const drawn = (boxes: readonly FlameBox[]): string[] =>
  boxes.map(({ node, left, right }) => `${node?.name ?? '…'} ${left.toFixed(2)}–${right.toFixed(2)}`);

describe('boxes', () => {
  test('lie below what holds them, as wide as their bytes; own bytes stay empty, what is folded comes last', () => {
    expect(layOutFlame(SERVER).rows.map(drawn)).toEqual([
      ['var db 0.00–0.90', 'main.serve: conn 0.90–0.95', '… 0.95–1.00'],
      ['main.DB 0.00–0.70', 'main.Log 0.70–0.90', 'net.conn 0.90–0.95'],
      ['main.Row 0.00–0.60'],
      ['… 0.00–0.10'],
    ]);
  });

  test('are found by row and share, as a walk over all of them finds them', () => {
    const sketch: fc.Arbitrary<Sketch> = fc.letrec<{ node: Sketch }>((tie) => ({
      node: fc.record({
        name: fc.string({ minLength: 1 }),
        own: fc.nat(50),
        folded: fc.nat(5),
        below: fc.oneof({ depthSize: 'small' }, fc.constant<Sketch[]>([]), fc.array(tie('node'), { maxLength: 4 })),
      }),
    })).node;
    // ids are paths of names: those of siblings must differ
    const distinct = (list: Sketch[], at = ''): Sketch[] =>
      list.map((one, index) => ({ ...one, name: `${at}${index}`, below: distinct(one.below ?? [], `${at}${index}.`) }));
    fc.assert(
      fc.property(fc.array(sketch, { maxLength: 5 }), fc.double({ min: 0, max: 1, noNaN: true }), (tops, share) => {
        const flame = layOutFlame(treeOf(distinct(tops)));
        for (const [row, boxes] of flame.rows.entries()) {
          const found = boxes.find(({ left, right }) => left <= share && share < right) ?? null;
          expect(boxAtShare(flame, row, share)).toBe(found);
          for (const { above, left, right } of boxes) {
            expect(left).toBeGreaterThanOrEqual(above?.left ?? 0);
            expect(right).toBeLessThanOrEqual((above?.right ?? 1) + 1e-9);
          }
        }
      }),
      { seed: 11, numRuns: 200 },
    );
  });

  test('what nothing holds has none, unless it alone is asked about', () => {
    const unheld = {
      name: 'nothing recorded',
      below: [{ name: 'main.Gone', own: 30 }],
      more: { kind: 'unheld' as const },
    };
    const whole = treeOf([{ name: 'var a', own: 10 }, unheld]);
    whole.total = { objects: 1, bytes: 10 };
    expect(layOutFlame(whole).rows.map(drawn)).toEqual([['var a 0.00–1.00']]);
    expect(layOutFlame(treeOf([unheld])).rows.map(drawn)).toEqual([
      ['nothing recorded 0.00–1.00'],
      ['main.Gone 0.00–1.00'],
    ]);
  });

  test('light up with what is below them', () => {
    const tree = treeOf([
      { name: 'a', below: [{ name: 'b', own: 1, more: { matches: true }, below: [{ name: 'c', own: 1 }] }] },
    ]);
    const lit = layOutFlame(tree).rows.map(([box]) => box.lit);
    expect(lit).toEqual([false, true, true]);
  });
});

describe('fills', () => {
  const packages = Array.from({ length: 15 }, (_, at) => `acme.org/p${at}`);
  const { nodes } = treeOf(
    packages.map((path, at) => ({ name: path, own: 100 - at, more: { package: path, kind: 'object' as const } })),
  );

  test('of the twelve heaviest packages differ, and the rest is grey', () => {
    const { fill, legend } = flameFills(nodes, 'package', 'light');
    const fills = nodes.map((node) => fill(node, 0));
    expect(new Set(fills.slice(0, 12)).size).toBe(12);
    expect(new Set(fills.slice(12)).size).toBe(1);
    expect(legend.map(({ words }) => words)).toEqual([...packages.slice(0, 12), 'other packages']);
  });

  test('a package keeps its hue where there are fewer', () => {
    const all = flameFills(nodes, 'package', 'dark');
    const one = flameFills(nodes.slice(0, 1), 'package', 'dark');
    expect(one.fill(nodes[0], 3)).toBe(all.fill(nodes[0], 3));
  });

  test.each(['light', 'dark'] as const)(
    'are read with the text of the %s theme on them, at any depth, in any hue',
    (theme) => {
      const { text } = PALETTES[theme];
      for (const by of ['holder', 'package'] as const) {
        const { fill } = flameFills(nodes, by, theme);
        for (const node of nodes)
          for (const holder of ['global', 'goroutine', 'finalizer', 'timer', 'nothing'] as const)
            for (let depth = 0; depth < 40; depth++)
              expect(contrast(text, fill({ ...node, holder }, depth))).toBeGreaterThan(4.5);
      }
      for (const hue of PACKAGE_HUES[theme]) expect(contrast(text, hue)).toBeGreaterThan(4.5);
    },
  );

  test('hues are of equal lightness', () => {
    for (const hues of Object.values(PACKAGE_HUES)) {
      const lights = hues.map(luminance);
      expect(contrastOf(Math.max(...lights), Math.min(...lights))).toBeLessThan(1.12);
    }
  });
});

/** As WCAG has them. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrastOf(lighter: number, darker: number): number {
  return (lighter + 0.05) / (darker + 0.05);
}

function contrast(a: string, b: string): number {
  const [darker, lighter] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return contrastOf(lighter, darker);
}

describe('words', () => {
  const tree = treeOf([
    {
      name: 'var acme.org/gw/server.all',
      below: [
        {
          name: 'map[string]*acme.org/gw/server.client',
          own: 2_097_152,
          more: { field: '.clients', objects: 1200 },
        },
      ],
    },
  ]);
  const [, [box]] = layOutFlame(tree).rows;

  test.each([
    [90, '.clients map[string]*server.client  × 1,200', '2.0 MiB  100 %'],
    [50, '.clients map[string]*server.client  × 1,200', ''],
    [40, '.clients map[string]*server.client', ''],
    [28, 'map[string]*server.client', ''],
    [10, '…er.client', ''],
    [5, '…ient', ''],
    [4, '', ''],
  ])('in %i characters: %j, %j', (room, name, figures) => {
    expect(flameWords(box, room, 2_097_152)).toEqual({ name, figures });
  });

  test('in a sentence', () => {
    expect(flameSentence(box, 4_194_304)).toBe(
      '.clients map[string]*acme.org/gw/server.client: 1,200 objects, 2.0 MiB, 50.0 %',
    );
  });
});

test('a picture says what it is of, and all that is wide enough to be read', () => {
  const flame = layOutFlame(SERVER);
  const { svg, width, height } = flameSvg({
    flame,
    fills: flameFills(SERVER.nodes, 'holder', 'light'),
    title: 'Memory <of> it',
    facts: ['go1.27.4', '100 B'],
    whole: 100,
    searched: false,
    theme: 'light',
    dumpName: 'app.heap',
  });
  expect(svg).toContain(`width="${width}" height="${height}"`);
  expect(svg).toContain('Memory &lt;of&gt; it');
  expect(svg).toContain('app.heap  ·  go1.27.4  ·  100 B');
  for (const { name } of SERVER.nodes) expect(svg).toContain(name);
  expect(svg.match(/<rect /g)).toHaveLength(1 + 8 + 1);
});
