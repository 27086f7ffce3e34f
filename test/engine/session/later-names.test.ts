// Names that come after the first screen, and from another executable: what stays, what changes, what cancelling leaves.
import { beforeEach, describe, expect, test } from 'vitest';
import type { AnalysisSession, NamesStatus } from '../../../workers/api/session';
import { MAX_PAGE } from '../../../workers/api/values';
import { NAMING_STEPS } from '../../../workers/naming/steps/steps';
import { createSession } from '../../../workers/session/create-session';
import { executableOf } from '../../support/programs';
import { TestHost } from './test-host';

const DUMP = 'go1.27.4/poolcycle.heap';
const LATER = { file: DUMP, executable: 'poolcycle', names: 'later' } as const;
const PAGE = { offset: 0, limit: MAX_PAGE };
const BY_SIZE = { ...PAGE, sort: { column: 'size', descending: true } } as const;

let host: TestHost;
let session: AnalysisSession;

beforeEach(() => {
  host = new TestHost();
  host.executables.set('poolcycle', executableOf('go1.27.4/poolcycle'));
  host.executables.set('stripped', executableOf('go1.27.4/poolcycle-stripped'));
  host.executables.set('layout', executableOf('go1.27.4/layout'));
  session = createSession(host);
});

async function names(): Promise<NamesStatus> {
  return (await session.status()).names;
}

/** Waits for the names that are on their way. */
async function named(): Promise<NamesStatus> {
  for (;;) {
    const now = await names();
    if (!now.running) return now;
    await host.pause();
  }
}

/** Every answer that names have a part in. */
async function everything(): Promise<unknown> {
  return {
    summary: await session.summary(),
    types: await session.types(PAGE),
    objects: await session.objects(BY_SIZE),
    cycles: await session.cycles(PAGE),
    closures: await session.closures(PAGE),
    pools: await session.pools(PAGE),
    roots: await session.roots(PAGE),
    hits: await session.search('main.', 50),
  };
}

