// What ties planted knots, asked of a session: dumps of the builder, by shapes and offsets, for no executable names them.
import { describe, expect, it } from 'vitest';
import { buildDump } from '../../../fixtures/builder/build';
import { platform } from '../../../fixtures/builder/platform';
import { NIL, Shape } from '../../../fixtures/builder/shape';
import type { AnalysisSession, Knot, KnotQuery } from '../../../workers/api';
import { createSession } from '../../../workers/session/create-session';
import { TestHost } from './test-host';

const NODE = '24 B, pointers at +0 +8 +16';

/** A tree of nodes with two children and a pointer to the parent; `order`: in which objects are made. */
function treeWithParents(order: readonly number[]): Shape {
  const shape = new Shape();
  const ids: number[] = [];
  for (const node of order) ids[node] = shape.object(24, `node ${node}`);
  for (let node = 0; node < order.length; node++) {
    const child = (at: number) => (at < order.length ? ids[at] : NIL);
    shape.point(ids[node], 0, child(2 * node + 1));
    shape.point(ids[node], 8, child(2 * node + 2));
    shape.point(ids[node], 16, node === 0 ? NIL : ids[Math.floor((node - 1) / 2)]);
  }
  shape.data.push({ offset: 0, target: { object: ids[0], offset: 0 } });
  return shape;
}

/** Rings of six objects of 16 B, each ring behind a hub of 32 B; the hubs are a ring, and each is held from outside. */
function ringOfRings(): Shape {
  const shape = new Shape();
  const hubs = Array.from({ length: 8 }, () => shape.object(32));
  for (const [at, hub] of hubs.entries()) {
    const ring = Array.from({ length: 6 }, () => shape.object(16));
    for (const [place, object] of ring.entries()) {
      shape.point(object, 0, ring[(place + 1) % ring.length]);
      shape.point(object, 8, hub);
    }
    shape.point(hub, 0, ring[0]);
    shape.point(hub, 8, hubs[(at + 1) % hubs.length]);
    shape.data.push({ offset: 8 * at, target: { object: hub, offset: 0 } });
  }
  return shape;
}

async function opened(shape: Shape, host = new TestHost()): Promise<AnalysisSession> {
  const { bytes } = buildDump(shape, platform('go1.24.1', 'amd64'));
  host.files.set('knot.heap', bytes);
  const session = createSession(host);
  await session.open({ file: 'knot.heap' });
  return session;
}

async function knotOf(shape: Shape, query: Partial<KnotQuery> = {}): Promise<Knot> {
  const session = await opened(shape);
  return session.knot({ cycle: 0, ties: 10, ...query });
}

const upwards = (count: number) => Array.from({ length: count }, (_, at) => at);

describe('the ties of a dump', () => {
  it('are the pointers of a tree to its parents', async () => {
    const knot = await knotOf(treeWithParents(upwards(60)));
    expect(knot).toMatchObject({
      objects: 60,
      bytes: 60 * 24,
      kinds: { objects: 1, references: 3 },
      largest: 60,
      inCycles: 60,
      tried: 3,
      end: 'untied',
      pieces: [],
      shapes: 0,
    });
    expect(knot.ties).toEqual([
      { from: NODE, field: '+0x10', to: NODE, references: 59, largestLeft: 0, inCyclesLeft: 0 },
    ]);
  });

  it('do not depend on how objects are numbered', async () => {
    const knot = await knotOf(treeWithParents(upwards(60)));
    const turned = await knotOf(treeWithParents(upwards(60).map((at) => (at * 37) % 60)));
    expect(turned).toEqual(knot);
  });

  it('are what joins rings; what holds a ring is none', async () => {
    const knot = await knotOf(ringOfRings());
    expect(knot.ties.map(({ from, field }) => `${from} ${field}`)).toEqual([
      '32 B, pointers at +0 +8 +0x8',
      '16 B, pointers at +0 +8 +0x8',
    ]);
    expect(knot.ties.map(({ largestLeft, inCyclesLeft }) => [largestLeft, inCyclesLeft])).toEqual([
      [7, 56],
      [6, 48],
    ]);
    expect(knot.end).toBe('held');
    expect(knot.pieces).toEqual([{ shape: '6 × 16 B, pointers at +0 +8', cycles: 8, objects: 48, bytes: 768 }]);
  });

  it('are as many as were asked for', async () => {
    const knot = await knotOf(ringOfRings(), { ties: 1 });
    expect(knot).toMatchObject({ end: 'asked', ties: [{ largestLeft: 7 }], pieces: [{ cycles: 8, objects: 56 }] });
    expect((await knotOf(ringOfRings(), { ties: 0 })).pieces).toMatchObject([{ cycles: 1, objects: 56 }]);
  });
});

