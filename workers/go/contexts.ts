/**
 * The contexts of package context that can be cancelled, by what a dump lists of them: the data words of
 * {Context, mu, done, children, err, cause} and of what timerCtx and afterFuncCtx add behind. Up to Go 1.16 `done` is a channel, from 1.17 on an
 * atomic.Value, and `cause` came with 1.20. Both kinds are told by the words alone.
 */

/** Listed words of the shortest and of the longest, and a slot that has room for the largest: 112 bytes and a header. */
const LEAST_POINTERS = 4;
export const MOST_CONTEXT_POINTERS = 9;
const LARGEST_BYTES = 192;

export interface ContextLayout {
  /** The data word of the context above: the type word lies before it, at the front. */
  readonly above: number;
  readonly done: number;
  readonly children: number;
  /** The type word of the error: set when it is cancelled. */
  readonly error: number;
  readonly kind: ContextKind;
}

/** A cancelCtx alone; one with the timer of a deadline; one that runs what context.AfterFunc was given. */
export type ContextKind = 'plain' | 'deadline' | 'function';

export function mayBeContext(bytes: number, pointers: number): boolean {
  return pointers >= LEAST_POINTERS && pointers <= MOST_CONTEXT_POINTERS && bytes <= LARGEST_BYTES;
}

/** The layout of an object that lists these words; null where it is no context. */
export function contextLayout(offsets: readonly number[], P: 4 | 8): ContextLayout | null {
  // behind the interface above and the mutex: the data word of an atomic.Value, or a channel
  for (const done of [3 * P + 8, 2 * P + 8]) {
    const children = done + P;
    const error = children + P;
    const plain = [P, done, children, error + P];
    if (!plain.every((offset, i) => offsets[i] === offset)) continue;
    const cause = error + 3 * P;
    const rest = offsets.slice(plain.length).filter((offset) => offset !== cause);
    const end = offsets.includes(cause) ? cause + P : error + 2 * P;
    return { above: P, done, children, error, kind: kindOf(rest, end) };
  }
  return null;
}

/** A timer follows the cancelCtx at once; a function stands behind the sync.Once that guards it. */
function kindOf(rest: readonly number[], end: number): ContextKind {
  if (rest.length === 0) return 'plain';
  return rest[0] === end ? 'deadline' : 'function';
}
