// Timers and tickers: those that the program planted, in both layouts of timers; those of a healthy server; and one thing apart.
import { describe, expect, test } from 'vitest';
import type { ObjectId } from '../../../fixtures/builder/frame';
import { Shape } from '../../../fixtures/builder/shape';
import { unstoppedTimers } from '../../../workers/suspects/detectors/unstopped-timers';
import { truthOf } from '../../support/dumps';
import { Contexts, VERSION } from './context-shapes';
import { detectIn, detectInShape, lines, provenObjects, surviveDamage } from './detected';

const FORGOTTEN = 'warning/certain 20 timers that nobody waits for, the last one due in 60 min';

describe.each([
  ['go1.19.8', 'main.(*Poller).run'],
  ['go1.24.4', 'main.startPoller.gowrap1'],
])('%s', (version, reader) => {
  test('what is planted is found', async () => {
    const { findings } = await detectIn(unstoppedTimers, `${version}/timers`);
    expect(lines(findings)).toEqual([
      FORGOTTEN,
      expect.stringMatching(
        /^note\/likely 10 timers will run a function without a name, and hold 2\d\.\d KiB until then$/,
      ),
      `note/possible 5 tickers read every 1 h by ${reader}, each by a goroutine of its own`,
    ]);
  });

  test('the forgotten ones and the sessions are those of the program', async () => {
    const { heap, findings } = await detectIn(unstoppedTimers, `${version}/timers`);
    const { objects } = truthOf(`${version}/timers`);
    const planted = (pattern: RegExp) =>
      objects
        .filter(({ name }) => pattern.test(name))
        .map(({ addr }) => addr)
        .sort();
    expect(provenObjects(heap, findings[0].proofs)).toEqual(planted(/^forgotten\d+$/));
    expect(provenObjects(heap, findings[1].proofs)).toEqual(planted(/^session\d+\.timer$/));
    expect(provenObjects(heap, findings[2].proofs)).toEqual(planted(/^poller\d+\.ticker$/));
    const sessions = objects.filter(({ name }) => /^session\d+$/.test(name));
    expect(findings[1].bytes).toBeGreaterThan(sessions.reduce((sum, { size }) => sum + size, 0));
  });
});

test('with an executable, the function that a timer will run is told', async () => {
  const { findings } = await detectIn(unstoppedTimers, 'go1.19.8/timers', 'go1.19.8/timers-stripped');
  expect(findings.map(({ key }) => key)).toContain('main.afterFunc.func1');
});

test.each(['go1.19.8/tidy', 'go1.26.11/fresh', 'go1.26.11/syscallg', 'go1.27.4/layout', 'go1.19.8/ctxleak'])(
  'nothing in %s',
  async (dump) => {
    expect(lines((await detectIn(unstoppedTimers, dump)).findings)).toEqual([]);
  },
);

test('a cut dump is not looked at', async () => {
  expect((await detectIn(unstoppedTimers, 'broken/disk-full')).skipped).toContain('not whole');
});

const HOUR = 3600e9;
const NOW = 1e12;

interface TimerOptions {
  period?: number;
  when?: number;
  /** Of the bits 1, in the heap, 2, to be moved, 4, stopped. */
  state?: number;
  /** What it names as its processor; else the first one. */
  owner?: ObjectId;
  /** The array that leads to it; else that of the first processor. */
  heap?: ObjectId;
}

/** Processors whose heaps hold timers as Go 1.26 lays them out, of a program that runs with asynctimerchan=1. */
class Timers {
  readonly shape = new Shape();
  /** Of the first processor. */
  private readonly heap: ObjectId;
  private readonly processor: ObjectId;
  private count = 0;

  constructor() {
    this.heap = this.shape.object(2048);
    this.processor = this.addProcessor(this.heap);
  }