describe('a field that is left out', () => {
  it('ties nothing: what is told are the cycles without it', async () => {
    const whole = await knotOf(ringOfRings());
    const field = '32 B, pointers at +0 +8 +0x8';
    const knot = await knotOf(ringOfRings(), { ignore: [field] });
    expect(knot).toMatchObject({ ignored: [field], objects: 56, largest: 7, inCycles: 56, kinds: { references: 3 } });
    expect(knot.ties).toEqual(whole.ties.slice(1));
  });

  it('may be meant only where it leads to one type', async () => {
    const field = '16 B, pointers at +0 +8 +0x8';
    const there = await knotOf(ringOfRings(), { ignore: [`${field} → 32 B, pointers at +0 +8`] });
    const elsewhere = await knotOf(ringOfRings(), { ignore: [`${field} → 16 B, pointers at +0 +8`] });
    expect(there.kinds.references).toBe(3);
    expect(elsewhere.kinds.references).toBe(4);
  });

  it('has to be one of the dump', async () => {
    await expect(knotOf(ringOfRings(), { ignore: ['main.Node .parent'] })).rejects.toMatchObject({
      name: 'NotFound',
      message: expect.stringContaining('main.Node .parent') as unknown,
    });
  });
});

describe('asked wrongly', () => {
  it('says what can be asked', async () => {
    await expect(knotOf(ringOfRings(), { ties: 21 })).rejects.toMatchObject({ name: 'BadRequest' });
    await expect(knotOf(ringOfRings(), { cycle: 7 })).rejects.toMatchObject({ name: 'NotFound' });
  });
});

describe('the graph of kinds', () => {
  it('has a node for each type, an edge for its fields, and its ties by number', async () => {
    const { drawing } = await knotOf(ringOfRings());
    expect(drawing.nodes.map(({ title, detail, left }) => ({ title, detail, left }))).toEqual([
      { title: '16 B, pointers at +0 +8', detail: '×48 · 768 B', left: [48, 48, 48] },
      { title: '32 B, pointers at +0 +8', detail: '×8 · 256 B', left: [8, 8, 0] },
    ]);
    expect(drawing.edges.map(({ label, count, tie }) => ({ label, count, tie }))).toEqual([
      { label: '+0x0', count: 48, tie: undefined },
      { label: '+0x8', count: 48, tie: 2 },
      { label: '+0x0', count: 8, tie: undefined },
      { label: '+0x8', count: 8, tie: 1 },
    ]);
    expect(drawing.subtitle).toBe('56 objects of 2 types · go1.24.1');
  });
});

describe('the search', () => {
  it('tells how far it is, and ends when it is cancelled', async () => {
    const host = new TestHost();
    const session = await opened(treeWithParents(upwards(60)), host);
    await session.knot({ cycle: 0, ties: 1 });
    const { phases } = await session.status();
    expect(phases.find(({ phase }) => phase === 'knot')).toMatchObject({
      unit: 'kinds',
      done: 3,
      total: 3,
      finished: true,
    });
    const asked = session.knot({ cycle: 0, ties: 1 });
    await session.cancel();
    await expect(asked).rejects.toMatchObject({ name: 'Cancelled' });
    await expect(session.knot({ cycle: 0, ties: 1 })).resolves.toMatchObject({ end: 'untied' });
  });
});
