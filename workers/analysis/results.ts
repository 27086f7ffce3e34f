/** What the analyses leave behind: columns by objectId. One algorithm a file fills each; nothing here computes. */

/** Holders as stored in columns, strongest first, by the kind of root alone. What a person is told is finer (cycles/keepers.ts). */
export const HOLDER = { global: 0, goroutine: 1, other: 2, finalizer: 3, stackWord: 4, nothing: 5 } as const;

/** Who holds each object (reachability.ts). Holders below `stackWord` are the strong tier, `stackWord` the weak one. */
export interface Reachability {
  /** objectId → HOLDER: the first in that order that reaches it; objectId 0 is `global` by convention */
  readonly holder: Uint8Array;
  /** HOLDER → objects and shallow bytes held first by it */
  readonly objects: Float64Array;
  readonly bytes: Float64Array;
  /** Roots that count: every strong one, and the weak ones whose target nothing strong reaches. Indices into graph.roots, ascending. */
  readonly effectiveRoots: Uint32Array;
}

/** Strongly connected components over references between objects (components.ts, Tarjan 1972). */
export interface Components {
  /** objectId → dense cycle id, NONE for objects on no cycle (a component of one without a self-reference) */
  readonly cycleOf: Uint32Array;
  readonly cycleCount: number;
  /** cycle → index of its first member in member; cycleCount + 1 entries */
  readonly memberStart: Uint32Array;
  /** members of cycles, each cycle's in ascending id order; cycles are numbered by their lowest member */
  readonly member: Uint32Array;
  /**
   * Representatives of garbage sources: one object (the lowest) of each component that nothing recorded reaches and that no other
   * unreachable component refers to. What is dominated below them is garbage; with the roots they reach every object.
   */
  readonly garbageEntry: Uint32Array;
}

/** Immediate dominators and retained sizes (dominators.ts, semi-NCA of Georgiadis 2006; retained.ts). */
export interface DominatorTree {
  /** objectId → immediate dominator, 0 for the pseudo-root; objectId 0 → NONE */
  readonly immediateDominator: Uint32Array;
  /** objectId → objects and shallow bytes over the dominated subtree, itself included; for garbage see retained.ts */
  readonly retainedObjects: Uint32Array;
  readonly retainedSize: Float64Array;
  /** objectId → index of its first entry in dominatedObject; objectCount + 2 entries; children by retained size, largest first */
  readonly dominatedStart: Uint32Array;
  readonly dominatedObject: Uint32Array;
}
