import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { AnalysisSession, CycleRow } from '../../workers/api';
import { EngineError } from '../../workers/api';
import { RequestCache } from '../../src/renderer/state/requests';

/** The two things of a page that the idle mark touches. */
beforeAll(() => {
  vi.stubGlobal('document', { documentElement: { dataset: {} }, hidden: true });
});

const cycle = (id: number): CycleRow => ({
  id,
  objects: 2,
  ownBytes: 64,
  retainedBytes: 64,
  holder: 'global',
  class: 'global',
  stuck: false,
  reason: 'A package variable leads to it.',
  held: 'strong',
  shape: '2 × 32 B, pointer at +0',
  enteringTotal: 1,
  leavingTotal: 0,
  through: [],
  finalizers: 0,
});

/** A session that answers `cycle`, and counts how often it was asked. */
function sessionOf(answer: (id: number) => Promise<CycleRow>) {
  const asked: number[] = [];
  const session: Pick<AnalysisSession, 'cycle'> = {
    cycle: (id) => {
      asked.push(id);
      return answer(id);
    },
  };
  // The cache asks only what its test asks.
  return { session: session as AnalysisSession, asked };
}

/** Lets what was answered reach the cache. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('the request cache', () => {
  test('asks once, and gives the same value again', async () => {
    const { session, asked } = sessionOf((id) => Promise.resolve(cycle(id)));
    const cache = new RequestCache(session);
    expect(cache.peek('cycle', [3]).state).toBe('waiting');
    cache.want('cycle', [3]);
    cache.want('cycle', [3]);
    await settled();
    const answer = cache.peek('cycle', [3]);
    expect(answer.value?.id).toBe(3);
    expect(cache.peek('cycle', [3])).toBe(answer);
    cache.want('cycle', [3]);
    expect(asked).toEqual([3]);
  });

  test('a failure is an answer: it is told, and asked again only on request', async () => {
    let fails = true;
    const { session, asked } = sessionOf((id) =>
      fails ? Promise.reject(new EngineError('NotFound', `no cycle ${id}`)) : Promise.resolve(cycle(id)),
    );
    const heard: string[] = [];
    const cache = new RequestCache(session, (error) => heard.push(error.message));
    cache.want('cycle', [9]);
    await settled();
    expect(cache.peek('cycle', [9]).error?.message).toBe('no cycle 9');
    cache.want('cycle', [9]);
    await settled();
    expect(asked).toEqual([9]);
    fails = false;
    cache.retry('cycle', [9]);
    await settled();
    expect(cache.peek('cycle', [9]).value?.id).toBe(9);
    expect(heard).toEqual(['no cycle 9']);
  });

  test('ask() rejects as the session does', async () => {
    const { session } = sessionOf(() => Promise.reject(new EngineError('EngineGone', 'the engine has ended')));
    await expect(new RequestCache(session).ask('cycle', 1)).rejects.toMatchObject({ name: 'EngineGone' });
  });

  test('listeners hear of each answer, and no more after they left', async () => {
    const { session } = sessionOf((id) => Promise.resolve(cycle(id)));
    const cache = new RequestCache(session);
    let heard = 0;
    const leave = cache.subscribe(() => heard++);
    await cache.ask('cycle', 1);
    expect(heard).toBe(1);
    leave();
    await cache.ask('cycle', 2);
    expect(heard).toBe(1);
  });

  test('the oldest answers go first; one asked for lately stays', async () => {
    const { session, asked } = sessionOf((id) => Promise.resolve(cycle(id)));
    const cache = new RequestCache(session);
    for (let id = 0; id < 400; id++) await cache.ask('cycle', id);
    cache.want('cycle', [0]);
    await cache.ask('cycle', 400);
    expect(cache.peek('cycle', [0]).state).toBe('ready');
    expect(cache.peek('cycle', [1]).state).toBe('waiting');
    expect(asked.filter((id) => id === 0)).toHaveLength(1);
  });

  test('after a refresh, answers stay in sight until newer ones come', async () => {
    let name = 'old';
    const { session, asked } = sessionOf((id) => Promise.resolve({ ...cycle(id), shape: name }));
    const cache = new RequestCache(session);
    await cache.ask('cycle', 1);
    name = 'new';
    cache.refresh();
    expect(cache.peek('cycle', [1]).value?.shape).toBe('old');
    cache.want('cycle', [1]);
    cache.want('cycle', [1]);
    expect(cache.peek('cycle', [1]).value?.shape).toBe('old');
    await settled();
    expect(cache.peek('cycle', [1]).value?.shape).toBe('new');
    expect((await cache.ask('cycle', 1)).shape).toBe('new');
    expect(asked).toEqual([1, 1]);
  });

  test('a refresh is heard, and the generation tells it', () => {
    const cache = new RequestCache(sessionOf((id) => Promise.resolve(cycle(id))).session);
    const [generation, version] = [cache.generation(), cache.version()];
    let heard = 0;
    cache.subscribe(() => heard++);
    cache.refresh();
    expect([heard, cache.generation() === generation, cache.version() === version]).toEqual([1, false, false]);
  });

  test('an answer from before a refresh does not come over a newer one', async () => {
    const answers: ((row: CycleRow) => void)[] = [];
    const { session } = sessionOf(() => new Promise((resolve) => answers.push(resolve)));
    const cache = new RequestCache(session);
    cache.want('cycle', [1]);
    cache.refresh();
    cache.want('cycle', [1]);
    answers[1]({ ...cycle(1), shape: 'new' });
    await settled();
    answers[0]({ ...cycle(1), shape: 'old' });
    await settled();
    expect(cache.peek('cycle', [1]).value?.shape).toBe('new');
  });

  test('a refresh asks failures again', async () => {
    let fails = true;
    const { session } = sessionOf((id) =>
      fails ? Promise.reject(new EngineError('Cancelled', 'Stopped on request')) : Promise.resolve(cycle(id)),
    );
    const cache = new RequestCache(session);
    cache.want('cycle', [1]);
    await settled();
    fails = false;
    cache.refresh();
    cache.want('cycle', [1]);
    expect(cache.peek('cycle', [1]).state).toBe('waiting');
    await settled();
    expect(cache.peek('cycle', [1]).state).toBe('ready');
  });
});
