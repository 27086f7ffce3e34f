/**
 * A retention tree told in another way: chains of nodes, each with what its last node has itself, are changed and merged again. Narrowing and
 * hiding leave chains or nodes out; upside down a chain begins with its last node, so that what holds the objects of one kind is told from them
 * to their roots. Thousands of nodes, whatever the number of objects.
 */
import { NONE } from '../lib/none';
import { NodeTable } from './node-table';
import { columnsOf, sumsBelow, type NodeTree } from './way-tree';

/** node → what of its own counts */
export interface Weights {
  readonly objects: Float64Array;
  readonly bytes: Float64Array;
}

export interface Regrouping {
  /** node → whether chains through it are told; null where all are */
  readonly focus: ((node: number) => boolean) | null;
  readonly ignore: ((node: number) => boolean) | null;
  /** node → whether it is left out, and what is below it put in its place */
  readonly hide: ((node: number) => boolean) | null;
  readonly upsideDown: boolean;
  /** node → import path that it is told by, null for what belongs to none and goes with what is before it; null where nodes are told by type */
  readonly packageOf: ((node: number) => string | null) | null;
}

/** A regrouped tree, and what of the first one each node stands for. */
export interface RegroupedTree extends NodeTree {
  /** node → the heaviest node of the first tree that is merged in it */
  readonly heaviest: Uint32Array;
}

/**
 * Upside down, the field of a node is its own, that which refers to what stands above it; otherwise it is the field of the node above, and none
 * where the node between them is hidden.
 */
export function regroup(tree: NodeTree, weights: Weights, how: Regrouping): RegroupedTree {
  const merged = new MergedNodes(tree, how.packageOf);
  for (let node = 0; node < tree.count; node++) {
    if (weights.objects[node] === 0) continue;
    const chain = chainTo(tree, node);
    if (how.focus && !chain.some(how.focus)) continue;
    if (how.ignore && chain.some(how.ignore)) continue;
    const last = how.upsideDown ? merged.insertReversed(chain, how.hide) : merged.insert(chain, how.hide);
    if (last !== NONE) merged.weigh(last, weights.objects[node], weights.bytes[node]);
  }
  return merged.tree();
}

/** Nodes from the top to one. */
function chainTo({ parent }: NodeTree, node: number): number[] {
  const chain: number[] = [];
  for (let at = node; at !== NONE; at = parent[at]) chain.push(at);
  return chain.reverse();
}

class MergedNodes {
  private readonly table = new NodeTable();
  private readonly objects: number[] = [];
  private readonly ownBytes: number[] = [];
  private readonly longestChain: number[] = [];
  private readonly heaviest: number[] = [];

  private readonly packages = new Map<string, number>();

  constructor(
    private readonly from: NodeTree,
    private readonly packageOf: Regrouping['packageOf'],
  ) {}

  insert(chain: readonly number[], hide: Regrouping['hide']): number {
    const { field } = this.from;
    let at = NONE;
    let isNext = true;
    for (const node of chain) {
      if (hide?.(node)) {
        isNext = false;
        continue;
      }
      at = this.step(at, isNext ? field[node] : NONE, node);
      isNext = true;
    }
    return at;
  }

  insertReversed(chain: readonly number[], hide: Regrouping['hide']): number {
    const { field } = this.from;
    let at = NONE;
    let through = NONE;
    for (const node of chain.toReversed()) {
      if (!hide?.(node)) at = this.step(at, through, node);
      through = hide?.(node) ? NONE : field[node];
    }
    return at;
  }

  /** What the last node of a chain has itself; upside down that is a root's, and counts for all that stands above it. */
  weigh(node: number, objects: number, bytes: number): void {
    this.objects[node] += objects;
    this.ownBytes[node] += bytes;
  }

  tree(): RegroupedTree {
    const { table, from } = this;
    const objects = Float64Array.from(this.objects);
    const ownBytes = Float64Array.from(this.ownBytes);
    return {
      ...columnsOf(table),
      kinds: from.kinds,
      tops: from.tops,
      packages: [...this.packages.keys()],
      objects,
      ownBytes,
      ...sumsBelow(table, objects, ownBytes),
      longestChain: Uint32Array.from(this.longestChain),
      heaviest: Uint32Array.from(this.heaviest),
    };
  }

  private step(below: number, field: number, node: number): number {
    const kind = this.kindOf(node, below);
    // packages that follow themselves are one
    if (this.packageOf && below !== NONE && this.table.kind[below] === kind) return this.note(below, node);
    const before = this.table.count;
    const at = this.table.child(below, this.packageOf ? NONE : field, kind);
    if (at === before) {
      this.objects.push(0);
      this.ownBytes.push(0);
      this.longestChain.push(0);
      this.heaviest.push(node);
    }
    return this.note(at, node);
  }

  private note(at: number, node: number): number {
    const { from } = this;
    this.longestChain[at] = Math.max(this.longestChain[at], from.longestChain[node]);
    if (from.bytes[node] > from.bytes[this.heaviest[at]]) this.heaviest[at] = node;
    return at;
  }

  /** What belongs to no package goes with the one before it. */
  private kindOf(node: number, below: number): number {
    const { kind, kinds, tops } = this.from;
    if (!this.packageOf || kind[node] >= kinds) return kind[node];
    const path = this.packageOf(node);
    const first = kinds + tops.length;
    if (path === null && below !== NONE && this.table.kind[below] >= first) return this.table.kind[below];
    const name = path ?? '';
    let number = this.packages.get(name);
    if (number === undefined) this.packages.set(name, (number = this.packages.size));
    return first + number;
  }
}
