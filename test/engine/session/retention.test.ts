// Where the memory is, asked of a session: narrowed, hidden, below a node, upside down, without a field; and the objects of a node.
import { beforeAll, describe, expect, test } from 'vitest';
import type { AnalysisSession, RetentionQuery, RetentionTree } from '../../../workers/api';
import { Shape } from '../../../fixtures/builder/shape';
import { openedShape } from './opened-shape';

const MANY = 40;

/** A list of 100 nodes, each with a buffer, and a tree whose nodes know their parents; one string nobody holds. */
function planted(): Shape {
  const shape = new Shape();
  const list = Array.from({ length: 100 }, () => shape.object(64));
  list.forEach((node, at) => {
    const buffer = shape.object(256);
    shape.point(node, 0, list[at + 1] ?? buffer);
    shape.point(node, 8, buffer);
  });
  shape.bss.push({ offset: 0, target: list[0] });
  const top = shape.object(8 * MANY, 'top');
  for (let at = 0; at < MANY; at++) {
    const leaf = shape.object(48);
    shape.point(top, 8 * at, leaf);
    shape.point(leaf, 16, top);
  }
  shape.bss.push({ offset: 8, target: top });
  shape.object(512);
  return shape;
}

let session: AnalysisSession;
beforeAll(async () => (session = await openedShape(planted())));

const ask = (query: Partial<RetentionQuery> = {}): Promise<RetentionTree> =>
  session.retention({ by: 'path', ...query });
const lines = ({ nodes }: RetentionTree) =>
  nodes.map(({ name, field, totalObjects, bytes }) => `${field ?? ''} ${name}: ${totalObjects} ${bytes}`);

describe('the whole', () => {
  test('adds up, and lists are one node with their longest chain', async () => {
    const tree = await ask();
    const summary = await session.summary();
    expect(tree.total.bytes).toBe(summary.heap.reachableBytes);
    expect(tree.unheld).toEqual({ objects: 1, bytes: 512 });
    const list = tree.nodes.find(({ longestChain }) => longestChain === 100);
    expect(list).toMatchObject({ objects: 100, ownBytes: 6400, bytes: 6400 + 25_600, kind: 'object' });
    expect(tree.nodes.at(-1)).toMatchObject({ bytes: 512 });
    expect(tree.folded).toEqual({ nodes: 0, objects: 0, bytes: 0 });
  });

  test('cut by number, share or depth it says what was folded, and still adds up', async () => {
    const whole = await ask();
    for (const cut of [{ limit: 3 }, { minShare: 0.3 }, { depth: 1 }, { depth: 0 }]) {
      const tree = await ask(cut);
      expect(tree.nodes.length).toBeLessThan(whole.nodes.length);
      const tops = tree.nodes.filter(({ parent }) => parent === null);
      const sum = tops.reduce((bytes, node) => bytes + node.bytes, tree.folded.bytes);
      expect(sum).toBe(tree.total.bytes + tree.unheld.bytes);
      const shown = new Map(tree.nodes.map((node) => [node.id, node]));
      for (const node of shown.values()) {
        const below = tree.nodes.filter(({ parent }) => parent === node.id);
        expect(below.reduce((bytes, one) => bytes + one.bytes, node.ownBytes + node.folded.bytes)).toBe(node.bytes);
      }
      expect(tree.nodes.length + tree.folded.nodes).toBeLessThanOrEqual(whole.nodeCount);
      expect(tree.nodeCount).toBe(whole.nodeCount);
    }
  });

  test('below a node its share is of that node', async () => {
    const { nodes } = await ask();
    const list = nodes.find(({ longestChain }) => longestChain === 100)!;
    const tree = await ask({ under: list.id });
    expect(tree.total).toEqual({ objects: 200, bytes: list.bytes });
    expect(tree.nodes.map(({ id }) => id)).toEqual([
      list.id,
      ...nodes.filter((n) => n.parent === list.id).map((n) => n.id),
    ]);
    expect(tree.nodes[0].parent).toBeNull();
    await expect(ask({ under: 'feedc0ffee00' })).rejects.toThrow(/has no node feedc0ffee00/);
  });
});

