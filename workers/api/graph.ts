/** A small graph to draw: what the session cuts out of the object graph under a budget, and says what it left out. */
import type { Holder } from './holders';
import type { Address, Held, RootKind, TypeLabel } from './values';

export interface DrawnNode {
  /** Stable in one dump: `o:0xc000…`, `root:17`, `class:3:2`, `more:o:0xc000…:out`. */
  id: string;
  /** `class`: several members of a cycle that look alike; `more`: what the budget left out, opens on request. */
  kind: 'root' | 'object' | 'class' | 'more';
  /** First line of the card. */
  title: string;
  /** Second line: sizes, counts. */
  detail: string;
  label: TypeLabel | null;
  address: Address | null;
  rootKind: RootKind | null;
  held: Held;
  holder: Holder;
  /** Objects that the node stands for, and their shallow and retained bytes. */
  objects: number;
  bytes: number;
  retainedSize: number | null;
  inCycle: boolean;
  hasFinalizer: boolean;
  isClosure: boolean;
  selected: boolean;
  /** In a graph of kinds: how many of its objects lie on cycles before any tie, and after each. */
  left?: number[];
}

export interface DrawnEdge {
  id: string;
  from: string;
  to: string;
  /** Field path or offset; null where several differ. */
  label: string | null;
  /** `cycle`: inside the cycle; `plain`: any other pointer; `holds`: keeps alive without a pointer (finalizer, goroutine). */
  kind: 'cycle' | 'plain' | 'holds';
  /** References that the edge stands for. */
  count: number;
  /** What goes without all that the edge stands for; null where that was not tried. */
  cut: EdgeCut | null;
  /** In a graph of kinds: which tie it is, counted from 1. */
  tie?: number;
}

export interface EdgeCut {
  objects: number;
  bytes: number;
  /** False where the search was bounded: then this much goes, and perhaps more. */
  exact: boolean;
  /** Of all references into or inside what is drawn, this one frees most. At most one edge has it. */
  best: boolean;
}

export interface DrawnGraph {
  title: string;
  /** Facts in one line, under the title in exported pictures. */
  subtitle: string;
  nodes: DrawnNode[];
  edges: DrawnEdge[];
  leftOut: { objects: number; bytes: number };
}
