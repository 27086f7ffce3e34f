/** Effective roots by what they point at and by goroutine, each list in the order of the root table. */
import type { HeapGraph } from '../graph/heap-graph';
import { goroutineOfRoot } from '../graph/root-owner';
import type { MemoryAccount } from '../lib/alloc';
import { BitSet } from '../lib/bit-set';
import { Grouping } from '../lib/grouping';

const NO_ROOTS = new Uint32Array(0);

export class RootIndex {
  private readonly byTarget: Grouping;
  private readonly byGoroutine: Grouping;
  /** One bit an object: most are no root's target, and walks ask about each. */
  private readonly isTarget: BitSet;

  constructor(graph: HeapGraph, effectiveRoots: Uint32Array, account: MemoryAccount) {
    this.isTarget = new BitSet(account, 'targets of roots', graph.vertexCount);
    for (const root of effectiveRoots) this.isTarget.add(graph.roots.target[root]);
    this.byTarget = new Grouping(effectiveRoots, (root) => graph.roots.target[root]);
    this.byGoroutine = new Grouping(effectiveRoots, (root) => goroutineOfRoot(graph, root) ?? -1);
  }

  /** Effective roots that point at an object, as rows of graph.roots. */
  ofObject(objectId: number): Uint32Array {
    return this.isTarget.has(objectId) ? this.byTarget.of(objectId) : NO_ROOTS;
  }

  /** Effective roots in a goroutine's frames and records; the goroutine as an index of records.goroutines. */
  ofGoroutine(goroutine: number): Uint32Array {
    return this.byGoroutine.of(goroutine);
  }
}
