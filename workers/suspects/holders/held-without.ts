/**
 * What roots reach when some objects lead to fewer others than they point at. Breadth-first in two passes: first from what stays until the program
 * ends (package variables, finalizers, other records), then from what comes and goes (goroutines, and the runtime's variables, which lead to
 * timers). The first pass stops at processors: from Go 1.23 on any running timer leads to its own, and so to all other timers.
 */
import { ROOT } from '../../graph/heap-graph';
import { BitSet } from '../../lib/bit-set';
import { withScratch } from '../../lib/scratch';
import { SLICE_MASK, type Work } from '../../lib/work';
import type { AnalysedHeap } from '../../heap/analysed-heap';

const RUNTIME = /^runtime\./;

export interface HeldWithout {
  /** What goroutines and timers have no part in. */
  readonly byVariables: BitSet;
  /** What anything reaches. */
  readonly byAny: BitSet;
}

/**
 * `targetsOf`: object → what it leads to, for those that lead to less than they point at. `processors`: the runtime's. The sets are the caller's to
 * release.
 */
export function* findHeldWithout(
  { graph, naming, reachability, account }: AnalysedHeap,
  targetsOf: ReadonlyMap<number, readonly number[]>,
  processors: ReadonlySet<number>,
): Work<HeldWithout> {
  const { kind, target } = graph.roots;
  const comesAndGoes = (root: number): boolean =>
    kind[root] === ROOT.goroutine || kind[root] === ROOT.stack || RUNTIME.test(naming.rootName(root) ?? '');
  const reached = new BitSet(account, 'reached without stale elements', graph.vertexCount);
  return yield* withScratch(account, function* (scratch) {
    const queue = scratch.uint32('queue without stale elements', graph.vertexCount);
    let end = 0;
    let head = 0;
    const shut: number[] = [];
    let isOpen = false;
    const meet = (v: number): void => {
      if (reached.has(v)) return;
      reached.add(v);
      if (isOpen || !processors.has(v)) queue[end++] = v;
      else shut.push(v);
    };
    function* spread(): Work<void> {
      for (; head < end; head++) {
        const v = queue[head];
        const targets = targetsOf.get(v);
        if (targets) targets.forEach(meet);
        else
          for (let at = graph.referenceStart[v]; at < graph.referenceStart[v + 1]; at++)
            meet(graph.referenceTarget[at]);
        if ((head & SLICE_MASK) === 0) yield head;
      }
    }
    for (const root of reachability.effectiveRoots) if (!comesAndGoes(root)) meet(target[root]);
    yield* spread();
    const byVariables = reached.copy(account, 'reached from variables');
    isOpen = true;
    for (const processor of shut) queue[end++] = processor;
    for (const root of reachability.effectiveRoots) if (comesAndGoes(root)) meet(target[root]);
    yield* spread();
    return { byVariables, byAny: reached };
  });
}
