/**
 * Coroutines (runtime/coro.go), on which iter.Pull is built: {gp, f} up to Go 1.22, where they are an experiment, and {gp, f, mp, lockedExt,
 * lockedInt} since. `gp`, an address that no list names, is the goroutine that waits in it: the one that produces, or while that runs the one
 * that asked it for a value. Whoever has the coroutine can switch to it, and nobody else.
 */
import { rowFor, type GoVersion } from './version';
import { slotFor } from './size-classes';

/** Listed words behind `gp`, and bytes behind those. */
const ROWS = [
  { from: 23, pointers: 2, behind: 8 },
  { from: 0, pointers: 1, behind: 0 },
] as const;

/** Where a coroutine says which goroutine waits in it. */
export const COROUTINE_GOROUTINE = 0;
export const MOST_COROUTINE_POINTERS = 2;

/** Its slot, and what a dump lists of it. */
export interface CoroutineLayout {
  readonly bytes: number;
  readonly pointers: readonly number[];
}

export function coroutineLayout(version: GoVersion, P: 4 | 8): CoroutineLayout {
  const { pointers, behind } = rowFor(ROWS, version);
  return {
    bytes: slotFor((1 + pointers) * P + behind),
    pointers: Array.from({ length: pointers }, (_, i) => (1 + i) * P),
  };
}
