// Goroutines that wait for ever: those that the program planted, in every layout of sudogs; those of a healthy server; and one thing apart.
import { describe, expect, test } from 'vitest';
import { Shape } from '../../../fixtures/builder/shape';
import { goroutinesStuckForEver } from '../../../workers/suspects/detectors/stuck-goroutines';
import { truthOf } from '../../support/dumps';
import { detectIn, detectInShape, lines, provenObjects, surviveDamage } from './detected';
import { addCoroutine, addNext, addWaiter, type Waiter } from './waiters';

const VERSIONS = ['go1.19.8', 'go1.27.4', 'go1.27.4-386'];
/** By the first function that is not of package sync; wrappers and inlining differ from version to version. */
const LEAKS = [
  '1 in a select, in main.main.func4',
  '1 on a nil channel, in main.main.func1',
  '1 on a nil channel, in main.main.func2',
  '1 receiving from a channel, in main.(*Worker).wait',
  '1 sending on a channel, in main.timeoutLeak.func1',
  '1 waiting for a condition variable, in main.main.func6',
  expect.stringMatching(/^1 waiting for a (read-write )?mutex, in main\.main\.func7$/),
  expect.stringMatching(/^1 waiting for a wait group, in main\.main\.(func9|gowrap1)$/),
  '10 receiving from a channel, in main.leakRecv.func1',
  '10 sending on a channel, in main.leakSend.func1',
];

describe.each(VERSIONS)('%s', (version) => {
  test('what is planted is found, and who waits on what a global leads to is not', async () => {
    const { findings } = await detectIn(goroutinesStuckForEver, `${version}/chanleak`);
    const leaks = lines(findings.filter(({ severity }) => severity === 'leak')).map((line) =>
      line.replace(/^leak\/certain (\d+) goroutines? stuck for ever/, '$1').replace(/, started by .*/, ''),
    );
    expect(leaks.sort()).toEqual(LEAKS);
    expect(lines(findings.filter(({ severity }) => severity !== 'leak'))).toEqual([
      'note/certain 1 goroutine stuck for ever in an empty select, in main.main.func3, started by main.main',
    ]);
  });

  test('the channels of the senders are those that they were given, and the jobs go with them', async () => {
    const { heap, findings } = await detectIn(goroutinesStuckForEver, `${version}/chanleak`);
    const senders = findings.find(({ title }) => title.includes('leakSend'));
    const { objects } = truthOf(`${version}/chanleak`);
    const planted = objects.filter(({ name }) => name.startsWith('send.chan')).map(({ addr }) => addr);
    expect(provenObjects(heap, senders?.proofs ?? [])).toEqual([...planted].sort());
    const jobs = objects.filter(({ name }) => name.startsWith('send.job'));
    expect(senders?.bytes).toBeGreaterThan(jobs.length * 2048);
  });
});

test('with an executable, the place of creation is told', async () => {
  const { findings } = await detectIn(goroutinesStuckForEver, 'go1.19.8/chanleak', 'go1.19.8/chanleak-stripped');
  expect(findings.map(({ key }) => key)).toContain('chan send in main.leakSend.func1 < main.leakSend');
});

test.each(['go1.19.8/tidy', 'go1.26.11/fresh', 'go1.26.11/ctxleak', 'go1.24.4/timers', 'go1.27.4/layout'])(
  'nothing in %s',
  async (dump) => {
    expect(lines((await detectIn(goroutinesStuckForEver, dump)).findings)).toEqual([]);
  },
);

test('a cut dump is not looked at, for whoever wakes may be in what is lost', async () => {
  const { findings, skipped } = await detectIn(goroutinesStuckForEver, 'broken/disk-full');
  expect(findings).toEqual([]);
  expect(skipped).toContain('not whole');
});

type InShape = Waiter & { shape: Shape };

function waiter(shape: Shape, waitReason = 'chan receive', status = 4): InShape {
  return { shape, ...addWaiter(shape, { waitReason, status }) };
}

const LEAK = 'leak/certain 1 goroutine stuck for ever receiving from a channel, in main.worker';

