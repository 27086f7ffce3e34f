/** The rows of lists by kind: goroutines by stack, roots by kind. */
import type { Holder } from './holders';
import type { DominatedRow, SourcePlace } from './rows';
import type { Evidence } from './values';

/** Objects and their shallow bytes. */
export interface Weight {
  objects: number;
  bytes: number;
}

/** What a group holds; these do not add up over groups. */
export interface GroupHoldings {
  /** What only this group reaches: it would go with it. */
  alone: Weight;
  /** All that it reaches, whatever else does. */
  reaches: Weight;
}

/** How many goroutines of a kind are in a state. */
export interface StateCount {
  /** As Go prints it: `waiting`, `runnable`, `syscall`, `idle`, `running`. */
  state: string;
  waitReason: string | null;
  count: number;
}

/** A variable of the frames of all goroutines of a kind. */
export interface GroupVariable extends GroupHoldings {
  /** `server.(*client).readLoop: c`; the function and the place in its frame where no name is known. */
  name: string;
  /** What its first pointer leads to. */
  type: string;
  /** Pointers, over all of the goroutines. */
  roots: number;
}

/** Goroutines that stand at the same calls, and that the same go statement started. */
export interface GoroutineKindRow extends GroupHoldings {
  /** The first of them; `goroutines` lists them all by it, as `like`. */
  first: number;
  count: number;
  /** The states they are in, that of most first. */
  states: StateCount[];
  system: boolean;
  entry: string | null;
  top: string | null;
  /** See GoroutineRow. */
  waitsIn: SourcePlace | null;
  createdBy: SourcePlace | null;
  /** That of the one that has waited longest. */
  waitedAtLeast: number | null;
  /** The first of its variables that hold something, those that alone reach most first. */
  variables: GroupVariable[];
  variablesTotal: number;
}

/** Roots of one kind: of one variable, whatever the goroutine; finalizers of one type; records of one sort. */
export interface RootKindRow extends GroupHoldings {
  /** `mvcc.db`, `server.(*client).readLoop: acc`; with the holder it tells the kind apart. */
  name: string;
  holder: Holder;
  /** Roots that count. */
  roots: number;
  /** Retained by all that they point at together, nothing counted twice. */
  retainedBytes: number;
}

/** A row of the list of roots by kind, as `roots` asks for its roots. */
export type RootKindKey = Pick<RootKindRow, 'name' | 'holder'>;

/** Objects of one type that the same object dominates immediately, or the roots together. */
export interface DominatedKindRow {
  /** As in the list of types: with `shape`, for a filter that selects exactly these. */
  name: string;
  shape: string;
  evidence: Evidence;
  /** How many they are, and their own bytes. */
  count: number;
  bytes: number;
  /** What they retain: it adds up, for none dominates another. */
  retainedObjects: number;
  retainedBytes: number;
  /** The one that retains most; all there is where `count` is 1. */
  largest: DominatedRow;
}
