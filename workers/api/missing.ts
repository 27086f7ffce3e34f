/** What a dump that is not whole lacks, in words: the same in the window and on the command line. */
import type { DumpFacts } from './rows';

/** Parts that hold objects, as `DumpFacts.problem.lost` calls them; one that began has `some` before its name. */
export const HOLDING_PARTS = ['goroutines and their stacks', 'globals', 'finalizers'] as const;
export type HoldingPart = (typeof HOLDING_PARTS)[number];

type Dump = Pick<DumpFacts, 'state' | 'problem'>;

/** How much of a part is missing. */
function missingOf({ problem }: Dump, part: HoldingPart): 'all' | 'some' | 'nothing' {
  if (problem?.lost.includes(part)) return 'all';
  return problem?.lost.includes(`some ${part}`) ? 'some' : 'nothing';
}

/** `goroutines and their stacks, some globals, finalizers`: the missing parts that could hold objects; null where none is missing. */
export function missingHolders(lost: readonly string[]): string | null {
  const parts = lost.filter((part) => HOLDING_PARTS.some((holding) => part === holding || part === `some ${holding}`));
  return parts.length === 0 ? null : parts.join(', ');
}

/** In the place of a list that has nothing, for the part is missing; null where it is not missing as a whole. */
export function absentPart(dump: Dump, part: HoldingPart): string | null {
  if (missingOf(dump, part) !== 'all') return null;
  const how = dump.state === 'truncated' ? 'it ends before them' : 'it is damaged before them';
  return `The ${part} are not in the file: ${how}.`;
}

/** What it means that nothing recorded leads to an object: what a dump leaves out always, and what this file lacks. */
export function unheldMeans({ problem }: Dump): string {
  const missing = missingHolders(problem?.lost ?? []);
  if (missing !== null) return `what is missing of the file may hold it: ${missing}`;
  return 'garbage, or held by something that a dump leaves out';
}
