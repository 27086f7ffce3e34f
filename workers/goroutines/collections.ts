/**
 * How long goroutines have waited. A collection notes its own time on each that it sees waiting for the first time, by a clock without a date, and
 * the dump does not say what that clock shows now: the newest such note is as near as one comes.
 */
import { isInWait } from '../go/wait-reasons';
import type { HeapGraph } from '../graph/heap-graph';

type GoroutineRecord = HeapGraph['records']['goroutines'][number];

/** The runtime's clock, ns, at the last collection that saw a goroutine begin to wait; 0 where none did. */
export function lastCollection(goroutines: readonly Pick<GoroutineRecord, 'waitSince'>[]): number {
  return goroutines.reduce((latest, { waitSince }) => Math.max(latest, waitSince), 0);
}

/**
 * Nanoseconds from the collection that first saw each goroutine wait to the last that saw any begin to: it has waited so long at least. In the order
 * of the records; null where no collection saw it, or only the last one did.
 */
export function waitedAtLeast(goroutines: readonly GoroutineRecord[]): (number | null)[] {
  const last = lastCollection(goroutines);
  return goroutines.map((goroutine) => {
    const seen = isInWait(goroutine) && goroutine.waitSince > 0;
    return seen && goroutine.waitSince < last ? last - goroutine.waitSince : null;
  });
}
