/**
 * The timers of package time (time/sleep.go, runtime/time.go), by what a dump lists of them:
 *
 *   ≤ 1.22   time.Timer, time.Ticker   {C, pp, when, period, f, arg (type, data), seq, nextwhen, status}
 *   ≥ 1.23   runtime.timeTimer         {c, init, lock, astate, state, isChan, …, when, period, f, arg (type, data), seq, ts, …}
 *
 * Listed are C, f, the data word and ts. Those in a processor's heap point back: at it by pp, into it by ts.
 */

/** A timer with so many bytes at the most. */
export const TIMER_BYTES = 128;
/** Listed words of the old and of the new kind. */
const OLD_POINTERS = 3;
const NEW_POINTERS = 4;
export const MOST_TIMER_POINTERS = NEW_POINTERS;

export interface TimerLayout {
  /** What it sends on. */
  readonly channel: number;
  /** int64, ns. */
  readonly when: number;
  readonly period: number;
  /** The data word of the argument of `f`. */
  readonly argument: number;
  /** Points at its processor, or into it. */
  readonly owner: number;
  /** Go ≥ 1.23: a byte of flags, and whether the channel is a timer's own. Null up to 1.22, where `status` is a number. */
  readonly state: number | null;
  readonly isChannel: number | null;
  readonly status: number | null;
}

/** runtime.timerWaiting, timerModifiedEarlier, timerModifiedLater: those that were not stopped (≤ 1.22). */
const PENDING: ReadonlySet<number> = new Set([1, 7, 8]);
/** runtime.timerDeleted: stopped, and not yet taken out of the heap (≤ 1.22). */
const DELETED = 3;
/** Bits of a timer's state (≥ 1.23): in the heap of timers; stopped, and not yet taken out. */
const HEAPED = 1;
const ZOMBIE = 4;

/** Whether a slot of so many bytes and listed words may be a timer. */
export function mayBeTimer(bytes: number, pointers: number): boolean {
  return bytes <= TIMER_BYTES && (pointers === OLD_POINTERS || pointers === NEW_POINTERS);
}

/** The layout of an object that lists these words; null where it is no timer. The words tell which kind it is, in every version and word size. */
export function timerLayout(offsets: readonly number[], P: 4 | 8): TimerLayout | null {
  const [channel, code, data, owner] = offsets;
  if (channel !== 0 || data !== code + 2 * P) return null;
  const shared = { channel, when: code - 16, period: code - 8, argument: data };
  if (offsets.length === OLD_POINTERS && code === 2 * P + 16)
    return { ...shared, owner: P, state: null, isChannel: null, status: code + 4 * P + 8 };
  if (offsets.length === NEW_POINTERS && owner === code + 4 * P && code >= 4 * P + 16)
    return { ...shared, owner, state: 3 * P + 1, isChannel: 3 * P + 2, status: null };
  return null;
}

/** In a heap of timers: a timer that will fire, or one that was stopped and stays there until the heap is cleaned. */
export type TimerState = 'pending' | 'stopped';

/** By a status of the old kind; null for what stands in no heap, or is on its way. */
export function stateOfStatus(status: number): TimerState | null {
  if (PENDING.has(status)) return 'pending';
  return status === DELETED ? 'stopped' : null;
}

/** By flags of the new kind. */
export function stateOfFlags(flags: number): TimerState | null {
  if ((flags & HEAPED) === 0) return null;
  return (flags & ZOMBIE) === 0 ? 'pending' : 'stopped';
}
