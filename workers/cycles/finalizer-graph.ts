/**
 * Cycles as the collector sees them while finalizers stand. For each object with a finalizer it keeps what the object points at and the
 * finalizer's closure, but not the object: the object is let go when nothing that is kept leads to it. So the closure counts as one more
 * reference of its object, and an object on a cycle of this graph keeps itself.
 *
 * Most finalizers are plain functions without a closure in the heap, and then these are the cycles of the heap itself.
 */
import { findComponents } from '../analysis/components';
import type { Components } from '../analysis/results';
import type { HeapGraph } from '../graph/heap-graph';
import type { Digraph } from '../lib/digraph';
import { NONE } from '../lib/none';
import { withScratch, type Scratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';
import type { AnalysedHeap } from '../heap/analysed-heap';

/** References of the heap, and from objects to the closures of their finalizers. */
export type FinalizerGraph = Pick<Digraph, 'referenceStart' | 'referenceTarget'>;

export interface FinalizerCycles {
  readonly graph: FinalizerGraph;
  readonly components: Pick<Components, 'cycleOf' | 'memberStart' | 'member'>;
}

/** Runs `use` with the cycles; they are given back when it ends. */
export async function withFinalizerCycles<T>(
  heap: AnalysedHeap,
  use: (cycles: FinalizerCycles) => Promise<T>,
): Promise<T> {
  const { graph, reachability, components, account } = heap;
  const closures = closuresByObject(heap);
  if (closures.size === 0) return use({ graph, components });
  const widened = await heap.drive(widen(graph, closures, heap));
  try {
    const found = await heap.drive(findComponents({ ...graph, ...widened }, reachability, account));
    try {
      return await use({ graph: widened, components: found });
    } finally {
      account.release(found.cycleOf, found.memberStart, found.member, found.garbageEntry);
    }
  } finally {
    account.release(widened.referenceStart, widened.referenceTarget);
  }
}

/** objectId → closure of its registered finalizer, where that lies in the heap */
function closuresByObject({ graph, finalizerOf }: AnalysedHeap): Map<number, number> {
  const closures = new Map<number, number>();
  for (const [objectId, index] of finalizerOf) {
    const { funcval, queued } = graph.records.finalizers[index];
    const closure = graph.index.objectAt(funcval);
    if (!queued && closure !== NONE) closures.set(objectId, closure);
  }
  return closures;
}

function widen(
  graph: HeapGraph,
  closures: ReadonlyMap<number, number>,
  { account }: Pick<AnalysedHeap, 'account'>,
): Work<FinalizerGraph> {
  return withScratch(account, (scratch) => copyWith(graph, closures, scratch));
}

function* copyWith(graph: HeapGraph, closures: ReadonlyMap<number, number>, scratch: Scratch): Work<FinalizerGraph> {
  const { referenceStart, referenceTarget, vertexCount } = graph;
  const start = scratch.uint32('references with closures, starts', vertexCount + 1);
  const target = scratch.uint32('references with closures', referenceStart[vertexCount] + closures.size);
  let end = 0;
  for (let v = 0; v < vertexCount; v++) {
    start[v] = end;
    for (let reference = referenceStart[v]; reference < referenceStart[v + 1]; reference++) {
      target[end++] = referenceTarget[reference];
    }
    const closure = closures.get(v);
    if (closure !== undefined) target[end++] = closure;
    if ((v & SLICE_MASK) === 0) yield v;
  }
  start[vertexCount] = end;
  return { referenceStart: scratch.keep(start), referenceTarget: scratch.keep(target) };
}
