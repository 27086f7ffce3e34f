import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DrawnGraph } from '../../../workers/api';
import type { DrawingQuery } from '../../../workers/api/session';
import { finish } from '../../../workers/lib/work';
import { drawGraph } from '../../../workers/session/drawing/draw-graph';
import { randomSketch } from '../../oracle/random-sketch';
import { type SketchedDump, sketchedDump } from './sketched-dump';

type Subject = { cycle: number } | { address: `0x${string}` } | { pathOf: `0x${string}` };

function draw({ dump }: SketchedDump, subject: Subject, more: Partial<DrawingQuery> = {}): Promise<DrawnGraph> {
  return drawGraph(dump, { budget: 120, expanded: [], ...more, ...subject }, async (work) => finish(work));
}

/** A drawing as lines: nodes, then edges, as `title | detail`. */
function asText(graph: DrawnGraph): string[] {
  const name = new Map(graph.nodes.map((node) => [node.id, node.title]));
  return [
    ...graph.nodes.map((node) => `${node.kind} ${node.title} | ${node.detail}`),
    ...graph.edges.map((edge) => {
      const field = edge.label === null ? '' : ` ${edge.label}`;
      const count = edge.count === 1 ? '' : ` ×${edge.count}`;
      return `${name.get(edge.from)} -> ${name.get(edge.to)} ${edge.kind}${field}${count}`;
    }),
  ];
}

/** `count` objects `prefix0`, `prefix1`, … of a size. */
function many(prefix: string, count: number, bytes = 16): string[] {
  return Array.from({ length: count }, (_, i) => `${prefix}${i}:${bytes}`);
}

