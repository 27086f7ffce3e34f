// What failed, was cancelled or came too late leaves nothing behind: the next one who asks gets the answer of a session in which nothing happened.
import { describe, expect, test } from 'vitest';
import type { AnalysisSession } from '../../../workers/api';
import { EngineError } from '../../../workers/api/errors';
import { createSession } from '../../../workers/session/create-session';
import { Once } from '../../../workers/session/running/once';
import { Ticket } from '../../../workers/session/running/ticket';
import { TestHost, type TestSource } from './test-host';

const DUMP = 'go1.27.4/finalizers.heap';
const PAGE = { offset: 0, limit: 20 };
const CANCELLED = { name: 'Cancelled' };

/** A host whose disk can be pulled out and put back. */
class LooseHost extends TestHost {
  unplugged = false;

  override async openSource(file: string): Promise<TestSource> {
    const source = await super.openSource(file);
    const read = source.read.bind(source);
    source.read = (offset, into) =>
      this.unplugged ? Promise.reject(new EngineError('CannotRead', `${file} is out of reach`)) : read(offset, into);
    return source;
  }
}

type Question = (session: AnalysisSession) => Promise<unknown>;

/** The first object with contents and references of a dump. */
const anyAddress = async (session: AnalysisSession) => (await session.objects({ ...PAGE, offset: 30 })).rows[0].address;

const QUESTIONS: Record<string, Question> = {
  cycles: (session) => session.cycles(PAGE),
  'cycles of the full graph': (session) => session.cycles({ ...PAGE, graph: 'full' }),
  'shapes of cycles': (session) => session.cycleShapes(PAGE),
  'shapes of cycles of the full graph': (session) => session.cycleShapes({ ...PAGE, graph: 'full' }),
  types: (session) => session.types(PAGE),
  objects: (session) => session.objects(PAGE),
  goroutines: (session) => session.goroutines(PAGE),
  closures: (session) => session.closures(PAGE),
  pools: (session) => session.pools(PAGE),
  findings: (session) => session.findings(PAGE),
  'a way to a root': async (session) => session.rootPaths({ address: await anyAddress(session), count: 3 }),
  'an object': async (session) => session.object(await anyAddress(session)),
  contents: async (session) => session.contents(await anyAddress(session), 0, 64),
  values: async (session) => session.values(await anyAddress(session), PAGE),
  references: async (session) => session.references(await anyAddress(session), PAGE),
  knot: async (session) => session.knot({ cycle: 0, ties: 2 }),
  cuts: async (session) => session.cuts({ address: await anyAddress(session) }, 5),
};

async function opened(host: TestHost): Promise<AnalysisSession> {
  const session = createSession(host);
  await session.open({ file: DUMP });
  return session;
}

describe('a read that failed', () => {
  const failed: string[] = [];

  test.each(Object.entries(QUESTIONS))('is not kept by %s', async (name, ask) => {
    const untouched = await opened(new TestHost());
    const expected = await ask(untouched);
    await untouched.close();
    const host = new LooseHost();
    const session = await opened(host);
    host.unplugged = true;
    const outcome = await ask(session).then(
      () => 'answered',
      (error: unknown) => (error instanceof Error ? error.name : 'thrown'),
    );
    expect(['answered', 'CannotRead']).toContain(outcome);
    if (outcome === 'CannotRead') failed.push(name);
    host.unplugged = false;
    expect(await ask(session)).toEqual(expected);
    await session.close();
  });

  test('befell questions of every kind', () => {
    expect(failed).toEqual(
      // findings are answered all the same, without those of the detectors that could not read
      expect.arrayContaining(['cycles', 'cycles of the full graph', 'shapes of cycles', 'pools', 'contents']),
    );
  });
});

