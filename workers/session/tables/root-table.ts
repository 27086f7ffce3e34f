/** The roots that count, as a list. */
import type { RootColumn } from '../../api/session';
import { ROOT_KINDS, shallowSize, valueAddress } from '../../graph/heap-graph';
import { addressColumn, bytesColumn, numbered, ownTextColumn, wordColumn, type Table } from '../list/table';
import type { AnalysedDump } from '../dump/opened-dump';
import { rootLabel } from '../rows/root-rows';
import { labelColumn } from './object-table';

/** Items are places in reachability.effectiveRoots. */
export function rootTable(dump: AnalysedDump): Table<RootColumn> {
  const { graph, labels } = dump;
  const { effectiveRoots } = dump.reachability;
  const targetOf = (item: number) => graph.roots.target[effectiveRoots[item]];
  return numbered('roots', effectiveRoots.length, {
    kind: wordColumn(ROOT_KINDS, (item) => graph.roots.kind[effectiveRoots[item]]),
    name: ownTextColumn(effectiveRoots.length, (item) => rootLabel(dump, effectiveRoots[item]).name),
    type: labelColumn(labels, (item) => labels.labelOf(targetOf(item))),
    target: addressColumn((item) => valueAddress(graph, targetOf(item))),
    size: bytesColumn((item) => shallowSize(graph, targetOf(item))),
    retained: bytesColumn((item) => dump.dominators.retainedSize[targetOf(item)]),
  });
}
