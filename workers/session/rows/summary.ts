/** The answer to `summary`: the dump as a whole. */
import { HOLDER, type Components, type Reachability } from '../../analysis/results';
import type { Summary } from '../../api/rows';
import type { RootKind } from '../../api/values';
import { KEEPERS, type Keepers } from '../../cycles/keepers';
import type { DumpRecords } from '../../dump/records';
import { shallowSize, type HeapGraph } from '../../graph/heap-graph';
import { SLICE_MASK, type Work } from '../../lib/work';
import { dumpFacts, namingWarnings } from './dump-facts';
import { limitsOf } from './limits';
import type { OpenedDump } from '../dump/opened-dump';
import { stateOf } from './goroutine-state';
import { rootKind } from './root-rows';

export function* summarize(
  { graph, labels, ...names }: OpenedDump,
  reachability: Reachability,
  components: Components,
  keepers: Keepers,
): Work<Summary> {
  const { records } = graph;
  const { naming, executable, untried } = names;
  return {
    dump: dumpFacts(records, namingWarnings(names)),
    heap: heapTotals(graph, reachability),
    memstats: records.memstats,
    goroutines: goroutineTotals(records),
    roots: rootTotals(graph, reachability),
    finalizers: {
      total: records.finalizers.length,
      queued: records.finalizers.filter((finalizer) => finalizer.queued).length,
    },
    cycles: yield* cycleTotals(graph, components),
    naming: {
      ...labels.coverage,
      executable: executable?.facts ?? null,
      contradictions: naming.beliefs.contradictions,
    },
    heldBy: KEEPERS.map((holder, keeper) => ({
      holder,
      objects: keepers.objects[keeper],
      bytes: keepers.bytes[keeper],
    })),
    limits: limitsOf(graph, reachability, untried || (executable?.full ?? null) !== null, naming.notes),
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