describe('the drawing of a cycle', () => {
  it('shows the members, the way from the root and what the cycle holds', async () => {
    const dump = sketchedDump('bss -> registry:64 -> a:48 -> b:32 -> a; b -> payload:1024');
    expect(asText(await draw(dump, { cycle: 0 }))).toEqual([
      'root bss+0x0 | global',
      'object 0xc000010000 | 64 B, no pointers · retains 1.1 KiB',
      'object 0xc000020000 | 48 B, no pointers · retains 1.1 KiB',
      'object 0xc000030000 | 32 B, no pointers · retains 1.0 KiB',
      'object 0xc000040000 | 1.0 KiB, no pointers',
      'bss+0x0 -> 0xc000010000 plain',
      '0xc000010000 -> 0xc000020000 plain +0',
      '0xc000020000 -> 0xc000030000 cycle +0',
      '0xc000030000 -> 0xc000020000 cycle +0',
      '0xc000030000 -> 0xc000040000 plain +8',
    ]);
  });

  it('draws what a finalizer holds as a dashed edge', async () => {
    const dump = sketchedDump('a:48 -> b:32 -> a; finalizer(a)');
    const graph = await draw(dump, { cycle: 0 });
    expect(asText(graph)).toContain('root finalizer | main.(*T).Close');
    expect(asText(graph)).toContain('finalizer -> 0xc000020000 holds');
    expect(graph.nodes.find((node) => node.kind === 'root')).toMatchObject({
      rootKind: 'finalizer',
      holder: 'finalizer',
    });
  });

  it('joins members that look alike once they are many, and opens them a page at a time', async () => {
    const ring = many('a', 100, 48).map((object, i) => `${object} -> a${(i + 1) % 100}:48`);
    const dump = sketchedDump(`data -> a0; ${ring.join('; ')}`);
    const closed = await draw(dump, { cycle: 0 });
    const classes = closed.nodes.filter((node) => node.kind === 'class');
    expect(classes).toMatchObject([{ id: 'class:0:0', title: '48 B, no pointers', objects: 100, bytes: 4800 }]);
    expect(classes[0].detail).toBe('100 × 48 B · 4.7 KiB');

    const opened = await draw(dump, { cycle: 0 }, { expanded: ['class:0:0'] });
    expect(opened.nodes.filter((node) => node.kind === 'object')).toHaveLength(20);
    expect(opened.nodes.find((node) => node.kind === 'class')).toMatchObject({ id: 'class:0:0:2', objects: 80 });

    const again = await draw(dump, { cycle: 0 }, { budget: 500, expanded: ['class:0:0', 'class:0:0:2'] });
    expect(again.nodes.filter((node) => node.kind === 'object')).toHaveLength(40);
  });

  it('names the field that all references of a class lie in, and none where they differ', async () => {
    // sessions refer to their closure at +0, closures to their session at +0 or +8
    const sessions = many('s', 30, 192).map((session, i) => `${session} -> c${i}:32`);
    const closures = many('c', 30, 32).map((closure, i) => `${closure} -> ${i % 2 ? 's0' : `s${i}`}, s${(i + 1) % 30}`);
    const dump = sketchedDump(`data -> s0; ${[...sessions, ...closures].join('; ')}`);
    const graph = await draw(dump, { cycle: 0 });
    const labels = graph.edges.filter((edge) => edge.kind === 'cycle').map((edge) => [edge.label, edge.count]);
    expect(labels).toEqual([
      ['+0', 30],
      [null, 60],
    ]);
  });

  it('folds what it leaves out into one node for each side, weightiest drawn first', async () => {
    const leaving = Array.from({ length: 40 }, (_, i) => `x${i}:${16 + i}`);
    const dump = sketchedDump(`data -> a -> b -> a; a -> ${leaving.join(', ')}`);
    const graph = await draw(dump, { cycle: 0 });
    const rest = graph.nodes.find((node) => node.kind === 'more');
    expect(rest).toMatchObject({ id: 'more:c:0:out', title: '+34 more', objects: 34 });
    expect(graph.leftOut).toEqual({ objects: 34, bytes: 34 * 16 + (33 * 34) / 2 });
    const opened = await draw(dump, { cycle: 0 }, { expanded: ['more:c:0:out'] });
    expect(opened.nodes.find((node) => node.kind === 'more')).toMatchObject({ id: 'more:c:0:out:2', objects: 14 });
  });

  it('shows a long way from the root by its two ends', async () => {
    const way = many('w', 1000).join(' -> ');
    const graph = await draw(sketchedDump(`data -> ${way} -> a -> b -> a`), { cycle: 0 });
    expect(asText(graph).slice(0, 8)).toEqual([
      'root data+0x0 | global',
      'object 0xc000010000 | 16 B, no pointers · retains 15.7 KiB',
      'object 0xc000020000 | 16 B, no pointers · retains 15.6 KiB',
      'object 0xc000030000 | 16 B, no pointers · retains 15.6 KiB',
      'more +994 on the way | 994 objects, 15.5 KiB',
      'object 0xc003e60000 | 16 B, no pointers · retains 80 B',
      'object 0xc003e70000 | 16 B, no pointers · retains 64 B',
      'object 0xc003e80000 | 16 B, no pointers · retains 48 B',
    ]);
  });

  it('keeps a cycle of garbage, which no root holds', async () => {
    const graph = await draw(sketchedDump('a -> b -> a; c -> a'), { cycle: 0 });
    expect(graph.nodes.map((node) => node.held)).toEqual(['none', 'none', 'none']);
    expect(graph.nodes.some((node) => node.kind === 'root')).toBe(false);
  });

  it('draws a reference of an object to itself', async () => {
    const graph = await draw(sketchedDump('data -> a -> a'), { cycle: 0 });
    expect(graph.edges.map(({ from, to, kind }) => [from, to, kind])).toContainEqual([
      'o:0xc000010000',
      'o:0xc000010000',
      'cycle',
    ]);
  });
});

describe('the drawing of an object', () => {
  it('shows who refers to it and what it refers to', async () => {
    const dump = sketchedDump('data -> m:64 -> a:48 -> x:32, y:16; z:24 -> a; stack -> z');
    const graph = await draw(dump, { address: dump.address('a') });
    expect(asText(graph).filter((line) => line.includes(' -> '))).toEqual([
      'data+0x0 -> 0xc000010000 plain',
      '0xc000010000 -> 0xc000020000 plain +0',
      '0xc000050000 -> 0xc000020000 plain +0',
      '0xc000020000 -> 0xc000030000 plain +0',
      '0xc000020000 -> 0xc000040000 plain +8',
    ]);
    expect(graph.nodes.filter((node) => node.selected).map((node) => node.address)).toEqual([dump.address('a')]);
  });

  it('draws only the way from the root for a path', async () => {
    const dump = sketchedDump('data -> m:64 -> a:48 -> x:32; z:24 -> a');
    expect(asText(await draw(dump, { pathOf: dump.address('a') }))).toEqual([
      'root data+0x0 | global',
      'object 0xc000010000 | 64 B, no pointers · retains 144 B',
      'object 0xc000020000 | 48 B, no pointers · retains 80 B',
      'data+0x0 -> 0xc000010000 plain',
      '0xc000010000 -> 0xc000020000 plain +0',
    ]);
  });
});