describe('one thing apart', () => {
  const one = (change: (waiter: InShape) => void, reason?: string, status?: number): Shape => {
    const shape = new Shape();
    change(waiter(shape, reason, status));
    return shape;
  };

  test.each([
    ['nobody has the channel', one(() => undefined), [LEAK]],
    ['a global has it', one(({ shape, channel }) => shape.bss.push({ offset: 64, target: channel })), []],
    ['a finalizer has it', one(({ shape, channel }) => shape.finalizer(shape.object(16), channel)), []],
    [
      'a running goroutine has it',
      one(({ shape, channel }) => {
        shape.goroutine({ status: 1 }).frame('main.sender').lists(8, channel);
      }),
      [],
    ],
    [
      'a dead word of a running goroutine has it',
      one(({ shape, channel }) => {
        const frame = shape.goroutine({ status: 1 }).frame('main.sender');
        frame.holds(8, channel).lists(24, { frame, offset: 32 });
      }),
      [LEAK],
    ],
    [
      'a stack object of a running goroutine has it',
      one(({ shape, channel }) => {
        const frame = shape.goroutine({ status: 1 }).frame('main.sender');
        frame.holds(40, channel).lists(24, { frame, offset: 32 });
      }),
      ['note/possible 1 goroutine perhaps stuck receiving from a channel, in main.worker'],
    ],
    [
      'a stack object to which another leads',
      one(({ shape, channel }) => {
        const goroutine = shape.goroutine({ status: 1 });
        const inner = goroutine.frame('main.send');
        const outer = goroutine.frame('main.sender');
        inner.lists(8, { frame: outer, offset: 48 });
        outer.holds(48, { frame: inner, offset: 16 });
        inner.holds(16, channel);
      }),
      ['note/possible 1 goroutine perhaps stuck receiving from a channel, in main.worker'],
    ],
    [
      'a word of a goroutine that was stopped between two calls',
      one(({ shape, channel }) => {
        const goroutine = shape.goroutine({ status: 1 });
        goroutine.frame('runtime.asyncPreempt');
        goroutine.frame('main.sender').holds(8, channel);
      }),
      ['note/possible 1 goroutine perhaps stuck receiving from a channel, in main.worker'],
    ],
    [
      'an object that nothing holds has it',
      one(({ shape, channel }) => {
        shape.point(shape.object(32), 8, channel);
      }),
      ['warning/possible 1 goroutine stuck for ever receiving from a channel, in main.worker'],
    ],
    ['it runs', one(() => undefined, 'chan receive', 1), []],
    ['it waits for the network', one(() => undefined, 'IO wait'), []],
    [
      'it is main',
      one(({ goroutine }) => {
        goroutine.frame('runtime.main');
      }),
      [],
    ],
  ])('%s', async (_, shape, expected) => {
    expect(lines((await detectInShape(goroutinesStuckForEver, shape)).findings)).toEqual(expected);
  });

  test('two that wait for each other are both stuck', async () => {
    const shape = new Shape();
    const [left, right] = [waiter(shape), waiter(shape)];
    left.goroutine.frame('main.left').lists(8, right.channel);
    right.goroutine.frame('main.right').lists(8, left.channel);
    const { findings } = await detectInShape(goroutinesStuckForEver, shape);
    const both = `${LEAK}: 4.0 KiB alone, 8.2 KiB together with 1 other group`;
    expect(lines(findings)).toEqual([both, both]);
  });

  test('whoever is woken can wake the next', async () => {
    const shape = new Shape();
    const chain = Array.from({ length: 5 }, () => waiter(shape));
    for (const [i, { goroutine }] of chain.entries())
      if (i + 1 < chain.length) goroutine.frame('main.next').lists(8, chain[i + 1].channel);
    shape.goroutine({ status: 1 }).frame('main.first').lists(8, chain[0].channel);
    expect((await detectInShape(goroutinesStuckForEver, shape)).findings).toEqual([]);
  });

  test('what two share goes with both: it is told beside what each holds alone', async () => {
    const shape = new Shape();
    const [left, right] = [waiter(shape), waiter(shape, 'chan send')];
    const shared = shape.object(8192);
    shape.point(left.held, 0, shared);
    shape.point(right.held, 0, shared);
    const { findings } = await detectInShape(goroutinesStuckForEver, shape);
    const both = { objects: 5, bytes: 2 * (4864 + 96) + 8192 };
    expect(findings.map(({ objects, bytes }) => ({ objects, bytes }))).toEqual([both, both]);
    expect(findings[0].title).toMatch(/: 4\.8 KiB alone, 17\.7 KiB together with 1 other group$/);
  });
});

test('before cleanups came, what nothing holds wakes nobody', async () => {
  const shape = new Shape();
  const { channel } = waiter(shape);
  shape.point(shape.object(32), 8, channel);
  const { findings } = await detectInShape(goroutinesStuckForEver, shape, 'go1.19.8');
  expect(lines(findings)).toEqual([LEAK]);
});

test('before Go 1.17, arguments that are in no dump may wake', async () => {
  const shape = new Shape();
  waiter(shape);
  shape.goroutine({ waitReason: 'chan receive (nil chan)' }).frame('main.never');
  const { findings } = await detectInShape(goroutinesStuckForEver, shape, 'go1.16.15');
  expect(lines(findings)).toEqual([
    'warning/possible 1 goroutine stuck for ever receiving from a channel, in main.worker',
    'leak/certain 1 goroutine stuck for ever on a nil channel, in main.never',
  ]);
});

