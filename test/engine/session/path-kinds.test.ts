// Root paths by what they look like, and paths that must not use a type, a field or a kind of root.
import { beforeAll, describe, expect, test } from 'vitest';
import { Shape } from '../../../fixtures/builder/shape';
import type { Address, AnalysisSession, Avoid, PathKinds } from '../../../workers/api';
import { openedShape } from './opened-shape';

/** A target of 512 B below 30 equal holders, each with a root of its own, and below a list of five that one more root leads to. */
function planted(): Shape {
  const shape = new Shape();
  const target = shape.object(512, 'target');
  for (let at = 0; at < 30; at++) {
    const holder = shape.object(96);
    shape.point(holder, 40, target);
    shape.bss.push({ offset: 8 * at, target: holder });
  }
  const list = Array.from({ length: 5 }, () => shape.object(64));
  list.forEach((node, at) => {
    shape.point(node, 8, list[at + 1] ?? target);
  });
  shape.bss.push({ offset: 8 * 100, target: list[0] });
  return shape;
}

let session: AnalysisSession;
let address: Address;
beforeAll(async () => {
  session = await openedShape(planted());
  const { rows } = await session.objects({ offset: 0, limit: 1, filters: { size: '=512' } });
  address = rows[0].address;
});

const kinds = (avoid: Avoid = {}): Promise<PathKinds> => session.rootPathKinds({ address, avoid });
const count = async (avoid: Avoid): Promise<number> => (await session.rootPaths({ address, count: 1, avoid })).total;

describe('kinds of paths', () => {
  test('are as many as paths look different, the nearest first, and a list in them is one step', async () => {
    const { total, told, kinds: rows } = await kinds();
    expect([total, told]).toEqual([31, 31]);
    expect(rows.reduce((sum, { paths }) => sum + paths, 0)).toBe(31);
    const [list] = rows.filter(({ length }) => length === 6);
    expect(list.steps.map(({ name }) => name.split(',')[0])).toEqual(['64 B', '512 B']);
    expect(rows.at(-1)).toBe(list);
    for (const row of rows.slice(0, -1)) expect(row).toMatchObject({ paths: 1, length: 2 });
  });

  test('have the shortest of theirs as an example, at its place among all paths', async () => {
    const { kinds: rows } = await kinds();
    const { paths } = await session.rootPaths({ address, count: 31 });
    for (const { example, exampleAt } of rows) expect(paths[exampleAt]).toEqual(example);
  });
});

describe('avoided by kind', () => {
  test('a type leaves what does not pass through it, and the object asked about may be of it', async () => {
    const { kinds: rows } = await kinds();
    const [holder, target] = rows[0].steps;
    expect(await count({ types: [holder.name] })).toBe(1);
    expect(await count({ types: [target.name] })).toBe(31);
    const list = rows[rows.length - 1].steps[0];
    expect(await count({ types: [holder.name, list.name] })).toBe(0);
  });

  test('a field leaves what does not lead over it', async () => {
    const { kinds: rows } = await kinds();
    const [holder, target] = rows[0].steps;
    expect(target.field).toBe('+0x28');
    expect(await count({ fields: [`${holder.name} +0x28`] })).toBe(1);
    expect((await kinds({ fields: [`${holder.name} +0x28`] })).kinds).toHaveLength(1);
  });

  test('a kind of root leaves the others', async () => {
    const { kinds: rows } = await kinds();
    expect(await count({ rootKinds: [rows[0].root.name] })).toBe(30);
  });

  test('what this dump does not have is told', async () => {
    await expect(count({ types: ['no.Such'] })).rejects.toThrow('“no.Such”');
    await expect(count({ fields: ['no.Such .field'] })).rejects.toThrow('“no.Such .field”');
    await expect(count({ rootKinds: ['no.such'] })).rejects.toThrow('“no.such”');
  });
});
