/**
 * runtime.AddCleanup and weak pointers came with Go 1.24 (runtime/mcleanup.go); a dump has no record of either. What a cleanup holds lies in the
 * heap all the same, referred to by nothing: up to Go 1.25 one closure, which captured the function and its argument; from 1.26 on the function, a
 * box with the argument, and a closure that knows the types of both.
 */
import { isFrom, type GoVersion } from './version';

const FIRST_WITH_CLEANUPS = 24;
const FIRST_WITH_BOXES = 26;
/** Closures in it, as every version names them. */
const ADD_CLEANUP = 'runtime.AddCleanup';
/** Arguments of shapes that are one pointer. */
const ONE_POINTER = /^go\.shape\.(\*|func\(|chan |chan\(|map\[|unsafe\.Pointer)/;

/** May something be held by a cleanup, of which a dump does not tell? */
export function hasCleanups(version: GoVersion): boolean {
  return isFrom(version, FIRST_WITH_CLEANUPS);
}

/** Whether a cleanup's closure leads to nothing, since function and argument are kept beside it. */
export function boxesArguments(version: GoVersion): boolean {
  return isFrom(version, FIRST_WITH_BOXES);
}

/** Whether a closure's function is one that AddCleanup makes. */
export function isOfCleanup(name: string): boolean {
  return name.startsWith(ADD_CLEANUP);
}

/** Whether a value of a shape is one pointer, by the name of the type argument in that of a function. */
export function isPointerShape(name: string): boolean {
  return ONE_POINTER.test(name);
}