describe('a value computed once', () => {
  const ticket = (): Ticket & { stop(): void } => {
    let stopped = false;
    return Object.assign(new Ticket(() => stopped), { stop: () => void (stopped = true) });
  };

  test('is kept, also when its ticket is cancelled later', async () => {
    let runs = 0;
    const once = new Once(async () => ++runs);
    const first = ticket();
    expect(await once.get(first)).toBe(1);
    first.stop();
    expect([await once.get(ticket()), runs]).toEqual([1, 1]);
  });

  test('is shared by those who ask while it runs', async () => {
    let runs = 0;
    const once = new Once(async () => ++runs);
    expect(await Promise.all([once.get(ticket()), once.get(ticket())])).toEqual([1, 1]);
  });

  test('is computed anew after it failed', async () => {
    let runs = 0;
    const once = new Once(async () => {
      if (++runs === 1) throw new Error('the first read');
      return runs;
    });
    await expect(once.get(ticket())).rejects.toThrow('the first read');
    expect(await once.get(ticket())).toBe(2);
    expect(await once.get(ticket())).toBe(2);
  });

  test('is not shared with a run that was cancelled, whose end leaves the new one alone', async () => {
    const ends: ((fails: boolean) => void)[] = [];
    const once = new Once(
      () =>
        new Promise<number>((resolve, reject) => {
          const run = ends.length + 1;
          ends.push((fails) => (fails ? reject(new Error(`run ${run}`)) : resolve(run)));
        }),
    );
    const first = ticket();
    const cancelled = once.get(first);
    first.stop();
    const second = once.get(ticket());
    ends[0](true);
    await expect(cancelled).rejects.toThrow('run 1');
    const third = once.get(ticket());
    ends[1](false);
    expect([await second, await third, ends.length]).toEqual([2, 2, 2]);
  });

  test('tells those who wait for it, and nobody where it is not asked for or fails', async () => {
    const heard: number[] = [];
    const good = new Once(async () => 7);
    good.whenDone((value) => heard.push(value));
    await good.get(ticket());
    good.whenDone((value) => heard.push(value));
    const bad = new Once<number>(() => Promise.reject(new Error('no')));
    const failing = bad.get(ticket());
    bad.whenDone((value) => heard.push(value));
    await expect(failing).rejects.toThrow('no');
    expect(heard).toEqual([7]);
  });
});

describe('a task that was cancelled', () => {
  test.each([
    ['an answer', () => Promise.resolve('done')],
    ['an error of the file that was closed under it', () => Promise.reject(new EngineError('CannotRead', 'closed'))],
    ['a defect', () => Promise.reject(new TypeError('undefined'))],
  ])('ends as cancelled, though it came to %s', async (_, end) => {
    let stopped = false;
    const task = new Ticket(() => stopped).during(async () => {
      stopped = true;
      return end();
    });
    await expect(task).rejects.toMatchObject(CANCELLED);
  });

  test('and never begun does not run', async () => {
    let ran = false;
    const task = new Ticket(() => true).during(async () => (ran = true));
    await expect(task).rejects.toMatchObject(CANCELLED);
    expect(ran).toBe(false);
  });

  test.each([
    ['an answer', () => Promise.resolve('done'), { status: 'fulfilled', value: 'done' }],
    ['an error', () => Promise.reject(new RangeError('mine')), { status: 'rejected', reason: new RangeError('mine') }],
  ])('is told from one that was not, which comes to %s', async (_, end, expected) => {
    const [outcome] = await Promise.allSettled([new Ticket(() => false).during<unknown>(end)]);
    expect(outcome).toEqual(expected);
  });
});

describe('an opening that a later one overtook', () => {
  /** Opens of the first file stay pending until they are let go. */
  class SlowHost extends TestHost {
    private readonly waiting: (() => void)[] = [];
    constructor(
      private readonly slow: string,
      private readonly fails: boolean,
    ) {
      super();
    }

    override async openSource(file: string): Promise<TestSource> {
      if (file !== this.slow) return super.openSource(file);
      await new Promise<void>((resolve) => this.waiting.push(resolve));
      if (this.fails) throw new EngineError('CannotRead', `${file} is gone`);
      return super.openSource(file);
    }

    letGo(): void {
      for (const resolve of this.waiting.splice(0)) resolve();
    }
  }

  test.each([
    ['arrives', false],
    ['fails', true],
  ])('is cancelled when its file %s at last, and touches nothing', async (_, fails) => {
    const host = new SlowHost('go1.19.8/tidy.heap', fails);
    const session = createSession(host);
    const first = session.open({ file: 'go1.19.8/tidy.heap' });
    await new Promise((resolve) => setImmediate(resolve));
    const second = session.open({ file: DUMP });
    setTimeout(() => host.letGo(), 5);
    const [overtaken, opening] = await Promise.allSettled([first, second]);
    expect(overtaken).toMatchObject({ status: 'rejected', reason: CANCELLED });
    expect(opening.status).toBe('fulfilled');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await session.status()).toMatchObject({ state: 'ready', file: DUMP });
    expect(host.opened.filter(({ closed }) => closed === 0).map(({ name }) => name)).toEqual([DUMP]);
    expect(host.opened.every(({ closed }) => closed <= 1)).toBe(true);
    await session.close();
    expect(host.opened.filter(({ closed }) => closed === 0)).toEqual([]);
  });
});