describe('coroutines of iter.Pull', () => {
  const IN_YIELD = ['iter.Pull[go.shape.int].func1.1', 'main.pages.func1', 'iter.Pull[go.shape.int].func1'];
  const LOST = 'leak/certain 3 coroutines of iter.Pull that nobody can resume or stop any more';
  type Three = ReturnType<typeof addCoroutine>[];

  const told = async (functions: string[], change: (three: Three, shape: Shape) => void, version = 'go1.27.4') => {
    const shape = new Shape();
    const three = [0, 1, 2].map(() => addCoroutine(shape, functions));
    change(three, shape);
    return detectInShape(goroutinesStuckForEver, shape, version);
  };

  test.each(['go1.23.5', 'go1.24.4', 'go1.27.4'])('next and stop are gone: %s', async (version) => {
    const { findings, heap } = await told(IN_YIELD, () => undefined, version);
    expect(lines(findings)).toEqual([`${LOST}, in main.pages.func1`]);
    // each its page, its coroutine and what that runs
    expect(findings[0]).toMatchObject({ objects: 9, bytes: 3 * (4096 + 32 + 48) });
    expect(provenObjects(heap, findings[0].proofs)).toHaveLength(3);
  });

  test('before they have begun', async () => {
    const { findings } = await told([], () => undefined);
    expect(lines(findings)).toEqual([`${LOST}, in the runtime`]);
  });

  test('where next lies about as garbage, a cleanup could have it', async () => {
    const { findings } = await told(IN_YIELD, (three, shape) => {
      for (const { coroutine } of three) addNext(shape, coroutine);
    });
    expect(lines(findings)).toEqual([`${LOST.replace('leak/certain', 'warning/possible')}, in main.pages.func1`]);
  });

  test('a global has what resumes them', async () => {
    const hold = (three: Three, shape: Shape): void => {
      for (const [i, { coroutine }] of three.entries())
        shape.bss.push({ offset: 4096 + 8 * i, target: addNext(shape, coroutine) });
    };
    expect((await told(IN_YIELD, hold)).findings).toEqual([]);
  });

  test('who runs has one, which has another', async () => {
    const { findings } = await told(IN_YIELD, ([first, second], shape) => {
      shape.goroutine({ status: 1 }).frame('main.consume').lists(8, addNext(shape, first.coroutine));
      shape.point(first.held, 0, addNext(shape, second.coroutine));
    });
    expect(lines(findings)).toEqual([`${LOST.replace('3 coroutines', '1 coroutine')}, in main.pages.func1`]);
  });

  test('who waits for a coroutine is in it too', async () => {
    const { findings } = await told(IN_YIELD, ([first], shape) => {
      const asks = addCoroutine(shape, ['main.consumer']);
      shape.goroutine({ status: 1 }).frame('main.produce').lists(8, asks.coroutine);
      shape.point(asks.held, 0, first.coroutine);
    });
    expect(lines(findings)).toEqual([`${LOST.replace('3', '2')}, in main.pages.func1`]);
  });

  test('a dead variable leads to them', async () => {
    const hold = (three: Three, shape: Shape): void => {
      const goroutine = shape.goroutine({ status: 1 });
      for (const { coroutine } of three) {
        const frame = goroutine.frame('main.consume');
        frame.holds(40, addNext(shape, coroutine)).lists(24, { frame, offset: 32 });
      }
    };
    expect(lines((await told(IN_YIELD, hold)).findings)).toEqual([
      'note/possible 3 coroutines of iter.Pull perhaps stuck suspended in a yield, in main.pages.func1',
    ]);
  });
});

test('damaged dumps are survived', async () => {
  expect(await surviveDamage(goroutinesStuckForEver, 'go1.27.4-386/chanleak', 8)).toBeGreaterThan(4);
});

test('a select of nil channels only has no sudog', async () => {
  const shape = new Shape();
  // whose sudog is understood
  const other = waiter(shape);
  shape.bss.push({ offset: 4096, target: other.channel });
  const descriptor = shape.object(400);
  shape.bss.push({ offset: 4104, target: descriptor });
  shape.goroutine({ descriptor, waitReason: 'select' }).frame('main.nilSelect');
  const { findings } = await detectInShape(goroutinesStuckForEver, shape);
  expect(lines(findings)).toEqual(['leak/certain 1 goroutine stuck for ever in a select, in main.nilSelect']);
});

test('what would let go is told once for each object', async () => {
  const { heap, findings } = await detectIn(goroutinesStuckForEver, 'go1.27.4/chanleak');
  const buffer = truthOf('go1.27.4/chanleak').objects.find(({ name }) => name === 'timeout.buf');
  const { cuts } = findings.find(({ title }) => title.includes('timeoutLeak')) ?? { cuts: [] };
  expect(cuts).toHaveLength(1);
  expect(cuts[0]).toMatchObject({ to: heap.graph.index.objectAt(Number(buffer?.addr)), bytes: 49152 });
});

test('whoever a stack can still wake, in whatever way, is no leak', async () => {
  const { findings } = await detectIn(goroutinesStuckForEver, 'go1.19.8/wakers');
  expect(findings.length).toBeGreaterThan(0);
  expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
});
