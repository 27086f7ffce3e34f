// What would free planted things, asked of a session: dumps of the builder, by shapes and offsets, for no executable names them.
import { describe, expect, it } from 'vitest';
import { Shape } from '../../../fixtures/builder/shape';
import type { AnalysisSession, Freeing } from '../../../workers/api';
import { openedShape } from './opened-shape';

/** A store of 48 B with 4 KiB behind it, held by sixty jobs of 24 B; each job hangs on a queue of 64 B that a global has; and by a server of 96 B. */
function jobs(): Shape {
  const shape = new Shape();
  const server = shape.object(96);
  const queues = Array.from({ length: 60 }, () => shape.object(64));
  const held = Array.from({ length: 60 }, () => shape.object(24));
  const store = shape.object(48);
  const kept = shape.object(4096);
  shape.point(store, 0, kept);
  shape.point(server, 8, store);
  for (const [at, job] of held.entries()) {
    shape.point(job, 16, store);
    shape.point(queues[at], 0, job);
    shape.data.push({ offset: 8 * at + 8, target: { object: queues[at], offset: 0 } });
  }
  shape.data.push({ offset: 0, target: { object: server, offset: 0 } });
  return shape;
}

async function freeStore(session: AnalysisSession, cut: string[] = []): Promise<Freeing> {
  const { rows } = await session.objects({ offset: 0, limit: 2, filters: { size: '=48' } });
  expect(rows).toHaveLength(1);
  return session.free({ of: { addresses: [rows[0].address] }, cut });
}

describe('a store held by two kinds', () => {
  it('tells both with what they are, and that both have to go', async () => {
    const session = await openedShape(jobs());
    const freeing = await freeStore(session);
    expect(freeing.together).toEqual({ objects: 2, bytes: 48 + 4096 });
    expect(freeing.entering).toBe(2);
    const entering = freeing.holders.filter(({ enters }) => enters);
    expect(entering.map(({ references, freesAlone, kind }) => ({ references, freesAlone, kind }))).toEqual([
      { references: 60, freesAlone: { objects: 0, bytes: 0 }, kind: 'field' },
      { references: 1, freesAlone: { objects: 0, bytes: 0 }, kind: 'field' },
    ]);
    expect(freeing.nearest?.ids).toHaveLength(2);
    expect(freeing.nearest?.frees).toEqual(freeing.together);
    expect(freeing.fewest?.ids).toHaveLength(2);
    expect(freeing.inside).toMatchObject({ objects: 1, bytes: 4096 });
  });

  it('counts what is ticked together, and refuses what does not hold it', async () => {
    const session = await openedShape(jobs());
    const { holders } = await freeStore(session);
    const [fields, field] = holders.map(({ id }) => id);
    expect((await freeStore(session, [fields])).together).toEqual({ objects: 0, bytes: 0 });
    expect((await freeStore(session, [fields, field])).together).toEqual({ objects: 2, bytes: 48 + 4096 });
    await expect(freeStore(session, ['no such kind'])).rejects.toMatchObject({ name: 'BadRequest' });
  });

  it('gives its memory back when another thing is asked about', async () => {
    const session = await openedShape(jobs());
    await freeStore(session);
    const before = (await session.status()).memory.used;
    await session.free({ of: { matching: '96 B' } });
    await freeStore(session);
    expect((await session.status()).memory.used).toBe(before);
  });
});

it('has nothing to say of what nothing holds', async () => {
  const shape = new Shape();
  shape.object(48);
  const session = await openedShape(shape);
  const freeing = await session.free({ of: { matching: '48 B' } });
  expect(freeing).toMatchObject({ objects: 0, holders: [], fewest: null, nearest: null, inside: null });
});
