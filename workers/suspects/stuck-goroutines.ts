/** Goroutines that wait for ever, as far as that is certain without a look at who else could wake them. */
import type { DumpRecords } from '../dump/records';

const WAITING = 4;
/** What the runtime calls waits that nothing can end. */
const FOR_EVER = new Set(['chan receive (nil chan)', 'chan send (nil chan)', 'select (no cases)']);

/** goroutine (index of records.goroutines) → 1 where it waits for ever */
export function findStuckGoroutines({ goroutines }: Pick<DumpRecords, 'goroutines'>): Uint8Array {
  return Uint8Array.from(goroutines, ({ status, waitReason }) =>
    status === WAITING && FOR_EVER.has(waitReason) ? 1 : 0,
  );
}
