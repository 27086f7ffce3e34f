/** What ties a large cycle: on the wire. */
import type { DrawnGraph } from './graph';

export interface KnotQuery {
  cycle: number;
  /** Ties to find at most, up to MOST_TIES. */
  ties: number;
  /** Fields left out, `main.Node .parent`: as if they held nil. With ` → main.Tree` behind them only where they lead to objects of that type. */
  ignore?: readonly string[];
  /** Try every kind of reference, however long that takes; without it the search ends after a number of steps. */
  unbounded?: boolean;
}

export const MOST_TIES = 20;

/** Cycles of more members are told by what ties them before they are drawn. */
export const LARGE_CYCLE = 50;

/** A kind of reference inside the cycle that holds nothing by itself: without it every member is still reached from the roots. */
export interface KnotTie {
  /** Type of the objects that have the field. */
  from: string;
  /** Field path with indices left out; '' where nothing tells which it is. */
  field: string;
  /** Type of the objects that it leads to. */
  to: string;
  /** References of the kind between members. */
  references: number;
  /** Members of the largest cycle left without this tie and those before it; 0 where none is left. */
  largestLeft: number;
  /** Members that still lie on cycles. */
  inCyclesLeft: number;
}

/** Cycles left that are made of the same. */
export interface KnotPiece {
  /** How many members of which types. */
  shape: string;
  cycles: number;
  /** Of all of them together. */
  objects: number;
  bytes: number;
}

/**
 * Why there are no more ties. `asked`: there are as many as were asked for. `untied`: no cycle is left. `held`: any other kind that would make the
 * largest cycle smaller holds something. `steps`: the search was bounded.
 */
export type KnotEnd = 'asked' | 'untied' | 'held' | 'steps';

export interface Knot {
  cycle: number;
  objects: number;
  bytes: number;
  /** Kinds of members, and of references between them. */
  kinds: { objects: number; references: number };
  ignored: string[];
  /** Members of the largest cycle before any tie; fewer than there are where fields are left out, or globals and goroutines lie on the cycle. */
  largest: number;
  /** Members that lie on cycles before any tie. */
  inCycles: number;
  /** Kinds of references that were tried in the last round; all of them unless the search was bounded. */
  tried: number;
  end: KnotEnd;
  ties: KnotTie[];
  /** What is left after all ties: the largest of each shape first, at most MOST_PIECES. */
  pieces: KnotPiece[];
  /** How many shapes there are. */
  shapes: number;
  /** The graph of kinds: a node a type, an edge its fields. */
  drawing: DrawnGraph;
}

export const MOST_PIECES = 100;

/** `server.subscription .client`: what a field is called where it is left out. */
export function fieldName({ from, field }: Pick<KnotTie, 'from' | 'field'>): string {
  return `${from} ${field}`;
}
