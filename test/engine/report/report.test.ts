import fc from 'fast-check';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { pngOf } from '../../../src/cli/output/png';
import type { DrawnGraph } from '../../../workers/api';
import { layOut, pictureSize, toDot, toJson, toSvg } from '../../../workers/report';
import { edge, HOSTILE_NAMES, node, ringOf, SESSIONS } from './graphs';
import { readDot, readXml } from './languages';

const OPTIONS = { theme: 'light', dumpName: 'gateway.heap', legend: true } as const;

const anyName = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom(...HOSTILE_NAMES));
const anyRing = fc.array(anyName, { minLength: 1, maxLength: 12 }).map(ringOf);

describe('SVG', () => {
  it('draws the sessions as the golden file has them', async () => {
    await expect(toSvg(layOut(SESSIONS), OPTIONS)).toMatchFileSnapshot('../../golden/report/sessions.svg');
  });

  it('is well-formed, whatever the names are', () => {
    fc.assert(
      fc.property(anyRing, (graph) => {
        const names = readXml(toSvg(layOut(graph), { ...OPTIONS, dumpName: graph.title }));
        expect(names.filter((name) => name === 'script')).toEqual([]);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('says in the picture what was left out', () => {
    expect(toSvg(layOut(SESSIONS), OPTIONS)).toContain('not drawn: 37 objects, 12.1 MiB');
  });

  it('takes another title and leaves out the legend on request', () => {
    const svg = toSvg(layOut(SESSIONS), { ...OPTIONS, title: 'Our leak', legend: false });
    expect(svg).toContain('>Our leak</text>');
    expect(svg).not.toContain('in the cycle');
  });
});

describe('PNG of the SVG', () => {
  it('has the size promised, the canvas as its ground, and text', async () => {
    const drawing = layOut(SESSIONS);
    const { width, height } = pictureSize(drawing, OPTIONS);
    const png = PNG.sync.read(Buffer.from(await pngOf(toSvg(drawing, OPTIONS))));
    expect([png.width, png.height]).toEqual([2 * width, 2 * height]);
    expect([...png.data.subarray(0, 3)]).toEqual([0xf5, 0xf6, 0xf8]);
    const bare = { ...SESSIONS, title: '', subtitle: '' };
    const without = PNG.sync.read(Buffer.from(await pngOf(toSvg(layOut(bare), OPTIONS))));
    expect(darkPixels(png)).toBeGreaterThan(darkPixels(without) + 1000);
  });

  function darkPixels({ data }: PNG): number {
    let dark = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at] < 0x60 && data[at + 2] < 0x60) dark++;
    return dark;
  }
});

describe('DOT', () => {
  it('writes the sessions as the golden file has them', async () => {
    await expect(toDot(SESSIONS)).toMatchFileSnapshot('../../golden/report/sessions.dot');
  });

  it('keeps to the grammar and its nodes and edges, whatever the names are', () => {
    fc.assert(
      fc.property(anyRing, (graph) => {
        const read = readDot(toDot(graph));
        expect(read.nodes).toEqual(graph.nodes.map(({ id }) => id));
        expect(read.edges).toEqual(graph.edges.map(({ from, to }) => [from, to]));
      }),
      { seed: 2, numRuns: 200 },
    );
  });
});

describe('JSON', () => {
  it('writes a small graph with every key, in a fixed order', async () => {
    const shuffled = Object.fromEntries(
      Object.entries(SESSIONS.nodes[3]).reverse(),
    ) as unknown as DrawnGraph['nodes'][0];
    const graph = { ...SESSIONS, nodes: SESSIONS.nodes.with(3, shuffled) };
    expect(toJson(graph)).toBe(toJson(SESSIONS));
    await expect(toJson(SESSIONS)).toMatchFileSnapshot('../../golden/report/sessions.json');
  });

  it('reads back as it was, whatever the names are', () => {
    for (const graph of [ringOf(HOSTILE_NAMES), SESSIONS]) {
      const read = JSON.parse(toJson(graph)) as { schema: string; nodes: { title: string }[] };
      expect(read.schema).toBe('heapknot/export/1');
      expect(read.nodes.map(({ title }) => title)).toEqual(graph.nodes.map(({ title }) => title));
    }
  });
});

describe('the layout', () => {
  const graphs = fc
    .tuple(fc.integer({ min: 1, max: 40 }), fc.array(fc.tuple(fc.nat(39), fc.nat(39)), { maxLength: 60 }))
    .map(([count, pairs]): DrawnGraph => {
      const nodes = Array.from({ length: count }, (_, i) => node(`o:${i}`, `0xc0000${i}`, '48 B'));
      const unique = new Map(pairs.map(([a, b]) => [`${a % count} ${b % count}`, [a % count, b % count]]));
      const edges = [...unique.values()].map(([a, b]) => edge(`o:${a}`, `o:${b}`, `+${8 * a}`));
      return { title: 'random', subtitle: '', nodes, edges, leftOut: { objects: 0, bytes: 0 } };
    });

  it('never lets cards overlap, nor a label cross a card, and stays inside its size', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const drawing = layOut(graph);
        const { nodes } = drawing;
        const labels = drawing.edges.flatMap(({ label }) => (label ? [label] : []));
        for (const [i, a] of nodes.entries()) {
          for (const b of nodes.slice(i + 1)) expect(overlap(a, b)).toBe(false);
          for (const label of labels) expect(overlap(a, label)).toBe(false);
        }
        for (const box of [...nodes, ...labels]) {
          expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0);
          expect(box.x + box.width).toBeLessThanOrEqual(drawing.width);
          expect(box.y + box.height).toBeLessThanOrEqual(drawing.height);
        }
      }),
      { seed: 4, numRuns: 60 },
    );
  });

  interface Box {
    x: number;
    y: number;
    width: number;
    height: number;
  }
  function overlap(a: Box, b: Box): boolean {
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
  }

  it('lays out what the largest budget allows, a chain or a star', () => {
    const nodes = Array.from({ length: 250 }, (_, i) => node(`o:${i}`, `0xc0000${i}`, '48 B'));
    const chain = nodes.slice(1).map((_, i) => edge(`o:${i}`, `o:${i + 1}`, '+0'));
    const star = nodes.slice(1).map((_, i) => edge('o:0', `o:${i + 1}`, '+0'));
    for (const edges of [chain, star]) {
      const drawing = layOut({ ...SESSIONS, nodes, edges });
      expect(drawing.edges.every(({ points }) => points.length >= 2)).toBe(true);
    }
  });

  it('draws nothing for a graph of nothing', () => {
    const empty = { ...SESSIONS, nodes: [], edges: [] };
    expect(layOut(empty)).toMatchObject({ width: 0, height: 0 });
    readXml(toSvg(layOut(empty), OPTIONS));
  });
});
