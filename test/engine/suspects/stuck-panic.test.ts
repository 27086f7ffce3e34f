// Goroutines blocked while they panic: the seven planted ones in each version, and stacks that differ.
import { describe, expect, test } from 'vitest';
import { Shape } from '../../../fixtures/builder/shape';
import { stuckPanic } from '../../../workers/suspects/detectors/stuck-panic';
import { detectIn, detectInShape, surviveDamage } from './detected';

test.each(['go1.19.8', 'go1.27.4'])('panicdefer of %s', async (version) => {
  const { findings } = await detectIn(stuckPanic, `${version}/panicdefer`);
  expect(findings.map(({ title }) => title).sort()).toEqual([
    '1 goroutine left main.goexit by runtime.Goexit and is blocked in a deferred function, at main.wait',
    '1 goroutine panicked in main.deref and is blocked in a deferred function, at main.wait',
    '1 goroutine panicked in main.heapPanic and is blocked in a deferred function, at main.wait',
    '1 goroutine panicked in main.indexErr and is blocked in a deferred function, at main.wait',
    '1 goroutine panicked in main.nested and is blocked in a deferred function, at main.wait',
    '1 goroutine panicked in main.openPanic and is blocked in a deferred function, at main.wait',
    '1 goroutine panicked in main.runtimeErr and is blocked in a deferred function, at main.wait',
  ]);
  expect(new Set(findings.map(({ severity }) => severity))).toEqual(new Set(['warning']));
  const nested = findings.find(({ key }) => key === 'main.nested: main.wait');
  // both payloads, of 64 bytes each
  expect(nested).toMatchObject({ objects: 2, bytes: 128 });
});

interface Options {
  status?: number;
  waitReason?: string;
  panics?: boolean;
  unwinds?: string;
}

function panicking({ status = 4, waitReason = 'select', panics = true, unwinds = 'runtime.gopanic' }: Options): Shape {
  const shape = new Shape();
  for (let i = 0; i < 2; i++) {
    const goroutine = shape.goroutine({ status, waitReason });
    for (const name of ['runtime.gopark', 'main.cleanUp', unwinds, 'main.serve', 'runtime.goexit'])
      goroutine.frame(name);
    if (panics) goroutine.panicking({ address: 0x1000 }, shape.object(32));
  }
  return shape;
}

describe('one thing apart', () => {
  test.each([
    ['two that are blocked', panicking({}), ['main.serve: main.cleanUp']],
    ['sleeping', panicking({ waitReason: 'sleep' }), []],
    ['running', panicking({ status: 1 }), []],
    ['recovered: no panic is recorded', panicking({ panics: false }), []],
    ['a stack that shows no panic', panicking({ unwinds: 'main.other' }), []],
  ])('%s', async (_, shape, expected) => {
    const { findings } = await detectInShape(stuckPanic, shape);
    expect(findings.map(({ key }) => key)).toEqual(expected);
  });

  test('equal ones are one finding, with what they hold together', async () => {
    const { findings } = await detectInShape(stuckPanic, panicking({}));
    expect(findings[0]).toMatchObject({ objects: 2, bytes: 64 });
    expect(findings[0].title).toMatch(/^2 goroutines panicked in main\.serve and are blocked/);
  });
});

test.each(['go1.27.4/deferleak', 'go1.27.4/chanleak', 'go1.26.11/fresh'])('none in %s', async (dump) => {
  expect((await detectIn(stuckPanic, dump)).findings).toEqual([]);
});

test('damaged dumps give findings or none, but never an error', async () => {
  expect(await surviveDamage(stuckPanic, 'go1.27.4/panicdefer', 12)).toBeGreaterThan(4);
});
