// What opening, closing and cancelling promise, on a host where each pause is counted.
import { beforeEach, describe, expect, test } from 'vitest';
import type { AnalysisSession } from '../../../workers/api/session';
import { createSession } from '../../../workers/session/create-session';
import { TestHost } from './test-host';

const RINGS = 'go1.27.4/finalizers.heap';
const OTHER = 'go1.27.4/poolcycle.heap';
const PAGE = { offset: 0, limit: 10 };

const called = (name: string, message?: string): unknown =>
  expect.objectContaining(message === undefined ? { name } : { name, message });

let host: TestHost;
let session: AnalysisSession;

beforeEach(() => {
  host = new TestHost();
  session = createSession(host);
});

/** Cancels in the n-th pause from now, and tells how many pauses were made after that. */
async function cancelInPause(n: number, started: () => Promise<unknown>): Promise<{ outcome: string; after: number }> {
  const cancelAt = host.pauses + n;
  let cancelledAt = 0;
  host.onPause = (pause) => {
    if (pause !== cancelAt) return;
    cancelledAt = pause;
    void session.cancel();
  };
  const outcome = await started().then(
    () => 'answered',
    (error: unknown) => (error as Error).name,
  );
  host.onPause = () => undefined;
  return { outcome, after: cancelledAt === 0 ? 0 : host.pauses - cancelledAt };
}

describe('before anything is open', () => {
  test('questions are refused, and the status is empty', async () => {
    const nothing = called('NothingOpen', 'No dump is open: open one first');
    await expect(session.summary()).rejects.toEqual(nothing);
    await expect(session.objects(PAGE)).rejects.toEqual(nothing);
    await expect(session.search('g1', 1)).rejects.toEqual(nothing);
    expect(await session.status()).toMatchObject({ state: 'empty', file: null, running: null, phases: [], objects: 0 });
    await session.cancel();
    await session.close();
  });

  test('a file that is not there, is no dump, or is not whole where it must be', async () => {
    await expect(session.open({ file: 'missing.heap' })).rejects.toEqual(called('CannotRead'));
    expect(await session.status()).toMatchObject({ state: 'failed', file: 'missing.heap' });
    await expect(session.open({ file: 'broken/not-a-dump-gzip.heap' })).rejects.toEqual(called('NotADump'));
    await expect(session.summary()).rejects.toEqual(called('NothingOpen'));
    const refused = session.open({ file: 'broken/disk-full.heap', strict: true });
    await expect(refused).rejects.toThrow(/disk-full\.heap is truncated at offset \d+ in a record of kind data/);
    await expect(refused).rejects.toEqual(called('NotADump'));
    expect(host.opened.map(({ closed }) => closed)).toEqual([1, 1]);
  });

  test('a dump that is cut short opens with what was whole', async () => {
    const { dump, heap, limits } = await session.open({ file: 'broken/disk-full.heap' });
    expect(dump).toMatchObject({ state: 'truncated', truncated: true, problem: { record: 'data' } });
    expect(heap.objects).toBeGreaterThan(0);
    expect(limits[0]).toMatch(/^The file ends early: without /);
    expect((await session.objects(PAGE)).total).toBe(heap.objects);
  });

  test('memory that is not to be had is told with the name of the array', async () => {
    Object.assign(host.limits, { maxTotalBytes: 100_000 });
    await expect(session.open({ file: RINGS })).rejects.toEqual(called('OutOfMemory'));
    expect(await session.status()).toMatchObject({ state: 'failed', memory: { used: expect.any(Number) as number } });
  });
});

