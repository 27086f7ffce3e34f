/** A cycle's class on the wire, and what it means in a sentence for a person. */
import { cycleClassOf, holderWords } from '../../api/holders';
import { missingHolders } from '../../api/missing';
import type { CycleRow } from '../../api/cycle-rows';
import { KEEPER, KEEPERS } from '../../cycles/keepers';
import { hasCleanups } from '../../go/cleanups';
import type { GoVersion } from '../../go/version';
import type { OpenedDump } from '../dump/opened-dump';
import type { CycleFacts } from '../computed/cycle-facts';
import { wordColumn, type TextColumn } from '../list/table';
import { holderOf } from '../rows/held';

/** In the order that a person worries; what is harmless comes last. */
const BY_WORRY: readonly number[] = [
  KEEPER.finalizer,
  KEEPER.stuckGoroutine,
  KEEPER.goroutine,
  KEEPER.stackWord,
  KEEPER.global,
  KEEPER.other,
  KEEPER.timer,
  KEEPER.pool,
  KEEPER.finalizing,
  KEEPER.cleanup,
  KEEPER.nothing,
  KEEPER.runtime,
];

/** What a filter looks at: class and words, each on a line of its own for `^` and `$` of an expression. Items are told by their KEEPER. */
export function classColumn(keeperOf: (item: number) => number): TextColumn {
  const place = Uint8Array.from(KEEPERS, (_, keeper) => BY_WORRY.indexOf(keeper));
  const words = BY_WORRY.map((keeper) => `${cycleClassOf(holderOf(keeper))}\n${holderWords(holderOf(keeper))}`);
  return wordColumn(words, (item) => place[keeperOf(item)]);
}

/** What keeps a cycle, in the keys of its row. */
export function classKeys(keeper: number): Pick<CycleRow, 'holder' | 'class' | 'stuck'> {
  const holder = holderOf(keeper);
  return { holder, class: cycleClassOf(holder), stuck: keeper === KEEPER.stuckGoroutine };
}

/** What is known of a cycle besides its class. */
interface ClassFacts {
  /** Members with a finalizer. */
  readonly finalizers: number;
  readonly go: GoVersion;
}

/** What keeps it and when it goes. */
function classReason(code: number, { finalizers, go }: ClassFacts): string {
  switch (code) {
    case KEEPER.finalizer:
      return finalizers > 0
        ? 'A member has a finalizer. Go keeps all that such an object refers to, and that leads back to it: this is never collected.'
        : 'It hangs on another cycle that has a finalizer. Go keeps all that such an object refers to: this is never collected.';
    case KEEPER.stuckGoroutine:
      return 'Only goroutines that wait for ever hold it: it stays until the program ends.';
    case KEEPER.goroutine:
      return 'A goroutine holds it: it stays until the function that refers to it returns, or lets go.';
    case KEEPER.stackWord:
      return 'Only words of a stack that no pointer list names lead to it: a local of a function that runs, or a stale word.';
    case KEEPER.global:
      return 'A package variable leads to it: it stays as long as that does.';
    case KEEPER.other:
      return 'A root of the runtime that is none of the usual ones leads to it.';
    case KEEPER.timer:
      return 'Timers of the runtime lead to it, and nothing else does, or they tie it together: it goes when they have fired or are stopped.';
    case KEEPER.pool:
      return 'Only a sync.Pool keeps it: it goes when it has not been taken out for two collections.';
    case KEEPER.finalizing:
      return 'Only finalizers that are to run lead to it: it goes after they have run.';
    case KEEPER.cleanup:
      return 'Only what runtime.AddCleanup was given leads to it, a function or its argument: where that leads back to the object, the cleanup never runs, and this is never collected. Dumps have no record of cleanups.';
    case KEEPER.runtime:
      return 'The runtime and the standard library tie their own structures together: every program has such cycles.';
    default:
      return hasCleanups(go)
        ? 'Nothing recorded leads to it: garbage that awaits its collection; if one was run before the dump, something holds it that dumps do not record, such as a cleanup (runtime.AddCleanup).'
        : 'Nothing recorded leads to it: most likely garbage that awaits its collection.';
  }
}

/** The sentence for one cycle. */
export function reasonOf({ graph }: OpenedDump, facts: CycleFacts, cycle: number): string {
  const known = classReason(facts.classes[cycle], {
    finalizers: facts.finalizers[cycle],
    go: graph.records.params.go,
  });
  const missing = missingHolders(graph.records.issue?.lost ?? []);
  if (missing === null) return known;
  const lacking = `The file is not whole: what is missing of it may hold it (${missing}).`;
  return facts.classes[cycle] === KEEPER.nothing ? lacking : `${known} ${lacking}`;
}
