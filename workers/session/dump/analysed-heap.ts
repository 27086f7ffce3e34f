/** What the detectors look at, made of an analysed dump. */
import type { CutTables } from '../../analysis/cut-tables';
import type { SoleHoldings } from '../../analysis/sole-holder';
import { NONE } from '../../lib/none';
import type { Work } from '../../lib/work';
import type { CycleFigures, AnalysedHeap } from '../../heap/analysed-heap';
import type { AnalysedDump } from './opened-dump';
import { typeLabel, typeText } from './type-labels';

/** What a heap needs besides the dump: figures that are computed when first asked for, and how to run in slices. */
export interface HeapTools {
  cycleFigures(): Promise<CycleFigures>;
  goroutineHoldings(): Promise<SoleHoldings>;
  cutTables(): Promise<CutTables>;
  checkpoint(): Promise<void> | undefined;
  drive<T>(work: Work<T>): Promise<T>;
}

export function analysedHeap(dump: AnalysedDump, tools: HeapTools): AnalysedHeap {
  const { graph, naming, reachability, components, dominators, distance, roots, account } = dump;
  return {
    graph,
    naming,
    reachability,
    components,
    dominators,
    distance,
    roots,
    account,
    finalizerOf: finalizersByObject(dump),
    typeText: (objectId) => typeText(typeLabel(dump.labels, objectId)),
    functionAt: (entryPc) => dump.functions(entryPc),
    ...tools,
  };
}

/** objectId → its finalizer, as an index of records.finalizers */
export function finalizersByObject({ graph }: Pick<AnalysedDump, 'graph'>): Map<number, number> {
  const byObject = new Map<number, number>();
  for (const [index, finalizer] of graph.records.finalizers.entries()) {
    const objectId = graph.index.objectAt(finalizer.object);
    if (objectId !== NONE) byObject.set(objectId, index);
  }
  return byObject;
}