describe('opening', () => {
  test('tells its phases, and what is kept', async () => {
    const { heap, dump } = await session.open({ file: RINGS });
    const status = await session.status();
    expect(status).toMatchObject({
      state: 'ready',
      file: RINGS,
      running: null,
      objects: heap.objects,
    });
    expect(
      status.phases.map(({ phase, unit, done, total, finished }) => [phase, unit, done === total, finished]),
    ).toEqual([
      ['read', 'bytes', true, true],
      ['link', 'objects', true, true],
      ['name', 'steps', true, true],
      ['reach', 'objects', true, true],
      ['components', 'objects', true, true],
    ]);
    expect(status.phases[0].total).toBe(dump.bytes);
    expect(status.memory.used).toBeGreaterThan(heap.objects * 30);
    expect(status.memory.peak).toBeGreaterThanOrEqual(status.memory.used);
  });

  test('a second one closes the first', async () => {
    const first = await session.open({ file: RINGS });
    const second = await session.open({ file: OTHER });
    expect(second.heap.objects).not.toBe(first.heap.objects);
    expect(host.opened.map(({ name, closed }) => [name, closed])).toEqual([
      [RINGS, 1],
      [OTHER, 0],
    ]);
    expect((await session.status()).file).toBe(OTHER);
  });

  test('a second one while the first runs: the first is cancelled, the last wins', async () => {
    const answers = await Promise.allSettled([RINGS, OTHER, RINGS].map((file) => session.open({ file })));
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    expect(answers[0]).toMatchObject({ reason: called('Cancelled') });
    expect(answers[1]).toMatchObject({ reason: called('Cancelled') });
    expect(await session.status()).toMatchObject({ state: 'ready', file: RINGS });
    expect(host.opened.filter(({ closed }) => closed === 0)).toHaveLength(1);
    expect((await session.objects(PAGE)).total).toBeGreaterThan(0);
  });

  test('status answers while it runs', async () => {
    const states = new Set<string>();
    host.onPause = () => void session.status().then(({ state, running }) => states.add(`${state} ${running}`));
    await session.open({ file: RINGS });
    expect([...states]).toEqual(expect.arrayContaining(['opening read', 'opening link']));
  });

  test('cancelled at any pause, it stops within one more and leaves the session usable', async () => {
    const begun = host.pauses;
    await session.open({ file: RINGS });
    const pauses = host.pauses - begun;
    expect(pauses).toBeGreaterThan(3);
    for (let n = 1; n <= pauses; n++) {
      const { outcome, after } = await cancelInPause(n, () => session.open({ file: RINGS }));
      expect([n, outcome]).toEqual([n, 'Cancelled']);
      expect(after).toBeLessThanOrEqual(1);
      expect(await session.status()).toMatchObject({ state: 'empty', file: null, running: null });
    }
    expect(host.opened.filter(({ closed }) => closed === 0)).toHaveLength(0);
    expect((await session.open({ file: RINGS })).heap.objects).toBeGreaterThan(0);
  });
});

describe('closing', () => {
  test('gives the file back and forgets the dump', async () => {
    await session.open({ file: RINGS });
    await session.close();
    expect(host.opened[0].closed).toBe(1);
    expect(await session.status()).toMatchObject({ state: 'empty', file: null, objects: 0 });
    await expect(session.summary()).rejects.toEqual(called('NothingOpen'));
  });

  test('ends the questions under way', async () => {
    await session.open({ file: RINGS });
    const asked = session.objects({ ...PAGE, sort: { column: 'retained', descending: true } });
    await Promise.all([session.close(), expect(asked).rejects.toEqual(called('Cancelled'))]);
  });
});

describe('cancelling a question', () => {
  const question = () => session.objects({ ...PAGE, sort: { column: 'retained', descending: true } });

  test('ends it within a slice, whenever it comes; the dump stays open', async () => {
    for (let n = 1; ; n++) {
      await session.open({ file: RINGS });
      const { outcome, after } = await cancelInPause(n, question);
      expect(after).toBeLessThanOrEqual(1);
      expect((await session.status()).state).toBe('ready');
      expect((await question()).rows).toHaveLength(10);
      if (outcome === 'answered') {
        expect(n).toBeGreaterThan(3);
        return;
      }
      expect(outcome).toBe('Cancelled');
    }
  });

  test('ends all who share the work, and nobody who comes after', async () => {
    await session.open({ file: RINGS });
    const before = [question(), question(), session.cycles(PAGE)].map((asked) =>
      expect(asked).rejects.toEqual(called('Cancelled')),
    );
    const cancelled = session.cancel();
    const after = question();
    await Promise.all([...before, cancelled]);
    expect((await after).rows).toHaveLength(10);
  });

  test('leaves no half-done phase in the log', async () => {
    await session.open({ file: RINGS });
    const { phases } = await session.status();
    await cancelInPause(1, question);
    const now = await session.status();
    expect(now.running).toBeNull();
    expect(now.phases.every(({ finished }) => finished)).toBe(true);
    expect(now.phases.length).toBeGreaterThanOrEqual(phases.length);
  });
});

test('two who ask the same share one run, and the next page costs nothing', async () => {
  const sort = { column: 'retained', descending: true } as const;
  const ask = (offset: number) => session.objects({ offset, limit: 10, sort });
  const pausesOf = async (work: () => Promise<unknown>) => {
    const before = host.pauses;
    await work();
    return host.pauses - before;
  };
  await session.open({ file: RINGS });
  const alone = await pausesOf(() => ask(0));
  await session.open({ file: RINGS });
  const together = await pausesOf(() => Promise.all([ask(0), ask(10), ask(0)]));
  expect(alone).toBeGreaterThan(0);
  expect(together).toBe(alone);
  expect(await pausesOf(() => ask(20))).toBe(0);
});

test('a question that needs no work is answered while another works', async () => {
  await session.open({ file: RINGS });
  const [{ address }] = (await session.objects({ offset: 0, limit: 1 })).rows;
  let answered = 0;
  host.onPause = () => void session.object(address).then(() => answered++);
  await session.objects({ ...PAGE, sort: { column: 'type', descending: false } });
  expect(answered).toBeGreaterThan(0);
});
