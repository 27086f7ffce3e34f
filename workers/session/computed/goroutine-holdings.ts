/** What each goroutine alone holds. */
import { findSoleHoldings, type SoleHoldings } from '../../analysis/sole-holder';
import { goroutineOfRoot } from '../../graph/root-owner';
import type { Work } from '../../lib/work';
import type { AnalysedDump } from '../dump/opened-dump';

/** Sole holdings by goroutine: roots of every other kind count as one more owner. */
export function findGoroutineHoldings({
  graph,
  reachability,
  account,
}: Pick<AnalysedDump, 'graph' | 'reachability' | 'account'>): Work<SoleHoldings> {
  const others = graph.records.goroutines.length;
  return findSoleHoldings(graph, reachability, others + 1, (root) => goroutineOfRoot(graph, root) ?? others, account);
}
