/** How many there are of what the views list, for the rail; null while that is being counted, or cannot be known. */
import type { Severity, Summary } from '../../../workers/api';
import { useAnswer, useSummary } from './dump';
import { useFindings, worstOf } from './findings';
import { useNamesNow } from './naming';

export interface Counts {
  /** Those that are not ignored. */
  findings: number | null;
  /** Those of the full graph. */
  cycles: number | null;
  types: number | null;
  objects: number;
  goroutines: number;
  roots: number;
  closures: number | null;
  pools: number | null;
}

/** Asks for a list's length. */
const FIRST = { offset: 0, limit: 1 };

/** The counts, and the worst of the findings that are counted. */
export function useCounts(): { counts: Counts; worst: Severity | null } {
  const summary = useSummary();
  const types = useAnswer('types', [FIRST]);
  const closures = useAnswer('closures', [FIRST]);
  const pools = useAnswer('pools', [FIRST]);
  const { answer, open } = useFindings();
  const names = useNamesNow();
  // what is told apart by names is not counted before there are any
  const byNames = (count: number | null): number | null =>
    names.state === 'coming' && !names.replacing ? null : count;
  const counts = {
    findings: answer.state === 'ready' ? open.length : null,
    cycles: useCycleCount(),
    types: byNames(types.value?.total ?? null),
    objects: summary.heap.objects,
    goroutines: summary.goroutines.total,
    roots: Object.values(summary.roots).reduce((sum, count) => sum + count, 0),
    closures: closureCount(summary, closures.value?.total ?? null),
    pools: byNames(pools.value?.total ?? null),
  };
  return { counts, worst: worstOf(open) };
}

/** Cycles of the full graph, which the window lists unless asked otherwise; null while they are being counted. */
export function useCycleCount(): number | null {
  return useAnswer('cycles', [FIRST]).value?.total ?? null;
}

/** None seen is not none where no executable tells closures from other objects. */
function closureCount({ naming }: Summary, total: number | null): number | null {
  return total === 0 && naming.executable?.matches !== true ? null : total;
}
