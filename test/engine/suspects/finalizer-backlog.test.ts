// The queue of finalizers and the goroutine that runs them: the planted block in every version, and goroutines that do not block.
import { describe, expect, test } from 'vitest';
import { Shape } from '../../../fixtures/builder/shape';
import { finalizerBacklog } from '../../../workers/suspects/detectors/finalizer-backlog';
import { truthOf } from '../../support/dumps';
import { detectIn, detectInShape, lines, provenObjects, surviveDamage } from './detected';

const VERSIONS = ['go1.19.8', 'go1.22.12', 'go1.27.4', 'go1.27.4-386', 'go1.27.4-mips'];

test.each(VERSIONS)('eight wait behind the one that blocks, in %s', async (version) => {
  const { heap, findings } = await detectIn(finalizerBacklog, `${version}/finalizers`);
  expect(lines(findings)).toEqual(['warning/likely 8 finalizers wait behind main.blockFin, which is blocked']);
  const [{ proofs, key }] = findings;
  expect(key).toBe('behind main.blockFin');
  expect(proofs[0].text).toBe('it runs the finalizers, and waits (chan receive) in main.blockFin');
  const queued = truthOf(`${version}/finalizers`).objects.filter(({ live }) => live === 'queued');
  expect(queued.map(({ addr }) => addr)).toEqual(expect.arrayContaining(provenObjects(heap, proofs)));
});

test('with names, the queue is told by type and finalizer', async () => {
  const { findings } = await detectIn(finalizerBacklog, 'go1.27.4/finalizers', 'go1.27.4/finalizers');
  expect(findings[0].proofs.map(({ text }) => text)).toEqual([
    'it runs the finalizers, and waits (chan receive) in main.blockFin',
    '8 × main.Res, finalizer main.queuedFin, in the queue',
  ]);
});

interface Stack {
  /** Innermost first. */
  functions: string[];
  status?: number;
  waitReason?: string;
}

/** So many objects in the queue, each with bytes behind it, and the goroutine that runs finalizers. */
function queue(count: number, { functions, status = 4, waitReason = 'chan receive' }: Stack, bytes = 64): Shape {
  const shape = new Shape();
  for (let i = 0; i < count; i++) {
    const object = shape.object(16);
    shape.point(object, 8, shape.object(bytes));
    shape.finalizer(object, { address: 0x401000 }, { queued: true });
  }
  const goroutine = shape.goroutine({ status, waitReason });
  for (const name of functions) goroutine.frame(name);
  return shape;
}

const IN_FINALIZER = ['runtime.gopark', 'main.lock', 'main.(*File).Close', 'runtime.runFinalizers', 'runtime.goexit'];
const IDLE = ['runtime.gopark', 'runtime.runFinalizers', 'runtime.goexit'];

describe('one thing apart', () => {
  test.each([
    ['blocked in a finalizer', queue(3, { functions: IN_FINALIZER }), ['warning/likely']],
    ['for ever', queue(3, { functions: IN_FINALIZER, waitReason: 'select (no cases)' }), ['leak/certain']],
    ['at work', queue(3, { functions: IN_FINALIZER, status: 1 }), []],
    ['not begun', queue(3, { functions: IDLE, waitReason: 'finalizer wait' }), []],
    ['at work, with a long queue', queue(1200, { functions: IN_FINALIZER, status: 1 }), ['note/possible']],
    ['at work, with much behind it', queue(2, { functions: IN_FINALIZER, status: 1 }, 2 ** 20), ['note/possible']],
    ['blocked, with nothing behind it', queue(0, { functions: IN_FINALIZER }), []],
  ])('%s', async (_, shape, expected) => {
    const { findings } = await detectInShape(finalizerBacklog, shape);
    expect(findings.map(({ severity, confidence }) => `${severity}/${confidence}`)).toEqual(expected);
  });

  test('what the queue holds is counted together', async () => {
    const { findings } = await detectInShape(finalizerBacklog, queue(3, { functions: IN_FINALIZER }));
    expect(findings[0]).toMatchObject({ objects: 6, bytes: 3 * (16 + 64) });
  });
});

test.each(['go1.27.4/poolcycle', 'go1.26.11/fresh', 'go1.27.4/stackroots', 'go1.27.4/mixed-3k'])(
  'none in %s',
  async (dump) => {
    expect((await detectIn(finalizerBacklog, dump)).findings).toEqual([]);
  },
);

test('damaged dumps give findings or none, but never an error', async () => {
  expect(await surviveDamage(finalizerBacklog, 'go1.27.4/finalizers', 12)).toBeGreaterThan(4);
});
