/** The answer to `summary`: the dump as a whole. */
import { HOLDER, HOLDERS, type Components, type Reachability } from '../analysis/results';
import type { EvidenceCounts, Summary } from '../api/rows';
import type { Evidence, RootKind } from '../api/values';
import type { DumpRecords } from '../dump/records';
import { shallowSize, type HeapGraph } from '../graph/heap-graph';
import { SLICE_MASK, type Work } from '../lib/work';
import { dumpFacts } from './dump-facts';
import { limitsOf } from './limits';
import type { OpenedDump } from './opened-dump';
import { stateOf } from './rows/goroutine-state';
import { rootKind } from './rows/root-rows';

export function* summarize(
  { graph, labels }: OpenedDump,
  reachability: Reachability,
  components: Components,
): Work<Summary> {
  const { records } = graph;
  return {
    dump: dumpFacts(records),
    heap: heapTotals(graph, reachability),
    memstats: records.memstats,
    goroutines: goroutineTotals(records),
    roots: rootTotals(graph, reachability),
    finalizers: {
      total: records.finalizers.length,
      queued: records.finalizers.filter((finalizer) => finalizer.queued).length,
    },
    cycles: yield* cycleTotals(graph, components),
    naming: { ...(yield* evidenceTotals(graph, labels)), executable: null },
    heldBy: HOLDERS.map((holder, code) => ({
      holder,
      objects: reachability.objects[code],
      bytes: reachability.bytes[code],
    })),
    limits: limitsOf(graph, reachability),
  };
}

function heapTotals(graph: HeapGraph, { objects, bytes }: Reachability): Summary['heap'] {
  return {
    objects: graph.objectCount,
    bytes: graph.heapBytes,
    reachableObjects: graph.objectCount - objects[HOLDER.nothing],
    reachableBytes: graph.heapBytes - bytes[HOLDER.nothing],
    weakObjects: objects[HOLDER.stackWord],
    references: graph.referenceTarget.length,
    phantomRecords: graph.phantomRecords,
    phantomBytes: graph.phantomBytes,
  };
}

function goroutineTotals({ goroutines }: DumpRecords): Summary['goroutines'] {
  const system = goroutines.filter((goroutine) => goroutine.system).length;
  const byState: Record<string, number> = {};
  for (const goroutine of goroutines) {
    const state = stateOf(goroutine);
    byState[state] = (byState[state] ?? 0) + 1;
  }
  return { total: goroutines.length, user: goroutines.length - system, system, byState };
}

/** Roots that count: strong ones, and stack words that alone hold what they point at. */
function rootTotals(graph: HeapGraph, { effectiveRoots }: Reachability): Summary['roots'] {
  const totals: Record<RootKind, number> = { data: 0, bss: 0, stack: 0, goroutine: 0, finalizer: 0, other: 0 };
  for (const root of effectiveRoots) totals[rootKind(graph, root)]++;
  return totals;
}

function* cycleTotals(graph: HeapGraph, { cycleCount, memberStart, member }: Components): Work<Summary['cycles']> {
  let bytes = 0;
  let largest = 0;
  for (let cycle = 0; cycle < cycleCount; cycle++) {
    largest = Math.max(largest, memberStart[cycle + 1] - memberStart[cycle]);
  }
  for (let at = 0; at < member.length; at++) {
    bytes += shallowSize(graph, member[at]);
    if ((at & SLICE_MASK) === 0) yield at;
  }
  return { count: cycleCount, objects: member.length, bytes, largest };
}

/** Objects with several candidates for their type count as known by shape. */
const COUNTED_AS: Record<Evidence, keyof EvidenceCounts> = {
  exact: 'exact',
  likely: 'likely',
  kind: 'kind',
  'one-of': 'shape',
  shape: 'shape',
};

function* evidenceTotals(
  graph: HeapGraph,
  labels: OpenedDump['labels'],
): Work<{ objects: EvidenceCounts; bytes: EvidenceCounts }> {
  const ofLabel = Array.from({ length: labels.count }, (_, label) => COUNTED_AS[labels.label(label).evidence]);
  const objects: EvidenceCounts = { exact: 0, likely: 0, kind: 0, shape: 0 };
  const bytes: EvidenceCounts = { exact: 0, likely: 0, kind: 0, shape: 0 };
  for (let id = 1; id <= graph.objectCount; id++) {
    const evidence = ofLabel[labels.labelOf(id)];
    objects[evidence]++;
    bytes[evidence] += shallowSize(graph, id);
    if ((id & SLICE_MASK) === 0) yield id;
  }
  return { objects, bytes };
}
