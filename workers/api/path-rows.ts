/** Root paths by what they look like. */
import type { Holder } from './holders';
import type { RootPath } from './rows';

/** One kind of object on a way, and the field that refers to it. */
export interface PathKindStep {
  /** What its objects are called. */
  name: string;
  /** `.conns[]`: the field of what stands before it; null for what a root leads to, and where nothing tells. */
  field: string | null;
}

/** Paths that begin at roots of one kind and lead over the same kinds of objects by the same fields, recursion told once. */
export interface PathKindRow {
  root: { name: string; holder: Holder };
  /** From what the root leads to down to the object that is asked about. */
  steps: PathKindStep[];
  paths: number;
  /** Objects on the shortest of them. */
  length: number;
  /** The shortest, and its number among all paths, counted from 0. */
  example: RootPath;
  exampleAt: number;
}

export interface PathKinds {
  /** Root paths in all. */
  total: number;
  /** How many of them were looked at; the nearest ones, where that is not all. */
  told: number;
  /** The nearest first, and of equally near ones those of most paths. */
  kinds: PathKindRow[];
}
