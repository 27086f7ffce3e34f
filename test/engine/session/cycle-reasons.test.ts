// The sentence of each class of cycles: every one says another thing, and what would let the cycle go.
import { expect, test } from 'vitest';
import { readGoVersion } from '../../../workers/go/version';
import type { CycleFacts } from '../../../workers/session/computed/cycle-facts';
import type { OpenedDump } from '../../../workers/session/dump/opened-dump';
import { reasonOf } from '../../../workers/session/tables/cycle-class';
import { KEEPER } from '../../../workers/cycles/keepers';

/** One cycle of a class, in a dump that is whole. */
function reason(keeper: number, { finalizers = 0, version = 'go1.27.4' } = {}): string {
  const records = { params: { go: readGoVersion(version) }, issue: null };
  const dump = { graph: { records } } as unknown as OpenedDump; // all that is asked of it
  return reasonOf(dump, { classes: [keeper], finalizers: [finalizers] } as unknown as CycleFacts, 0);
}

test.each([
  ['stuckGoroutine', /goroutines that wait for ever .* until the program ends\.$/],
  ['goroutine', /^A goroutine holds it: it stays until the function/],
  ['stackWord', /words of a stack that no pointer list names/],
  ['global', /^A package variable leads to it/],
  ['other', /^A root of the runtime/],
  ['timer', /^Timers of the runtime .* fired or are stopped\.$/],
  ['pool', /^Only a sync\.Pool keeps it/],
  ['finalizing', /^Only finalizers that are to run/],
  ['cleanup', /runtime\.AddCleanup was given .* never collected/],
  ['runtime', /every program has such cycles\.$/],
] as const)('%s', (keeper, expected) => {
  expect(reason(KEEPER[keeper])).toMatch(expected);
});

test('a finalizer: of a member, or of a cycle that this one hangs on', () => {
  expect(reason(KEEPER.finalizer, { finalizers: 1 })).toMatch(/^A member has a finalizer\./);
  expect(reason(KEEPER.finalizer)).toMatch(/^It hangs on another cycle that has a finalizer\./);
});

test('nothing: from Go 1.24 on a cleanup may hold it all the same', () => {
  expect(reason(KEEPER.nothing, { version: 'go1.24.1' })).toMatch(/such as a cleanup/);
  expect(reason(KEEPER.nothing, { version: 'go1.23.1' })).not.toMatch(/cleanup/);
});

test('no two classes have one sentence', () => {
  const all = Object.values(KEEPER).map((keeper) => reason(keeper));
  expect(new Set(all).size).toBe(all.length);
});