describe('opened with names to come later', () => {
  test('the dump stands by its shapes first, without a look at the executable', async () => {
    const { naming, heap } = await session.open(LATER);
    expect(naming).toMatchObject({ executable: null, objects: { exact: 0, likely: 0, kind: 0, shape: heap.objects } });
    expect(await names()).toEqual({ generation: 0, running: true, problem: null });
    expect((await session.status()).phases.map(({ phase }) => phase)).not.toContain('name');
    const { rows } = await session.types(PAGE);
    expect(rows.every(({ evidence, name }) => evidence === 'shape' && /^\d+ B, /.test(name))).toBe(true);
  });

  test('gives in the end every answer that opening with names gives', async () => {
    await session.open(LATER);
    await everything();
    expect(await named()).toEqual({ generation: 1, running: false, problem: null });
    const later = await everything();
    await session.open({ file: DUMP, executable: 'poolcycle' });
    expect(later).toEqual(await everything());
    expect((await names()).generation).toBe(1);
  });

  test('answers questions while it names, by the names there are', async () => {
    await session.open(LATER);
    const seen: string[] = [];
    host.onPause = () =>
      void session
        .objects(BY_SIZE)
        .then(async ({ rows }) => seen.push(`${(await names()).generation} ${rows[0].type}`));
    await named();
    host.onPause = () => undefined;
    expect(seen.filter((answer) => answer === '0 null').length).toBeGreaterThan(3);
  });

  test('does not a step of naming between a question and its answer, whenever it is asked', async () => {
    const naming = async () => (await session.status()).phases.find(({ phase }) => phase === 'name');
    // each is the first question of its dump, and makes what nobody has computed yet
    const questions: (() => Promise<unknown>)[] = [
      () => session.types(PAGE),
      () => session.objects(BY_SIZE),
      () => session.cycles(PAGE),
      () => session.cycleShapes(PAGE),
      () => session.goroutines(PAGE),
      () => session.roots(PAGE),
      () => session.dominated({ ...PAGE, of: 'root' }),
      () => session.search('main', 20),
    ];
    for (const [i, question] of questions.entries()) {
      await session.open(LATER);
      const askAt = host.pauses + 20 + 13 * i;
      const seen: unknown[] = [];
      host.onPause = (pause) => {
        if (pause !== askAt) return;
        void naming().then(async (before) => {
          seen.push(before);
          await question();
          seen.push(await naming());
        });
      };
      await named();
      host.onPause = () => undefined;
      expect(seen).toHaveLength(2);
      expect(seen[0]).toMatchObject({ finished: false });
      expect(seen[1], `question ${i}`).toEqual(seen[0]);
    }
  });

  test('tells what it looks at, in the order of its steps, and how far it is', async () => {
    await session.open(LATER);
    const seen: { done: number; part: string | undefined }[] = [];
    host.onPause = () =>
      void session.status().then(({ phases }) => {
        const naming = phases.find(({ phase }) => phase === 'name');
        if (naming && !naming.finished) seen.push({ done: naming.done, part: naming.part });
      });
    await named();
    host.onPause = () => undefined;
    const parts = [...new Set(seen.map(({ part }) => part))];
    expect(parts).toEqual(NAMING_STEPS.filter((step) => parts.includes(step)));
    expect(parts.length).toBeGreaterThan(8);
    expect(seen.map(({ done }) => done)).toEqual(seen.map(({ done }) => done).sort((a, b) => a - b));
    expect(seen.every(({ done, part }) => Math.floor(done) === NAMING_STEPS.findIndex((step) => step === part))).toBe(
      true,
    );
  });

  test('does each analysis that names have no part in once', async () => {
    const phases = async () =>
      (await session.status()).phases.filter(({ phase }) => /reach|components|dominators|distances/.test(phase));
    await session.open(LATER);
    await session.objects(BY_SIZE);
    const before = await phases();
    expect(before).toHaveLength(4);
    await named();
    await session.objects(BY_SIZE);
    // a phase that runs again has another time
    expect(await phases()).toEqual(before);
  });

  test('keeps 12 bytes an object more than without names', async () => {
    const { heap } = await session.open(LATER);
    const { memory } = await session.status();
    await named();
    // what holds each object is told anew
    await session.summary();
    expect((await session.status()).memory.used - memory.used).toBe(12 * (heap.objects + 1));
  });

  test('an executable that is not there is told by the status, and the shapes stay', async () => {
    await session.open({ ...LATER, executable: 'gone' });
    const { generation, problem } = await named();
    expect([generation, problem]).toEqual([0, expect.stringContaining('gone cannot be read')]);
    expect((await session.objects(PAGE)).total).toBeGreaterThan(0);
  });

  test('cancelled at any moment it leaves the shapes and no memory, and can be started again', async () => {
    await session.open(LATER);
    await named();
    await session.summary();
    const kept = (await session.status()).memory.used;
    for (let n = 1; ; n += 10) {
      await session.open(LATER);
      const { used } = (await session.status()).memory;
      const cancelAt = host.pauses + n;
      host.onPause = (pause) => void (pause === cancelAt && session.cancel());
      const { generation } = await named();
      host.onPause = () => undefined;
      if (generation === 1) {
        expect(n).toBeGreaterThan(10);
        return;
      }
      expect(await session.status()).toMatchObject({ state: 'ready', running: null, memory: { used } });
      const { naming } = await session.takeNames();
      expect(naming.executable).toMatchObject({ file: 'poolcycle', matches: true });
      expect(await session.status()).toMatchObject({ names: { generation: 1 }, memory: { used: kept } });
    }
  });

  test('closing ends it, and another dump is not touched by it', async () => {
    await session.open(LATER);
    await session.close();
    expect(await names()).toEqual({ generation: 0, running: false, problem: null });
    await session.open(LATER);
    await session.open({ file: 'go1.27.4/finalizers.heap', executable: null });
    expect(await named()).toMatchObject({ generation: 1, problem: null });
    expect(host.opened.map(({ closed }) => closed)).toEqual([1, 1, 0]);
  });
});

