// Contexts that nobody can cancel: those that the program planted, in two layouts; those of a healthy server; and one thing apart.
import { describe, expect, test } from 'vitest';
import { AddressSpace } from '../../../fixtures/builder/address-space';
import { platform } from '../../../fixtures/builder/platform';
import type { ObjectId } from '../../../fixtures/builder/frame';
import { Shape } from '../../../fixtures/builder/shape';
import { uncancelledContexts } from '../../../workers/suspects/detectors/uncancelled-contexts';
import { truthOf } from '../../support/dumps';
import { detectIn, detectInShape, lines, provenObjects, surviveDamage } from './detected';

const LOST = 'warning/likely 40 contexts that nobody can cancel stand in the children of one context';

describe.each(['go1.19.8', 'go1.26.11'])('%s', (version) => {
  test('the forty that were never cancelled are found, and not the one with a deadline', async () => {
    const { heap, findings } = await detectIn(uncancelledContexts, `${version}/ctxleak`);
    expect(lines(findings)).toEqual([LOST]);
    const { objects } = truthOf(`${version}/ctxleak`);
    const planted = (name: string) => objects.find((one) => one.name === name)?.addr;
    const proven = provenObjects(heap, findings[0].proofs);
    expect(proven).toContain(planted('base'));
    expect(proven).not.toContain(planted('timerCtx'));
    const lost = objects.filter(({ name }) => name.startsWith('cancelCtx')).map(({ addr }) => addr);
    expect([...lost, planted('base')]).toEqual(expect.arrayContaining(proven));
  });

  test('cutting the parent lets them go', async () => {
    const { findings } = await detectIn(uncancelledContexts, `${version}/ctxleak`);
    expect(findings[0]).toMatchObject({ key: 'lost children, plain', objects: 40 });
  });
});

test.each(['go1.19.8/tidy', 'go1.26.11/fresh', 'go1.27.4/layout', 'go1.24.4/timers'])('nothing in %s', async (dump) => {
  expect(lines((await detectIn(uncancelledContexts, dump)).findings)).toEqual([]);
});

test('a cut dump is not looked at', async () => {
  expect((await detectIn(uncancelledContexts, 'broken/disk-full')).skipped).toContain('not whole');
});

const VERSION = 'go1.26.11';

/** The address of the itab of the first type of a shape: the same for all of one version. */
function itabOf(shape: Shape): number {
  return new AddressSpace(platform(VERSION), shape, 1, { freeOneIn: 0, shuffleWindow: 1 }).itab(0);
}

/** Contexts as Go 1.26 lays out context.cancelCtx: a base that a server holds as an interface, and children in its map. */
class Contexts {
  readonly shape = new Shape();
  readonly base: ObjectId;
  private readonly itab: number;
  private readonly children: ObjectId;
  private count = 0;

  constructor() {
    this.shape.type('context.backgroundCtx', 16);
    this.itab = itabOf(this.shape);
    this.children = this.shape.object(24 * 1200);
    this.base = this.context(null);
    const server = this.shape.object(16);
    this.shape.put(server, 0, this.itab);
    this.shape.point(server, 8, this.base);
    this.shape.bss.push({ offset: 0, target: server });
  }

  context(parent: ObjectId | null, { cancelled = false } = {}): ObjectId {
    const { shape } = this;
    const context = shape.object(80);
    shape.put(context, 0, this.itab);
    shape.point(context, 8, parent ?? { address: 0x5f9a20 });
    shape.point(context, 32, { address: 0 });
    shape.point(context, 40, parent === null ? this.children : { address: 0 });
    if (cancelled) shape.put(context, 48, 0x4d7540);
    shape.point(context, 56, { address: 0 });
    shape.point(context, 72, { address: 0 });
    return context;
  }

  below(parent: ObjectId, count: number, options = {}): ObjectId[] {
    return Array.from({ length: count }, () => {
      const child = this.context(parent, options);
      const at = 24 * this.count++;
      this.shape.put(this.children, at, this.itab);
      this.shape.point(this.children, at + 8, child);
      return child;
    });
  }

  /** What context.WithCancel returns beside the context. */
  cancelFunction(context: ObjectId): ObjectId {
    const closure = this.shape.object(16);
    this.shape.put(closure, 0, 0x401000);
    this.shape.point(closure, 8, context);
    return closure;
  }
}

describe('one thing apart', () => {
  const contexts = (change: (all: Contexts) => void): Shape => {
    const all = new Contexts();
    change(all);
    return all.shape;
  };
  const TEN = 'contexts that nobody can cancel stand in the children of one context';

  test.each([
    ['nobody can cancel them, nor their parent', contexts((all) => all.below(all.base, 10)), [`leak/likely 10 ${TEN}`]],
    ['a few', contexts((all) => all.below(all.base, 9)), []],
    ['cancelled', contexts((all) => all.below(all.base, 10, { cancelled: true })), []],
    [
      'somebody can cancel the parent',
      contexts((all) => {
        all.below(all.base, 10);
        all.shape.bss.push({ offset: 64, target: all.cancelFunction(all.base) });
      }),
      [`warning/likely 10 ${TEN}`],
    ],
    [
      'somebody can cancel each',
      contexts((all) => {
        for (const [i, id] of all.below(all.base, 10).entries())
          all.shape.bss.push({ offset: 64 + 8 * i, target: all.cancelFunction(id) });
      }),
      [],
    ],
    [
      'a stale word of a stack may be what cancels each',
      contexts((all) => {
        const frame = all.shape.goroutine({ status: 1 }).frame('main.serve', 256);
        for (const [i, id] of all.below(all.base, 10).entries()) frame.holds(8 * i, id);
      }),
      [],
    ],
    [
      'their cancel functions are garbage',
      contexts((all) => {
        for (const id of all.below(all.base, 10)) all.cancelFunction(id);
      }),
      [`leak/likely 10 ${TEN}`],
    ],
    [
      'a thousand that can be cancelled',
      contexts((all) => {
        const holder = all.shape.object(8 * 1000);
        all.shape.bss.push({ offset: 64, target: holder });
        for (const [i, id] of all.below(all.base, 1000).entries())
          all.shape.point(holder, 8 * i, all.cancelFunction(id));
      }),
      ['note/possible 1,000 contexts not cancelled stand in the children of one context'],
    ],
  ])('%s', async (_, shape, expected) => {
    expect(lines((await detectInShape(uncancelledContexts, shape, VERSION)).findings)).toEqual(expected);
  });
});

test('damaged dumps are survived', async () => {
  expect(await surviveDamage(uncancelledContexts, 'go1.26.11/ctxleak', 8)).toBeGreaterThan(4);
});
