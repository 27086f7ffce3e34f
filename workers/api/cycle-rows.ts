/** The rows of cycles, of their shapes and of their borders. */
import type { CycleClass, Holder } from './holders';
import type { RootLabel } from './rows';
import type { Address, Held, TypeLabel } from './values';

export interface CycleRow {
  /** Dense, 0 is the cycle with the lowest object in dump order. */
  id: number;
  objects: number;
  ownBytes: number;
  /** What would be freed if all its members went at once. */
  retainedBytes: number;
  /** What keeps it: a member's finalizer, the runtime itself where it is its own, else what holds most of its bytes. */
  holder: Holder;
  class: CycleClass;
  /** For the class `goroutine`: all goroutines that hold it wait for ever. */
  stuck: boolean;
  /** What keeps it and when it goes, in a sentence. */
  reason: string;
  held: Held;
  /** What equal cycles have in common: how many members of which types, or of which sizes and pointer shapes where they have no names. */
  shape: string;
  enteringTotal: number;
  leavingTotal: number;
  /** Globals and goroutines that lie on the cycle itself. */
  through: string[];
  /** Members with a finalizer. */
  finalizers: number;
}

/** Cycles that look the same: of one class, with as many members of each type, joined by the same fields. */
export interface CycleShapeRow {
  /** The first of them: `CyclesQuery.like` lists them all. */
  first: number;
  holder: Holder;
  class: CycleClass;
  stuck: boolean;
  reason: string;
  /** What they are made of, as in CycleRow. */
  shape: string;
  /** How their members refer to each other: `main.A.b → main.B`, the first few. */
  joints: string[];
  /** Globals and goroutines that lie on the first of them. */
  through: string[];
  /** False where the first has so many members that only those are compared, and not the fields between them. */
  exact: boolean;
  count: number;
  /** Members, and their own bytes, of all of them together. */
  objects: number;
  ownBytes: number;
  /** What goes when any one of them goes, over all of them; nothing is counted twice. */
  retainedBytes: number;
  /** The one that retains most, and how much. */
  largest: number;
  largestBytes: number;
}

/** A reference across a cycle's border, inwards or outwards. */
export interface BorderReference {
  from: Address | 'root';
  fromLabel: TypeLabel | null;
  root: RootLabel | null;
  offset: number | null;
  field: string | null;
  to: Address;
  toLabel: TypeLabel;
  /** Bytes retained by the outer end, or null for a root. */
  retainedSize: number | null;
}