describe('names from another executable', () => {
  beforeEach(async () => {
    await session.open({ file: DUMP, executable: null });
  });

  test('replace those of the dump alone, and the other way round', async () => {
    const alone = await everything();
    const { naming } = await session.takeNames('poolcycle');
    expect(naming.executable).toMatchObject({ file: 'poolcycle', stripped: false, matches: true });
    expect(await session.summary()).toMatchObject({ naming });
    expect((await session.search('main.Owner', 5)).map(({ label }) => label)).toContain('main.Owner');
    await session.takeNames(null);
    expect(await everything()).toEqual(alone);
    expect(await names()).toEqual({ generation: 3, running: false, problem: null });
  });

  test('one that did not write the dump rejects with what differs first, and the names stay', async () => {
    await session.takeNames('poolcycle');
    const before = await everything();
    await expect(session.takeNames('layout')).rejects.toMatchObject({
      name: 'CannotRead',
      message: expect.stringMatching(/^This executable did not write the dump: .+ in the dump and .+\.$/) as string,
    });
    expect(await everything()).toEqual(before);
    expect(await names()).toMatchObject({ generation: 2, running: false });
  });

  test('a broken one rejects with the reason, and the names stay', async () => {
    await session.takeNames('poolcycle');
    const { used } = (await session.status()).memory;
    for (const bytes of [5000, 400_000, 1_000_000]) {
      host.executables.set('broken', executableOf('go1.27.4/poolcycle').subarray(0, bytes));
      await expect(session.takeNames('broken')).rejects.toMatchObject({
        name: 'CannotRead',
        message: expect.stringContaining('No names can be taken from it') as string,
      });
    }
    expect((await session.summary()).naming.executable).toMatchObject({ file: 'poolcycle', matches: true });
    expect((await session.status()).memory.used).toBe(used);
  });

  test('one that cannot be read rejects, and the names stay', async () => {
    await session.takeNames('poolcycle');
    const before = await everything();
    await expect(session.takeNames('gone')).rejects.toMatchObject({ name: 'CannotRead' });
    expect(await everything()).toEqual(before);
    expect(await names()).toMatchObject({ generation: 2, problem: expect.stringContaining('gone') as string });
  });

  test('the last one asked for wins', async () => {
    const asked = ['poolcycle', 'stripped', 'poolcycle', 'stripped'].map((file) => session.takeNames(file));
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'fulfilled']);
    expect(outcomes[0]).toMatchObject({ reason: expect.objectContaining({ name: 'Cancelled' }) as unknown });
    expect((await session.summary()).naming.executable?.file).toBe('stripped');
    expect(await names()).toEqual({ generation: 2, running: false, problem: null });
  });

  test('give back the memory of the names before, orders included', async () => {
    await everything();
    const { used } = (await session.status()).memory;
    await session.takeNames('poolcycle');
    await session.takeNames(null);
    await everything();
    expect((await session.status()).memory.used).toBe(used);
  });

  test('an answer that is under way when the names change is whole', async () => {
    const before = await session.objects(BY_SIZE);
    const taking = session.takeNames('poolcycle');
    const answers: number[] = [];
    host.onPause = () =>
      void session
        .objects({ ...BY_SIZE, sort: { column: 'type', descending: false } })
        .then(({ total }) => answers.push(total));
    await taking;
    host.onPause = () => undefined;
    expect(new Set(answers)).toEqual(new Set([before.total]));
  });

  test('are refused where no dump is open', async () => {
    await session.close();
    await expect(session.takeNames('poolcycle')).rejects.toMatchObject({ name: 'NothingOpen' });
  });
});
