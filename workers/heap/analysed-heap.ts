/** What detectors look at: one analysed dump, with its names as far as there are any. Nothing here changes, and nothing here can ask for more work. */
import type { CutTables } from '../analysis/cut-tables';
import type { Components, DominatorTree, Reachability } from '../analysis/results';
import type { SoleHoldings } from '../analysis/sole-holder';
import type { RootLookup } from '../analysis/root-paths';
import type { HeapGraph } from '../graph/heap-graph';
import type { MemoryAccount } from '../lib/alloc';
import type { Work } from '../lib/work';
import type { Naming } from '../naming/naming';
import type { RootIndex } from './root-index';

/** What the analyses found that names have no part in. */
export interface HeapStructure {
  readonly reachability: Reachability;
  readonly components: Components;
  readonly dominators: DominatorTree;
  /** objectId → references from the nearest effective root, 1 for what a root points at; NONE where no root reaches it */
  readonly distance: Uint32Array;
  /** The effective roots of each object and of each goroutine. */
  readonly roots: RootIndex;
}

export interface AnalysedHeap extends Omit<HeapStructure, 'roots'> {
  /** Effective roots by what they point at. */
  readonly roots: RootLookup;
  readonly graph: HeapGraph;
  readonly naming: Naming;
  /** objectId → its finalizer, as an index of records.finalizers */
  readonly finalizerOf: ReadonlyMap<number, number>;
  /** What a person reads as an object's type: its name, else the hint, else the shape. */
  typeText(objectId: number): string;
  /** The function that begins at a pc, by the frames or the executable; null where neither tells. */
  functionAt(entryPc: number): string | null;
  /** goroutine (index of records.goroutines) → what it alone holds; the last entry is everything else. */
  readonly goroutineHoldings: SoleHoldings;
  /** What a search for references to cut looks up. */
  readonly cutTables: CutTables;
  /** For big arrays. */
  readonly account: MemoryAccount;
  /** Called often in loops of one's own: pauses when a slice is over, rejects when cancelled. */
  checkpoint(): Promise<void> | undefined;
  /** Runs work in slices, likewise. */
  drive<T>(work: Work<T>): Promise<T>;
}

/** What a search for references to cut needs. */
export type CuttableHeap = Omit<AnalysedHeap, 'goroutineHoldings'>;
