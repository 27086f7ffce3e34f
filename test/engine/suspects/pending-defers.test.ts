// Deferred calls: those planted in loops, in ordinary functions that never return, and in range-over-func loops; and frames that differ.
import { describe, expect, test } from 'vitest';
import { Shape } from '../../../fixtures/builder/shape';
import { pendingDefers } from '../../../workers/suspects/detectors/pending-defers';
import { truthOf } from '../../support/dumps';
import { Contexts, VERSION } from './context-shapes';
import { detectIn, detectInShape, lines, provenObjects, surviveDamage } from './detected';

const ON_STACK = /^(main\.\w+) waits and does not return/;

describe.each([
  ['go1.19.8', 500],
  ['go1.24.4', 500],
  ['go1.27.4', 2000],
])('deferleak of %s', (version, many) => {
  test('loops are counted by record', async () => {
    const { findings } = await detectIn(pendingDefers, `${version}/deferleak`);
    const loops = findings.filter(({ title }) => title.includes('of a loop'));
    const found = loops.map(({ severity, confidence, key }) => `${severity}/${confidence} ${key.split(':')[0]}`);
    expect(found).toEqual(['note/certain main.heapRecord', 'warning/certain main.loopMany']);
    expect(loops[0].title).toContain('5 deferred calls');
    expect(loops[1].title).toContain(`${many.toLocaleString('en-US')} deferred calls`);
    // five of 4,096 bytes, with record, closure and resource each
    expect(loops[0].objects).toBe(20);
    expect(loops[0].bytes).toBeGreaterThan(5 * 4096);
    expect(loops[1].objects).toBe(4 * many);
  });

  test('what closures on the stack hold is a possibility, and is what was planted there', async () => {
    const { heap, findings } = await detectIn(pendingDefers, `${version}/deferleak`);
    const onStack = findings.filter(({ title }) => ON_STACK.test(title));
    const functions = onStack.map(({ title }) => ON_STACK.exec(title)?.[1]);
    expect(functions).toEqual(expect.arrayContaining(['main.openCoded', 'main.stackRecord', 'main.argDefer']));
    const planted = truthOf(`${version}/deferleak`).objects.filter(({ type }) => type === 'main.Resource');
    for (const { severity, confidence, proofs } of onStack) {
      expect([severity, confidence]).toEqual(['note', 'possible']);
      expect(planted.map(({ addr }) => addr)).toEqual(expect.arrayContaining(provenObjects(heap, proofs)));
    }
  });
});

test('with names, the deferred functions are named', async () => {
  const { findings } = await detectIn(pendingDefers, 'go1.27.4/deferleak', 'go1.27.4/deferleak-stripped');
  expect(lines(findings)).toContain(
    'note/certain 5 deferred calls of a loop wait for main.heapRecord to return, most of them main.heapRecord.func1',
  );
  const openCoded = findings.find(({ key }) => key === 'main.openCoded: on the stack');
  expect(openCoded?.basis).toContain('A closure of main.openCoded.func1 lies on its stack');
});

test('one record of a range-over-func loop stands for the calls behind it', async () => {
  const { findings } = await detectIn(pendingDefers, 'go1.27.4/rangedefer');
  expect(lines(findings)).toEqual(['note/likely 6 deferred calls of a loop wait for main.rangeFunc to return']);
  // list, records, closures and the six resources
  expect(findings[0].objects).toBeGreaterThanOrEqual(18);
});

test('deferred cancels tell what goes with their contexts, which parents hold too', async () => {
  const contexts = new Contexts();
  const goroutine = contexts.shape.goroutine({ waitReason: 'select' });
  const frame = goroutine.frame('main.retry', 128);
  const cancelled = contexts.below(contexts.base, 1, { cancelled: true, cause: 4096 });
  const made = [...contexts.below(contexts.base, 6, { cause: 4096 }), ...cancelled];
  for (const context of made) goroutine.defers(contexts.shape.object(48), contexts.cancelFunction(context), frame);
  const { findings } = await detectInShape(pendingDefers, contexts.shape, VERSION);
  expect(findings).toHaveLength(1);
  expect(findings[0].title).toMatch(
    /^7 deferred calls of a loop wait for main\.retry to return.*: 448 B alone, 24\.9 KiB with the 6 contexts that they cancel$/,
  );
  // seven records and closures; six contexts, each with a page of its own
  expect(findings[0]).toMatchObject({ objects: 26, bytes: 7 * (48 + 16) + 6 * (80 + 4096) });
  expect(findings[0].fix.after).toContain('cancel()');
});

/** A goroutine in main.work that has `count` records at stack pointers of that frame, each with a closure and what that captured. */
function loop(count: number, bytes = 32): Shape {
  const shape = new Shape();
  const goroutine = shape.goroutine({ waitReason: 'select' });
  const frame = goroutine.frame('main.work', 128);
  for (let i = 0; i < count; i++) {
    const closure = shape.object(16);
    shape.point(closure, 8, shape.object(bytes));
    goroutine.defers(shape.object(48), closure, frame);
  }
  return shape;
}

describe('one thing apart', () => {
  test.each([
    ['four calls', loop(4), []],
    ['five', loop(5), ['note 15']],
    ['a hundred', loop(100), ['warning 300']],
    ['five that hold much', loop(5, 2 ** 18), ['warning 15']],
  ])('%s', async (_, shape, expected) => {
    const { findings } = await detectInShape(pendingDefers, shape);
    expect(findings.map(({ severity, objects }) => `${severity} ${objects}`)).toEqual(expected);
  });
});

test.each([
  'go1.27.4/stackroots',
  'go1.27.4/chanleak',
  'go1.26.11/fresh',
  'go1.26.11/syscallg',
  'go1.27.4/layout',
  'go1.27.4/ifaces',
])('none in %s', async (dump) => {
  expect((await detectIn(pendingDefers, dump)).findings).toEqual([]);
});

test('damaged dumps give findings or none, but never an error', async () => {
  expect(await surviveDamage(pendingDefers, 'go1.27.4/rangedefer', 12)).toBeGreaterThan(4);
});
