/** Where the memory is: the retention tree on the wire. Its nodes are kinds of chains, from a root to objects. */
import type { Holder } from './holders';
import type { Address } from './values';

/**
 * Which one parent an object has. `path`: what leads to it on a shortest way from the roots, roots in the order of HOLDERS. `dominator`: what it
 * goes with.
 */
export const RETENTION_BY = ['path', 'dominator'] as const;
export type RetentionBy = (typeof RETENTION_BY)[number];

/** Objects of which it is asked what holds them. */
export type HeldObjects =
  | { readonly type: { readonly name: string; readonly shape: string } }
  | { readonly cycle: number }
  | { readonly finding: string }
  | { readonly addresses: readonly Address[] }
  /** Own objects of a node of the whole tree. */
  | { readonly node: string }
  /** All whose type is found by a filter, as in lists of objects. */
  | { readonly matching: string };

export interface RetentionQuery {
  readonly by: RetentionBy;
  /** Turns the tree upside down: the chains of these objects alone, merged from them to their roots. Sizes are theirs. */
  readonly of?: HeldObjects | undefined;
  /** Tells nodes by package in place of type and field: of what holds, and of what is held. What belongs to none goes with what holds it. */
  readonly group?: 'package' | undefined;
  /** Only this node and what is below it. */
  readonly under?: string | undefined;
  /** Levels below the top, or below `under`; all of them where it is left out. */
  readonly depth?: number | undefined;
  /** Nodes of less than this share of what is asked about are folded, 0 … 1. */
  readonly minShare?: number | undefined;
  /** Nodes at most, the largest ones; MOST_NODES goes without saying. */
  readonly limit?: number | undefined;
  /** As with pprof, each a text or `/regular expression/` over names: only chains that have such a node … */
  readonly focus?: string | undefined;
  /** … none that has, … */
  readonly ignore?: string | undefined;
  /** … and such nodes left out, what is below them put in their place. */
  readonly hide?: string | undefined;
  /** Marks nodes; leaves the tree as it is. */
  readonly search?: string | undefined;
  /** Fields (`main.Node .parent`) whose references are not followed. */
  readonly without?: readonly string[] | undefined;
}

/** What the window can draw without a stutter. */
export const MOST_NODES = 20_000;

export interface Amount {
  objects: number;
  /** Shallow bytes. */
  bytes: number;
}

export interface RetentionNode {
  /** Tells the node apart; the same for the same chain of names in any dump. */
  id: string;
  /** The node above, which stands before it; null at the top. */
  parent: string | null;
  /** `unheld` is the top of what no recorded root reaches. */
  kind: 'root' | 'object' | 'package' | 'unheld';
  /** What the root, or its objects, are called; the import path of a package, '' for none. */
  name: string;
  /** `.conns[].buf`: the field of the node above that refers to its objects; null at the top, and where nothing tells. */
  field: string | null;
  /** What holds the chain. */
  holder: Holder;
  /** Import path of its type; null for roots and for what belongs to no package. */
  package: string | null;
  /** False where its objects are known by their shape alone. */
  named: boolean;
  /** Its own objects and their bytes; 0 for roots. */
  objects: number;
  ownBytes: number;
  /** With all that is below it. */
  totalObjects: number;
  bytes: number;
  /** Most of its own objects that follow each other in a chain: 25,000 for a linked list of that length, 1 for what is no chain. */
  longestChain: number;
  /** For roots: how many there are of the kind. */
  roots: number;
  /** What `search` asks for. */
  matches: boolean;
  /** What is below it and not in this answer. */
  folded: Amount & { nodes: number };
}

/** A node above the one that is asked about. */
export type RetentionStep = Pick<RetentionNode, 'id' | 'kind' | 'name' | 'field' | 'bytes'>;

export interface RetentionTree {
  by: RetentionBy;
  /** What is asked about, in words; null where it is the whole heap. */
  of: string | null;
  /** What `under` hangs on, from the top down; empty for the whole tree. */
  above: RetentionStep[];
  /** All that the tree has, be it asked about or not. */
  whole: Amount;
  /** All that is asked about: what roots reach; or the objects of `of`; or the node `under`. */
  total: Amount;
  /** What no recorded root reaches, which is in no total. */
  unheld: Amount;
  /** Depth first, largest first; at the top, what nothing recorded holds comes last. */
  nodes: RetentionNode[];
  /** Top nodes that are not in this answer. */
  folded: Amount & { nodes: number };
  /** Nodes in all, folded ones too. */
  nodeCount: number;
  /** What nodes that match have, nothing counted twice; null where nothing was searched for. */
  matched: Amount | null;
}
