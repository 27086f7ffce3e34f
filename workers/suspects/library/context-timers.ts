/** Timers that end contexts: what a deadline set, and whether somebody can still cancel it before. */
import type { HeapGraph } from '../../graph/heap-graph';
import { NONE } from '../../lib/none';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { cancelContexts, type CancelContext } from './contexts';
import { heldRaw } from './raw-holders';
import type { HeapedTimer } from './timer-heap';

export interface ContextTimer {
  readonly timer: HeapedTimer;
  /** The context that it will end, as an object. */
  readonly context: number;
  /** Whether nothing that lives has what cancels the context, the timer's own function apart. */
  readonly lost: boolean;
}

/** Those of the timers that end a context, in their order. */
export async function contextTimers(heap: AnalysedHeap, timers: readonly HeapedTimer[]): Promise<ContextTimer[]> {
  const { graph } = heap;
  const contexts = await cancelContexts(heap);
  if (contexts.size === 0) return [];
  const found: { timer: HeapedTimer; context: number }[] = [];
  const closures = new Set<number>();
  for (const timer of timers) {
    const closure = timer.run === 0 ? NONE : graph.index.objectAt(timer.run);
    const context = closure === NONE ? undefined : [...contextsBehind(graph, [closure], contexts)].at(0);
    if (context === undefined) continue;
    closures.add(closure);
    found.push({ timer, context });
  }
  const held = await heldRaw(heap, new Set(found.map(({ context }) => context)), undefined, closures);
  return found.map(({ timer, context }) => ({ timer, context, lost: !held.has(context) }));
}

/** The contexts that closures captured: of a deferred cancel the one that it cancels, of a timer's function the one that it ends. */
export function contextsBehind(
  { referenceStart, referenceTarget }: HeapGraph,
  closures: Iterable<number>,
  contexts: ReadonlyMap<number, CancelContext>,
): Set<number> {
  const found = new Set<number>();
  for (const closure of closures)
    for (let at = referenceStart[closure]; at < referenceStart[closure + 1]; at++)
      if (contexts.has(referenceTarget[at])) found.add(referenceTarget[at]);
  return found;
}
