/** A cycle's class on the wire, and what it means in a sentence for a person. */
import type { CycleClass } from '../../api/values';
import { HOLDER } from '../../analysis/results';
import { CYCLE_CLASS } from '../../cycles/cycle-classes';
import { hasCleanups } from '../../go/cleanups';
import type { GoVersion } from '../../go/version';
import type { OpenedDump } from '../dump/opened-dump';
import type { CycleFacts } from '../computed/cycle-facts';

/** CYCLE_CLASS → what the column says, which is what a filter looks at */
export const CLASS_COLUMN: readonly string[] = columnWords();

/** CYCLE_CLASS → class on the wire */
const WIRE: readonly CycleClass[] = wireClasses();

export function cycleClass(code: number): CycleClass {
  return WIRE[code];
}

/** What is known of a cycle besides its class. */
interface ClassFacts {
  /** Members with a finalizer. */
  readonly finalizers: number;
  /** True where only stack words hold it. */
  readonly weak: boolean;
  readonly go: GoVersion;
}

/** What keeps it and when it goes. */
function classReason(code: number, { finalizers, weak, go }: ClassFacts): string {
  switch (code) {
    case CYCLE_CLASS.finalizer:
      return finalizers > 0
        ? 'A member has a finalizer. Go keeps all that such an object refers to, and that leads back to it: this is never collected.'
        : 'It hangs on another cycle that has a finalizer. Go keeps all that such an object refers to: this is never collected.';
    case CYCLE_CLASS.stuckGoroutine:
      return 'Only goroutines that wait for ever hold it: it stays until the program ends.';
    case CYCLE_CLASS.goroutine:
      return weak
        ? 'Only words of a stack that no pointer list names lead to it: a local of a function that runs, or a stale word.'
        : 'A goroutine holds it: it stays until the function that refers to it returns, or lets go.';
    case CYCLE_CLASS.global:
      return 'A package variable leads to it: it stays as long as that does.';
    case CYCLE_CLASS.other:
      return 'A root of the runtime that is none of the usual ones leads to it.';
    case CYCLE_CLASS.timer:
      return 'Timers of the runtime lead to it, and nothing else does, or they tie it together: it goes when they have fired or are stopped.';
    case CYCLE_CLASS.pool:
      return 'Only a sync.Pool keeps it: it goes when it has not been taken out for two collections.';
    case CYCLE_CLASS.finalizing:
      return 'Only finalizers that are to run lead to it: it goes after they have run.';
    case CYCLE_CLASS.cleanup:
      return 'Only what runtime.AddCleanup was given leads to it, a function or its argument: where that leads back to the object, the cleanup never runs, and this is never collected. Dumps have no record of cleanups.';
    case CYCLE_CLASS.runtime:
      return 'The runtime and the standard library tie their own structures together: every program has such cycles.';
    default:
      return hasCleanups(go)
        ? 'Nothing recorded leads to it: garbage that awaits its collection; if one was run before the dump, something holds it that dumps do not record, such as a cleanup (runtime.AddCleanup).'
        : 'Nothing recorded leads to it: most likely garbage that awaits its collection.';
  }
}

/** The sentence for one cycle. */
export function reasonOf({ graph }: OpenedDump, facts: CycleFacts, cycle: number): string {
  return classReason(facts.classes[cycle], {
    finalizers: facts.finalizers[cycle],
    weak: facts.holder[cycle] === HOLDER.stackWord,
    go: graph.records.params.go,
  });
}

function columnWords(): string[] {
  const words: string[] = wireClasses();
  words[CYCLE_CLASS.stuckGoroutine] = 'goroutine stuck';
  words[CYCLE_CLASS.cleanup] = 'nothing but a cleanup';
  return words;
}

function wireClasses(): CycleClass[] {
  const classes: CycleClass[] = [];
  classes[CYCLE_CLASS.finalizer] = 'finalizer';
  classes[CYCLE_CLASS.stuckGoroutine] = 'goroutine';
  classes[CYCLE_CLASS.goroutine] = 'goroutine';
  classes[CYCLE_CLASS.global] = 'global';
  classes[CYCLE_CLASS.other] = 'other';
  classes[CYCLE_CLASS.timer] = 'timer';
  classes[CYCLE_CLASS.pool] = 'pool';
  classes[CYCLE_CLASS.finalizing] = 'finalizing';
  classes[CYCLE_CLASS.cleanup] = 'nothing';
  classes[CYCLE_CLASS.nothing] = 'nothing';
  classes[CYCLE_CLASS.runtime] = 'runtime';
  return classes;
}
