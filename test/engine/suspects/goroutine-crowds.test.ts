// Crowds of goroutines that something could still wake: how many, waiting for what, and whose they are.
import { describe, expect, test } from 'vitest';
import { Shape } from '../../../fixtures/builder/shape';
import { goroutinesStuckForEver } from '../../../workers/suspects/detectors/stuck-goroutines';
import { detectInShape, lines } from './detected';
import { addWaiter } from './waiters';

test('a crowd that something can still wake is a note', async () => {
  const shape = new Shape();
  const channel = shape.object(96);
  shape.bss.push({ offset: 4096, target: channel });
  for (let i = 0; i < 120; i++) {
    const each = addWaiter(shape);
    shape.bss.push({ offset: 8192 + 8 * i, target: each.channel });
  }
  const { findings } = await detectInShape(goroutinesStuckForEver, shape);
  expect(lines(findings)).toEqual([
    'note/possible 120 goroutines that wait in one place, all receiving from a channel, in main.worker',
  ]);
});

describe('workers that wait for work', () => {
  const pool = (count: number, waitReason: string, bytes = 1): Shape => {
    const shape = new Shape();
    const channel = shape.object(96);
    shape.bss.push({ offset: 2 ** 16, target: channel });
    // so much else that they hold no large share
    shape.bss.push({ offset: 2 ** 16 + 8, target: shape.object(2 ** 26) });
    for (let i = 0; i < count; i++) addWaiter(shape, { waitReason, channel, bytes });
    return shape;
  };

  test.each([
    ['idle on one channel', pool(200, 'chan receive', 4096), []],
    [
      'very many of them',
      pool(1000, 'chan receive'),
      ['1,000 goroutines that wait in one place, all receiving from a channel'],
    ],
    [
      'that wait to send on it',
      pool(100, 'chan send'),
      ['100 goroutines that wait in one place, all sending on a channel'],
    ],
    ['a few that do', pool(99, 'chan send'), []],
  ])('%s', async (_, shape, expected) => {
    const { findings } = await detectInShape(goroutinesStuckForEver, shape);
    expect(lines(findings)).toEqual(expected.map((line) => `note/possible ${line}, in main.worker`));
  });
});

describe('whose a crowd is, the innermost function outside the library says', () => {
  const SERVED = ['net/http.serverHandler.ServeHTTP', 'net/http.(*conn).serve', 'net/http.(*Server).Serve.gowrap3'];

  test('what called it need not be the same', async () => {
    const shape = new Shape();
    for (let i = 0; i < 120; i++) {
      const functions = ['main.proxy', i % 2 === 0 ? 'main.logged' : 'main.counted', 'net/http.(*conn).serve'];
      const { channel } = addWaiter(shape, { functions, waitReason: 'chan send' });
      shape.bss.push({ offset: 8192 + 8 * i, target: channel });
    }
    expect(lines((await detectInShape(goroutinesStuckForEver, shape)).findings)).toEqual([
      'note/possible 120 goroutines that wait in one place, all sending on a channel, in main.proxy',
    ]);
  });

  test.each([
    ['a handler that waits by itself', ['main.(*Handler).ServeHTTP', ...SERVED], 'main.(*Handler).ServeHTTP'],
    [
      'a handler that waits in the library',
      ['net/http.(*persistConn).roundTrip', 'net/http.(*Client).Do', 'main.proxy', ...SERVED],
      'main.proxy',
    ],
    [
      'a method that a framework serves',
      ['main.(*service).Get', 'google.golang.org/grpc.(*Server).processUnaryRPC'],
      'main.(*service).Get',
    ],
    ['nobody but the library', ['net/http.(*persistConn).writeLoop'], null],
    ['a framework, on behalf of nobody', ['google.golang.org/grpc/internal/transport.(*controlBuffer).get'], null],
  ])('%s', async (_, functions, told) => {
    const shape = new Shape();
    for (let i = 0; i < 120; i++) {
      const { channel } = addWaiter(shape, { functions, waitReason: 'chan send' });
      shape.bss.push({ offset: 8192 + 8 * i, target: channel });
    }
    const { findings } = await detectInShape(goroutinesStuckForEver, shape);
    const line = `note/possible 120 goroutines that wait in one place, all sending on a channel, in ${told}`;
    expect(lines(findings)).toEqual(told === null ? [] : [line]);
  });
});
