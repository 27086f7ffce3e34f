// Which goroutines are of one kind, by stacks written down by hand.
import { expect, test } from 'vitest';
import { findGoroutineKinds } from '../../../workers/kinds/goroutine-kinds';

type Records = Parameters<typeof findGoroutineKinds>[0];

/** Goroutines as [go statement, calls from the innermost on]: a call is `function@pc`. */
function kindsOf(...stacks: (readonly [goPc: number, ...calls: string[]])[]): number[] {
  const frames = stacks.flatMap(([, ...calls]) =>
    calls.map((call) => ({ function: call.split('@')[0], pc: Number(call.split('@')[1]) })),
  );
  let firstFrame = 0;
  const goroutines = stacks.map(([goPc, ...calls]) => {
    const goroutine = { goPc, firstFrame, frameCount: calls.length };
    firstFrame += calls.length;
    return goroutine;
  });
  // only what tells kinds apart
  const kinds = findGoroutineKinds({ goroutines, frames } as unknown as Records);
  expect(kinds.goroutines.flat().sort((a, b) => a - b)).toEqual([...goroutines.keys()]);
  for (const [kind, members] of kinds.goroutines.entries()) {
    for (const member of members) expect(kinds.ofGoroutine[member]).toBe(kind);
  }
  return [...kinds.ofGoroutine];
}

test.each([
  [
    'how it waits in the runtime says nothing',
    [7, 'runtime.gopark@1', 'runtime.selectgo@2', 'main.serve@10'],
    [7, 'runtime.goexit0@9', 'main.serve@10'],
    1,
  ],
  [
    'another place in the same function does',
    [7, 'runtime.gopark@1', 'main.serve@10'],
    [7, 'runtime.gopark@1', 'main.serve@11'],
    2,
  ],
  ['another go statement does', [7, 'main.serve@10'], [8, 'main.serve@10'], 2],
  ['another caller does', [7, 'main.read@3', 'main.serve@10'], [7, 'main.read@3', 'main.ask@20'], 2],
  [
    'frames of the runtime below its own code count',
    [7, 'main.f@3', 'runtime.doInit@4', 'main.main@5'],
    [7, 'main.f@3', 'main.main@5'],
    2,
  ],
  [
    'the runtime’s own are told by their outermost function',
    [7, 'runtime.gopark@1', 'runtime.bgsweep@3', 'runtime.goexit@4'],
    [7, 'runtime.bgsweep@9', 'runtime.goexit@4'],
    1,
  ],
  [
    'and apart by it',
    [7, 'runtime.gopark@1', 'runtime.bgsweep@3', 'runtime.goexit@4'],
    [7, 'runtime.gopark@1', 'runtime.bgscavenge@3', 'runtime.goexit@4'],
    2,
  ],
  ['without frames, by the go statement', [7], [7], 1],
] as const)('%s', (_, one, other, kinds) => {
  expect(new Set(kindsOf(one, other)).size).toBe(kinds);
});

test('kinds are numbered by their first', () => {
  expect(kindsOf([1, 'main.a@1'], [1, 'main.b@2'], [1, 'main.a@1'], [2, 'main.a@1'])).toEqual([0, 1, 0, 2]);
});
