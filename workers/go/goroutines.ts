/** What goroutines look like in a dump, and which of them are the runtime's. */
import { isFrom, type GoVersion } from './version';

/** The states that a dump can hold, by the number that the runtime gives them. */
export const GOROUTINE_STATES = ['idle', 'runnable', 'running', 'syscall', 'waiting'] as const;

/** A `go` statement makes a closure of a function and its arguments: where arguments go in registers since Go 1.17, everywhere since 1.18. */
const FIRST_WITH_CLOSURES = 18;
const FIRST_WITH_CLOSURES_ON_AMD64 = 17;

/** Before that, the arguments of a goroutine's function lie beyond its frames, and are in no dump. */
export function lacksArguments(version: GoVersion, architecture: string): boolean {
  return !isFrom(version, architecture === 'amd64' ? FIRST_WITH_CLOSURES_ON_AMD64 : FIRST_WITH_CLOSURES);
}

/** The outermost function of the goroutine that runs a program's main. */
const RUNS_MAIN = 'runtime.main';
/** What runs finalizers: up to Go 1.24, and since. */
const RUNS_FINALIZERS: ReadonlySet<string> = new Set(['runtime.runfinq', 'runtime.runFinalizers']);
const RUNS_CLEANUPS = 'runtime.runCleanups';
/** Where a goroutine stands that was stopped between two calls. */
const STOPPED_ANYWHERE = 'runtime.asyncPreempt';

export function runsFinalizers(name: string): boolean {
  return RUNS_FINALIZERS.has(name);
}

/** Whether a frame's function is of a goroutine that the runtime starts, though the dump does not call it one of the system. */
export function isOfRuntime(name: string): boolean {
  return name === RUNS_MAIN || name === RUNS_CLEANUPS || runsFinalizers(name);
}

export function isStoppedAnywhere(name: string): boolean {
  return name.startsWith(STOPPED_ANYWHERE);
}
