// Goroutines that wait for one another over locks, with locks that everything reaches; and whatever else could hold one of them.
import { describe, expect, test } from 'vitest';
import type { ObjectId } from '../../../fixtures/builder/frame';
import { Shape } from '../../../fixtures/builder/shape';
import { lockDeadlock } from '../../../workers/suspects/detectors/lock-deadlock';
import { detectIn, detectInShape, lines, provenObjects, surviveDamage } from './detected';
import { addLocker } from './waiters';

const TWO = 'leak/likely Deadlock: 2 goroutines wait for one another, in main.transfer';

/** A program with accounts, each with a mutex at its front, that a global holds. */
class Bank {
  readonly shape = new Shape();
  readonly accounts: ObjectId[];

  constructor() {
    this.accounts = Array.from({ length: 4 }, () => this.shape.object(48));
    for (const [i, target] of this.accounts.entries()) this.shape.bss.push({ offset: 4000 + 8 * i, target });
  }

  /** Goroutines that transfer between accounts: each has both at hand and waits for the second. */
  transfers(...pairs: [from: number, to: number][]): this {
    for (const [from, to] of pairs) this.waits(to, [from, to]);
    return this;
  }

  waits(account: number, atHand: readonly number[], options = {}): this {
    const { shape, accounts } = this;
    addLocker(
      shape,
      { object: accounts[account], offset: 0 },
      atHand.map((i) => accounts[i]),
      options,
    );
    return this;
  }

  /** A goroutine that sleeps and has an account at hand. */
  sleeps(account: number, function_ = 'main.audit'): this {
    this.shape.goroutine({ waitReason: 'sleep' }).frame(function_).lists(8, this.accounts[account]);
    return this;
  }
}

describe('one thing apart', () => {
  test.each([
    ['each has what the other waits for', new Bank().transfers([0, 1], [1, 0]), [TWO]],
    ['three in a circle', new Bank().transfers([0, 1], [1, 2], [2, 0]), [TWO.replace('2 goroutines', '3 goroutines')]],
    ['two circles', new Bank().transfers([0, 1], [1, 0], [2, 3], [3, 2]), [TWO, TWO]],
    [
      'others wait for them',
      new Bank().transfers([0, 1], [1, 0]).waits(1, [1]).waits(0, [0]),
      [`${TWO}, and 2 more wait for them`],
    ],
    [
      'in places of their own',
      new Bank().waits(1, [0, 1], { functions: ['main.pay'] }).waits(0, [1, 0]),
      ['leak/likely Deadlock: 2 goroutines wait for one another, in main.pay and main.transfer'],
    ],
    ['read-write mutexes', new Bank().waits(1, [0, 1], { waitReason: 'sync.RWMutex.Lock' }).transfers([1, 0]), [TWO]],
    ['a line is no circle', new Bank().transfers([0, 1], [1, 2], [2, 3]), []],
    ['somebody who sleeps may hold one', new Bank().transfers([0, 1], [1, 0]).sleeps(1), []],
    ['somebody who waits behind a line may', new Bank().transfers([0, 1], [1, 0]).waits(2, [0, 2]), []],
    ['somebody has another account', new Bank().transfers([0, 1], [1, 0]).sleeps(2), [TWO]],
    ['all wait for one lock that nobody has', new Bank().waits(0, [0]).waits(0, [0]), []],
  ])('%s', async (_, { shape }, expected) => {
    expect(lines((await detectInShape(lockDeadlock, shape)).findings)).toEqual(expected);
  });

  test('a closure of somebody who runs captured one', async () => {
    const { shape, accounts } = new Bank().transfers([0, 1], [1, 0]);
    const closure = shape.object(16);
    shape.point(closure, 8, accounts[0]);
    shape.goroutine({ status: 1 }).frame('main.run').lists(8, closure);
    expect((await detectInShape(lockDeadlock, shape)).findings).toEqual([]);
  });

  test('a table of somebody who runs is nothing at hand', async () => {
    const { shape, accounts } = new Bank().transfers([0, 1], [1, 0]);
    const table = shape.object(4096);
    shape.point(table, 8, accounts[0]);
    shape.goroutine({ status: 1 }).frame('main.run').lists(8, table);
    expect(lines((await detectInShape(lockDeadlock, shape)).findings)).toEqual([TWO]);
  });

  test('who writes the dump holds none', async () => {
    const { shape, accounts } = new Bank().transfers([0, 1], [1, 0]);
    const goroutine = shape.goroutine({ status: 2, waitReason: 'dumping heap' });
    goroutine.frame('runtime/debug.WriteHeapDump');
    goroutine.frame('main.main').lists(8, accounts[0]);
    expect(lines((await detectInShape(lockDeadlock, shape)).findings)).toEqual([TWO]);
  });

  test('two locks of one object are not told apart', async () => {
    const { shape, accounts } = new Bank();
    for (const offset of [0, 16]) addLocker(shape, { object: accounts[0], offset }, [accounts[0]]);
    expect((await detectInShape(lockDeadlock, shape)).findings).toEqual([]);
  });
});

test('goroutines and what their locks lie in are the proof', async () => {
  const bank = new Bank().transfers([0, 1], [1, 0]);
  const { heap, findings } = await detectInShape(lockDeadlock, bank.shape);
  expect(findings[0].proofs.map(({ kind }) => kind)).toEqual(['goroutine', 'object', 'goroutine', 'object']);
  expect(provenObjects(heap, findings[0].proofs)).toHaveLength(2);
  expect(findings[0].key).toBe('main.transfer');
});

test.each(['go1.27.4/chanleak', 'go1.19.8/chanleak', 'go1.19.8/tidy', 'go1.19.8/wakers'])(
  'nothing in %s',
  async (dump) => {
    expect(lines((await detectIn(lockDeadlock, dump)).findings)).toEqual([]);
  },
);

test('a cut dump is not looked at', async () => {
  expect((await detectIn(lockDeadlock, 'broken/disk-full')).skipped).toContain('not whole');
});

test('damaged dumps are survived', async () => {
  expect(await surviveDamage(lockDeadlock, 'go1.27.4-386/chanleak', 8)).toBeGreaterThan(4);
});