describe('narrowed', () => {
  test('focus leaves chains with such a name, ignore the others, and both add up to the whole', async () => {
    const whole = await ask();
    const [focus, ignore] = [await ask({ focus: '256 B' }), await ask({ ignore: '256 B' })];
    expect(focus.total).toEqual({ objects: 100, bytes: 25_600 });
    expect(focus.total.bytes + ignore.total.bytes).toBe(whole.total.bytes);
  });

  test('hidden nodes give what is below them to what is above', async () => {
    const whole = await ask();
    const hidden = await ask({ hide: '/^64 B/' });
    expect(hidden.total).toEqual(whole.total);
    expect(hidden.nodes.some(({ name }) => name.startsWith('64 B'))).toBe(false);
    expect(hidden.nodes.find(({ name }) => name.startsWith('256 B'))?.field).toBeNull();
  });

  test('what is searched for is marked and added up, nothing twice', async () => {
    const tree = await ask({ search: '/^(64|256) B/' });
    expect(tree.matched).toEqual({ objects: 200, bytes: 32_000 });
    expect(tree.nodes.filter(({ matches }) => matches).map(({ objects }) => objects)).toEqual([100, 99, 1]);
    expect((await ask()).matched).toBeNull();
  });

  test('what cannot be read is told, with where', async () => {
    await expect(ask({ focus: '/(/' })).rejects.toThrow(/“focus”/);
    await expect(ask({ without: ['no.Such .field'] })).rejects.toThrow(/no\.Such \.field/);
    await expect(ask({ by: 'dominator', without: ['x'] })).rejects.toThrow(/by path/);
  });
});

test('told by package it adds up to the same, and no package stands below itself', async () => {
  const whole = await ask();
  const tree = await ask({ group: 'package' });
  expect(tree.total).toEqual(whole.total);
  const kinds = new Map(tree.nodes.map(({ id, name }) => [id, name]));
  for (const { kind, name, parent, field } of tree.nodes) {
    expect(field).toBeNull();
    if (kind === 'package') expect(kinds.get(parent ?? '')).not.toBe(name);
    else expect(parent).toBeNull();
  }
});

describe('upside down', () => {
  test('what holds a type is told from it to its roots, with its own sizes', async () => {
    const { rows } = await session.types({ offset: 0, limit: 50 });
    const buffers = rows.find(({ objects }) => objects === 100)!;
    const tree = await ask({ of: { type: { name: buffers.name, shape: buffers.shape } } });
    expect(tree.total).toEqual({ objects: buffers.objects, bytes: buffers.bytes });
    expect(tree.nodes[0]).toMatchObject({ name: buffers.name, parent: null });
    expect(tree.nodes.at(-1)?.kind).toBe('root');
  });

  test('a cycle, an address, a filter and a node are asked about likewise', async () => {
    const { rows } = await session.cycles({ offset: 0, limit: 1 });
    expect((await ask({ of: { cycle: rows[0].id } })).total.objects).toBe(MANY + 1);
    const { rows: objects } = await session.objects({ offset: 0, limit: 2 });
    const addresses = objects.map(({ address }) => address);
    expect((await ask({ of: { addresses } })).total).toEqual({ objects: 2, bytes: objects[0].size + objects[1].size });
    expect((await ask({ of: { matching: '512 B' } })).total).toEqual({ objects: 1, bytes: 512 });
    const node = (await ask()).nodes.find(({ longestChain }) => longestChain === 100)!;
    expect((await ask({ of: { node: node.id } })).total).toEqual({ objects: 100, bytes: 6400 });
    await expect(ask({ of: { finding: 'none' } })).rejects.toThrow(/no finding “none”/);
  });
});

test('without the field that knows the parent the tree has no cycle to tell, and nothing is lost', async () => {
  const { nodes } = await ask();
  const leaf = nodes.find(({ objects }) => objects === MANY)!;
  const tree = await ask({ without: [`${leaf.name} +0x10`] });
  expect(lines(tree)).toEqual(lines(await ask()));
  const top = nodes.find(({ id }) => id === leaf.parent)!;
  const cut = await ask({ without: [`${top.name} ${leaf.field ?? ''}`] });
  expect(cut.total.bytes + cut.unheld.bytes).toBe(tree.total.bytes + tree.unheld.bytes);
  expect(cut.nodes.some(({ name, kind }) => kind === 'unheld' && name === 'only what is left out')).toBe(true);
});

test('the objects of a node are those that it counts', async () => {
  for (const by of ['path', 'dominator'] as const) {
    const tree = await ask({ by });
    for (const node of tree.nodes.filter(({ objects }) => objects > 0)) {
      const page = await session.objects({ node: { by, id: node.id }, offset: 0, limit: 1 });
      expect([page.total, page.bytes]).toEqual([node.objects, node.ownBytes]);
    }
  }
});
