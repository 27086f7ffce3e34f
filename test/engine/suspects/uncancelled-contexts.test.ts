// Contexts that nobody can cancel: those that the program planted, in two layouts; those of a healthy server; and one thing apart.
import { describe, expect, test } from 'vitest';
import type { Shape } from '../../../fixtures/builder/shape';
import { uncancelledContexts } from '../../../workers/suspects/detectors/uncancelled-contexts';
import { truthOf } from '../../support/dumps';
import { Contexts, VERSION } from './context-shapes';
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
    [
      'functions that were never stopped',
      contexts((all) => all.below(all.base, 10, { kind: 'function' })),
      ['leak/likely 10 functions set with context.AfterFunc that nobody can stop stand in the children of one context'],
    ],
  ])('%s', async (_, shape, expected) => {
    expect(lines((await detectInShape(uncancelledContexts, shape, VERSION)).findings)).toEqual(expected);
  });
});

test('damaged dumps are survived', async () => {
  expect(await surviveDamage(uncancelledContexts, 'go1.26.11/ctxleak', 8)).toBeGreaterThan(4);
});
