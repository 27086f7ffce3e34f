/** The roots that count, as a list. */
import type { RootColumn } from '../../api/session';
import { ROOT_KINDS, shallowSize, valueAddress } from '../../graph/heap-graph';
import { addressColumn, bytesColumn, wordColumn, type Table } from '../list/table';
import type { AnalysedDump } from '../opened-dump';
import { rootLabel } from '../rows/root-rows';
import { labelColumn } from './object-table';

/** Items are rows of graph.roots. */
export function rootTable(dump: AnalysedDump): Table<RootColumn> {
  const { graph, labels } = dump;
  const { kind, target, count } = graph.roots;
  const { effectiveRoots } = dump.reachability;
  return {
    name: 'roots',
    count: effectiveRoots.length,
    itemAt: (position) => effectiveRoots[position],
    columns: {
      kind: wordColumn(ROOT_KINDS, (root) => kind[root]),
      name: { kind: 'text', codes: count, codeOf: (root) => root, text: (root) => rootLabel(graph, root).name },
      type: labelColumn(labels, (root) => labels.labelOf(target[root])),
      target: addressColumn((root) => valueAddress(graph, target[root])),
      size: bytesColumn((root) => shallowSize(graph, target[root])),
      retained: bytesColumn((root) => dump.dominators.retainedSize[target[root]]),
    },
  };
}
