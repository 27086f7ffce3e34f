/** What a goroutine is doing, in the words that Go's own tracebacks use. */
import { GOROUTINE_STATES } from '../../go/goroutines';
import { isInWait } from '../../go/wait-reasons';
import type { DumpRecords, GoroutineRecord } from '../../dump/records';

export function stateOf(goroutine: GoroutineRecord): string {
  return GOROUTINE_STATES[goroutine.status] ?? `status ${goroutine.status}`;
}

/** Only waiting goroutines have one: the others keep the text of their last wait. */
export function waitReasonOf(goroutine: GoroutineRecord): string | null {
  return isInWait(goroutine) && goroutine.waitReason !== '' ? goroutine.waitReason : null;
}

/** Function of the innermost frame; null where the dump has no frame of it. */
export function topOf({ frames }: DumpRecords, { firstFrame, frameCount }: GoroutineRecord): string | null {
  return frameCount === 0 ? null : frames[firstFrame].function;
}

/** The outermost function that is not the runtime's own; of a goroutine of the runtime, its outermost but `goexit`. */
export function entryOf({ frames }: DumpRecords, { firstFrame, frameCount }: GoroutineRecord): string | null {
  let outermost: string | null = null;
  for (let at = firstFrame + frameCount - 1; at >= firstFrame; at--) {
    const name = frames[at].function;
    if (!name.startsWith('runtime.')) return name;
    if (name !== 'runtime.goexit') outermost ??= name;
  }
  return outermost;
}
