/**
 * Deferred calls and panics (runtime/runtime2.go, panic.go). What a dump records of them needs no layout; a record of a range-over-func loop
 * (Go 1.23) stands for a list of its own.
 */

/** runtime._defer is {heap, rangefunc bool, sp, pc, fn, link, head}; `head` is that of a range-over-func loop, and points at the list. */
export function deferLayout(P: 4 | 8): { readonly fn: number; readonly link: number; readonly head: number } {
  return { fn: 3 * P, link: 4 * P, head: 5 * P };
}

export const GOEXIT = 'runtime.Goexit';
/** Functions of the runtime below which deferred functions run. */
export const UNWINDING: ReadonlySet<string> = new Set(['runtime.gopanic', GOEXIT]);

/** Names that the compiler gives to closures: functions in functions, and what wraps a deferred call (Go 1.17). */
export const CLOSURE_NAME = /\.(func|deferwrap)\d+$/;
