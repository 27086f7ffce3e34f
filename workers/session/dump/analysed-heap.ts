/** What detectors and searches for cuts look at, made of an analysed dump. */
import type { AnalysedHeap, CuttableHeap } from '../../heap/analysed-heap';
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
  const { graph, naming, reachability, components, dominators, distance, roots, account, finalizerOf } = dump;
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
    finalizerOf,
    typeText: (objectId) => typeText(typeLabel(dump.labels, objectId)),
    functionAt: (entryPc) => dump.functions(entryPc),
    checkpoint,
    drive,
  };
}