  /** A processor with an array for its heap of timers. */
  addProcessor(heap: ObjectId): ObjectId {
    const { shape } = this;
    const processor = shape.object(9472);
    shape.point(processor, 4096, heap);
    // the sudogs that it keeps, and a slice of another array of its own
    shape.point(processor, 512, { object: processor, offset: 536 });
    shape.put(processor, 528, 128);
    shape.point(processor, 256, { object: processor, offset: 8192 });
    shape.bss.push({ offset: 8 * shape.bss.length, target: processor });
    return processor;
  }

  /** With a channel, or with a function to run. */
  add(
    argument: ObjectId,
    isChannel: boolean,
    { period = 0, when = NOW + HOUR, state = 1, owner = this.processor, heap = this.heap }: TimerOptions = {},
  ): ObjectId {
    const { shape } = this;
    const timer = shape.object(104);
    shape.point(heap, 16 * this.count++, timer);
    shape.point(timer, 0, isChannel ? argument : { address: 0 });
    shape.point(timer, 56, { address: 0x4fbba8 });
    shape.point(timer, 72, argument);
    shape.point(timer, 88, { object: owner, offset: 1024 });
    shape.put(timer, 24, 0x1 + 0x100 * state);
    shape.put(timer, 40, when);
    shape.put(timer, 48, period);
    return timer;
  }

  channels(count: number, options: TimerOptions = {}): ObjectId[] {
    return Array.from({ length: count }, () => this.add(this.shape.object(112), true, options));
  }

  /** Closures that hold so many bytes each. */
  functions(count: number, bytes: number, options: TimerOptions = {}): ObjectId[] {
    return Array.from({ length: count }, () => {
      const closure = this.shape.object(16);
      this.shape.put(closure, 0, 0x401000);
      this.shape.point(closure, 8, this.shape.object(bytes));
      return this.add(closure, false, options);
    });
  }
}

describe('one thing apart', () => {
  const timers = (change: (timers: Timers) => void): Shape => {
    const made = new Timers();
    // the clock at the last collection: a timer that is due then
    made.channels(1, { when: NOW });
    change(made);
    return made.shape;
  };
  const TICKERS = 'leak/certain 3 tickers of 1 h that nobody can stop any more';

  test.each([
    ['tickers that nothing refers to', timers((all) => all.channels(3, { period: HOUR })), [TICKERS]],
    ['stopped ones, not yet taken out', timers((all) => all.channels(3, { period: HOUR, state: 5 })), []],
    ['ones that were taken out', timers((all) => all.channels(3, { period: HOUR, state: 0 })), []],
    [
      'ones that a global holds',
      timers((all) => {
        for (const [i, id] of all.channels(3, { period: HOUR }).entries())
          all.shape.bss.push({ offset: 64 + 8 * i, target: id });
      }),
      [],
    ],
    [
      'ones of which a stale word of a stack knows',
      timers((all) => {
        const frame = all.shape.goroutine({ status: 1 }).frame('main.poll');
        for (const [i, id] of all.channels(3, { period: HOUR }).entries()) frame.holds(8 * i, id);
      }),
      [],
    ],
    [
      'forgotten timers far off',
      timers((all) => all.channels(10)),
      ['warning/certain 10 timers that nobody waits for, the last one due in 1 h'],
    ],
    ['a few of them', timers((all) => all.channels(9)), []],
    ['due soon', timers((all) => all.channels(100, { when: NOW + 30e9 })), []],
    [
      'functions that hold much',
      timers((all) => all.functions(10, 8192)),
      ['note/likely 10 timers will run a function without a name, and hold 81.3 KiB until then'],
    ],
    [
      'functions that were stopped and hold much',
      timers((all) => all.functions(10, 8192, { state: 7, when: 0 })),
      ['note/certain 10 stopped timers of a function without a name still stand in the timer heap, and hold 81.3 KiB'],
    ],
    [
      'one of them',
      timers((all) => all.functions(1, 2 ** 17, { state: 5 })),
      ['note/certain 1 stopped timer of a function without a name still stands in the timer heap, and holds 128.1 KiB'],
    ],
    ['stopped ones that hold little', timers((all) => all.functions(10, 4096, { state: 5 })), []],
    ['functions that were taken out', timers((all) => all.functions(10, 8192, { state: 0 })), []],
    [
      'a timer that very many objects know',
      timers((all) => {
        const [ticker] = all.channels(1, { period: HOUR });
        for (let i = 0; i < 100; i++) all.shape.point(all.shape.object(16), 0, ticker);
      }),
      ['leak/certain 1 ticker of 1 h that nobody can stop any more'],
    ],
    [
      'functions of the second processor',
      timers((all) => {
        const heap = all.shape.object(2048);
        const owner = all.addProcessor(heap);
        for (const [i, id] of all.functions(10, 8192, { owner }).entries()) all.shape.point(heap, 16 * i, id);
      }),
      ['note/likely 10 timers will run a function without a name, and hold 81.3 KiB until then'],
    ],
    [
      'functions that name a processor which has no such array',
      timers((all) => {
        const owner = all.addProcessor(all.shape.object(2048));
        all.functions(10, 8192, { owner });
      }),
      [],
    ],
    [
      'functions that name what is no processor',
      timers((all) => all.functions(10, 8192, { owner: all.shape.object(9472) })),
      [],
    ],
    [
      'tickers in the heap of a bubble of testing/synctest, which ends with its test',
      timers((all) => {
        const [bubble, heap] = [all.shape.object(256), all.shape.object(2048)];
        all.shape.point(bubble, 64, heap);
        all.shape.bss.push({ offset: 64, target: bubble });
        all.channels(3, { period: HOUR, owner: bubble, heap });
      }),
      [],
    ],
    ['functions of what is in use', timers((all) => all.functions(40, 16)), []],
    ['functions soon to run', timers((all) => all.functions(10, 8192, { when: NOW + 1e9 })), []],
  ])('%s', async (_, shape, expected) => {
    expect(lines((await detectInShape(unstoppedTimers, shape, 'go1.26.11')).findings)).toEqual(expected);
  });
});

