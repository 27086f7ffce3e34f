/** What detectors and searches for cuts look at, made of an analysed dump. */
import type { AnalysedHeap, CuttableHeap } from '../../heap/analysed-heap';
import { NONE } from '../../lib/none';
import type { TaskTools } from '../running/task-runner';
import type { AnalysedDump } from './opened-dump';
import { typeLabel, typeText } from './type-labels';

/** Figures that a request has asked for before its task. */
type HeapFigures = Pick<AnalysedHeap, 'goroutineHoldings' | 'cutTables'>;

export function analysedHeap(dump: AnalysedDump, figures: HeapFigures, tools: TaskTools): AnalysedHeap {
  return { ...cuttableHeap(dump, figures.cutTables, tools), goroutineHoldings: figures.goroutineHoldings };
}

export function cuttableHeap(
  dump: AnalysedDump,
  cutTables: AnalysedHeap['cutTables'],
  { checkpoint, drive }: TaskTools,
): CuttableHeap {
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
    cutTables,
    finalizerOf: finalizersByObject(dump),
    typeText: (objectId) => typeText(typeLabel(dump.labels, objectId)),
    functionAt: (entryPc) => dump.functions(entryPc),
    checkpoint,
    drive,
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
