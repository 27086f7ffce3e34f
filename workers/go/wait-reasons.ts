/**
 * Why a goroutine waits (runtime/runtime2.go), in the words that a dump has of it. Tests in bubbles add words in parentheses. Up to Go 1.19, and
 * for WaitGroups up to 1.24, the reason of all locks is `semacquire`: the functions that are waiting tell which.
 */
import { GOROUTINE_STATES } from './goroutines';

const WAITING = GOROUTINE_STATES.indexOf('waiting');
/** The one that writes the dump; up to Go 1.19 its reason is a stale one, and its function tells. */
const DUMPING_REASON = 'dumping heap';
const DUMPING_FUNCTION = 'runtime/debug.WriteHeapDump';

/** What only another goroutine can end: sleep, the network and the collector end a wait by themselves. */
const BLOCKED = /^(chan |select|semacquire|sync\.|coroutine)/;
/** What nothing can end: a nil channel, a select without cases. */
const NEVER_WOKEN = /\(nil chan\)|^select \(no cases/;

interface State {
  readonly status: number;
  readonly waitReason: string;
}

/** Whether the record of a goroutine says that it waits. */
export function isInWait({ status }: Pick<State, 'status'>): boolean {
  return status === WAITING;
}

/** Whether a goroutine waits at all; the one that writes the dump does not. `functions`: of its frames. */
export function isWaiting({ status, waitReason }: State, functions: readonly string[]): boolean {
  return status === WAITING && waitReason !== DUMPING_REASON && !writesDump(functions);
}

/** Whether it is the goroutine that writes the dump, by the functions of its frames. */
export function writesDump(functions: readonly string[]): boolean {
  return functions.includes(DUMPING_FUNCTION);
}

/** Goroutines that wait for what only another goroutine can bring. */
export function isBlocked({ status, waitReason }: State): boolean {
  return status === WAITING && BLOCKED.test(waitReason);
}

export function isNeverWoken(waitReason: string): boolean {
  return NEVER_WOKEN.test(waitReason);
}

export type ReasonKind =
  'nil channel' | 'empty select' | 'chan receive' | 'chan send' | 'select' | 'coroutine' | 'sleep';

/** What the reason tells by itself; null where it does not. */
export function kindOfReason(reason: string): ReasonKind | null {
  if (reason.includes('(nil chan)')) return 'nil channel';
  if (reason.startsWith('select (no cases')) return 'empty select';
  for (const kind of ['chan receive', 'chan send', 'select', 'coroutine', 'sleep'] as const)
    if (reason === kind || reason.startsWith(`${kind} (`)) return kind;
  return null;
}

/** Whether it waits on a lock of package sync, or on a semaphore. */
export function isLockReason(reason: string): boolean {
  return reason === 'semacquire' || reason.startsWith('sync.');
}

export type LockKind = 'mutex' | 'rwmutex' | 'wait group' | 'cond' | 'semaphore';

/** Small methods are inlined: what they call tells. */
const LOCK_FUNCTIONS: readonly (readonly [prefix: string, kind: LockKind])[] = [
  ['sync.(*RWMutex).', 'rwmutex'],
  ['sync.runtime_SemacquireRWMutex', 'rwmutex'],
  ['sync.(*WaitGroup).', 'wait group'],
  ['sync.(*Cond).', 'cond'],
  ['sync.runtime_SemacquireMutex', 'mutex'],
  ['internal/sync.runtime_SemacquireMutex', 'mutex'],
];

/** Which lock it is, by the functions of the goroutine's frames. */
export function kindOfLock(functions: readonly string[]): LockKind {
  for (const [prefix, kind] of LOCK_FUNCTIONS) if (functions.some((name) => name.startsWith(prefix))) return kind;
  return 'semaphore';
}