describe('timers of contexts', () => {
  const LOST =
    'warning/likely 12 timers will run a function without a name for contexts that nobody can cancel, and hold 50.8 KiB with them until then';

  /** Twelve contexts with a deadline and a page of values each, and what would cancel them, for a change to hold. */
  const deadlines = (change: (all: Timers, cancels: ObjectId[]) => void): Shape => {
    const all = new Timers();
    all.channels(1, { when: NOW });
    const contexts = new Contexts(all.shape);
    const made = contexts.below(contexts.base, 12, { kind: 'deadline', cause: 4096 });
    for (const context of made) all.add(contexts.cancelFunction(context), false);
    change(
      all,
      made.map((context) => contexts.cancelFunction(context)),
    );
    return all.shape;
  };

  test.each([
    ['whose cancel functions are garbage', deadlines(() => undefined), [LOST]],
    [
      'that requests under way will cancel',
      deadlines(({ shape }, cancels) => {
        for (const cancel of cancels) shape.goroutine().frame('main.handle').lists(8, cancel);
      }),
      [],
    ],
    [
      'of sessions that can cancel them',
      deadlines(({ shape }, cancels) => {
        for (const [i, cancel] of cancels.entries()) shape.bss.push({ offset: 512 + 8 * i, target: cancel });
      }),
      [],
    ],
    [
      'of which a few are held',
      deadlines(({ shape }, cancels) => {
        for (const cancel of cancels.slice(3)) shape.goroutine().frame('main.handle').lists(8, cancel);
      }),
      [],
    ],
  ])('%s', async (_, shape, expected) => {
    const { findings } = await detectInShape(unstoppedTimers, shape, VERSION);
    expect(lines(findings)).toEqual(expected);
    for (const { fix } of findings) expect(fix.after).toContain('defer cancel()');
  });
});

test('damaged dumps are survived', async () => {
  expect(await surviveDamage(unstoppedTimers, 'go1.24.4/timers', 8)).toBeGreaterThan(4);
});