describe('every drawing', () => {
  const dense = fc
    .array(fc.tuple(fc.nat(79), fc.nat(79)), { minLength: 200, maxLength: 900 })
    .map((references) => [`data -> o0`, ...references.map(([from, to]) => `o${from} -> o${to}`)].join('; '));

  it('keeps its budget, joins what exists and counts what it leaves out', async () => {
    const budget = fc.constantFrom(60, 61, 90, 120, 500);
    const run = fc.asyncProperty(fc.oneof(randomSketch(40), dense), budget, fc.nat(), async (text, budget, pick) => {
      const sketched = sketchedDump(text);
      const { graph, components } = sketched.dump;
      if (graph.objectCount === 0) return;
      const address = `0x${graph.slotAddress[1 + (pick % graph.objectCount)].toString(16)}` as const;
      const subjects: Subject[] = [{ address }, { pathOf: address }];
      for (let cycle = 0; cycle < components.cycleCount; cycle++) subjects.push({ cycle });
      for (const subject of subjects) {
        const closed = await draw(sketched, subject, { budget });
        const opened = closed.nodes.filter(({ kind }) => kind === 'more' || kind === 'class').map(({ id }) => id);
        for (const expanded of [[], opened]) {
          const drawn = await draw(sketched, subject, { budget, expanded });
          check(drawn, budget);
          expect(await draw(sketched, subject, { budget, expanded })).toEqual(drawn);
        }
      }
    });
    await fc.assert(run, { seed: 3, numRuns: 150 });
  });

  function check(graph: DrawnGraph, budget: number): void {
    const ids = new Set(graph.nodes.map(({ id }) => id));
    expect(graph.nodes.length + graph.edges.length).toBeLessThanOrEqual(budget);
    expect(ids.size).toBe(graph.nodes.length);
    expect(new Set(graph.edges.map(({ id }) => id)).size).toBe(graph.edges.length);
    for (const edge of graph.edges)
      expect([ids.has(edge.from), ids.has(edge.to), edge.count > 0]).toEqual([true, true, true]);
    const rest = graph.nodes.filter(({ kind }) => kind === 'more');
    expect(graph.leftOut.objects).toBe(rest.reduce((sum, { objects }) => sum + objects, 0));
    expect(graph.leftOut.bytes).toBe(rest.reduce((sum, { bytes }) => sum + bytes, 0));
  }

  it('stands for every member and every neighbour once, drawn or counted', async () => {
    const run = fc.asyncProperty(dense, fc.constantFrom(60, 120), async (text, budget) => {
      const sketched = sketchedDump(text);
      const { graph, components, distance } = sketched.dump;
      for (let cycle = 0; cycle < components.cycleCount; cycle++) {
        const drawn = await draw(sketched, { cycle }, { budget });
        const stands = new Set<number>();
        for (let v = 1; v <= graph.objectCount; v++) {
          for (let r = graph.referenceStart[v]; r < graph.referenceStart[v + 1]; r++) {
            const w = graph.referenceTarget[r];
            if (components.cycleOf[v] === cycle || components.cycleOf[w] === cycle) stands.add(v).add(w);
          }
        }
        // the way from the root may pass objects that are no neighbours
        const counted = drawn.nodes.reduce((sum, { objects }) => sum + objects, 0);
        const nearest = Math.min(...[...stands].filter((v) => components.cycleOf[v] === cycle).map((v) => distance[v]));
        expect(counted).toBeGreaterThanOrEqual(stands.size);
        expect(counted).toBeLessThan(stands.size + Math.max(nearest, 1));
      }
    });
    await fc.assert(run, { seed: 5, numRuns: 60 });
  });

  it('refuses a budget out of range, a cycle and an address that are not there', async () => {
    const dump = sketchedDump('data -> a');
    await expect(draw(dump, { address: dump.address('a') }, { budget: 10 })).rejects.toThrow(/60 to 500/);
    await expect(draw(dump, { cycle: 0 })).rejects.toThrow('This dump has no cycle 0: it has none');
  });
});
