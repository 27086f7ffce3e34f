/**
 * What a goroutine hangs on while it waits on a channel or a lock (runtime/runtime2.go): {g, next, prev, elem, …, parent, waitlink, waittail, c}.
 * The numbers in the middle take more room from Go 1.26 on, but the eight listed words tell a sudog in every version and word size: four at the
 * front, the other four side by side.
 */

export const SUDOG_POINTERS = 8;

/** Field → which of the listed words it is. */
export const SUDOG_WORD = { goroutine: 0, element: 3, channel: 7 } as const;

const FRONT = 4;
/** acquiretime, releasetime and ticket lie between. */
const LEAST_BETWEEN = 20;

/** Are these the listed words of a sudog? */
export function isSudog(offsets: readonly number[], P: 4 | 8): boolean {
  if (offsets.length !== SUDOG_POINTERS) return false;
  const second = offsets[FRONT];
  return (
    second >= FRONT * P + LEAST_BETWEEN &&
    offsets.every((offset, i) => offset === (i < FRONT ? i * P : second + (i - FRONT) * P))
  );
}
