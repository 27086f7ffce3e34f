/** A tree of nodes as rows: which of them an answer has, in which order, and what is folded. */
import { MOST_NODES, type Amount, type RetentionNode, type RetentionQuery } from '../../api/retention-rows';
import type { NodeTree } from '../../kinds/way-tree';
import { NONE } from '../../lib/none';
import { holderOf } from './held';
import type { NodeNames } from './node-names';

/** Which nodes an answer shows. */
export interface Shown {
  /** In their order: depth first, largest first, and last what nothing recorded holds. */
  readonly nodes: readonly number[];
  /** Nodes that stand at the top of the tree and are not among them. */
  readonly folded: Folded;
  /** node → what is below it and not among them */
  readonly foldedBelow: ReadonlyMap<number, Folded>;
}

type Folded = Amount & { nodes: number };

type Cut = Pick<RetentionQuery, 'depth' | 'minShare' | 'limit'>;

/**
 * The largest nodes, at most so many; where a node is among them so are all above it, since none of those is smaller. `under`: the node that
 * stands at the top; null for the whole tree.
 */
export function shownNodes(names: NodeNames, under: number | null, total: Amount, cut: Cut): Shown {
  const { tree } = names;
  const below = childrenOf(tree);
  const tops = under === null ? (below.get(NONE) ?? []) : [under];
  const depth = cut.depth ?? Infinity;
  const least = (cut.minShare ?? 0) * total.bytes;
  const candidates: number[] = [];
  let level: readonly number[] = tops;
  for (let at = 0; at <= depth && level.length > 0; at++) {
    const next: number[] = [];
    for (const node of level) {
      if (tree.bytes[node] < least) continue;
      candidates.push(node);
      for (const child of below.get(node) ?? []) next.push(child);
    }
    level = next;
  }
  const shown = new Set(largest(candidates, tree, cut.limit ?? MOST_NODES));
  const order: number[] = [];
  const foldedBelow = new Map<number, Folded>();
  const bySize = (a: number, b: number): number =>
    tree.bytes[b] - tree.bytes[a] || compare(names.name(a), names.name(b)) || compare(names.ids[a], names.ids[b]);
  const subtree = nodesBelow(tree);
  const folded = sumFolded(tops, shown, tree, subtree);
  const isUnheld = (node: number): number => (names.isUnheld(node) ? 1 : 0);
  const waiting = tops.filter((node) => shown.has(node)).sort((a, b) => isUnheld(b) - isUnheld(a) || bySize(b, a));
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    order.push(node);
    const children = below.get(node) ?? [];
    foldedBelow.set(node, sumFolded(children, shown, tree, subtree));
    for (const child of children.filter((one) => shown.has(one)).sort((a, b) => bySize(b, a))) waiting.push(child);
  }
  return { nodes: order, folded, foldedBelow };
}

/** node → those below it; NONE → those at the top */
function childrenOf({ parent, count }: NodeTree): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (let node = 0; node < count; node++) {
    const list = children.get(parent[node]);
    if (list) list.push(node);
    else children.set(parent[node], [node]);
  }
  return children;
}

/** node → nodes of its subtree, itself included */
function nodesBelow({ parent, count }: NodeTree): Uint32Array {
  const nodes = new Uint32Array(count).fill(1);
  for (let node = count - 1; node >= 0; node--) if (parent[node] !== NONE) nodes[parent[node]] += nodes[node];
  return nodes;
}

/** Of equal nodes those with lower numbers, which stand above. */
function largest(nodes: number[], { bytes }: NodeTree, limit: number): number[] {
  if (nodes.length <= limit) return nodes;
  return nodes.sort((a, b) => bytes[b] - bytes[a] || a - b).slice(0, limit);
}

function sumFolded(
  nodes: readonly number[],
  shown: ReadonlySet<number>,
  { totalObjects, bytes }: NodeTree,
  subtree: Uint32Array,
): Folded {
  const folded = { nodes: 0, objects: 0, bytes: 0 };
  for (const node of nodes) {
    if (shown.has(node)) continue;
    folded.nodes += subtree[node];
    folded.objects += totalObjects[node];
    folded.bytes += bytes[node];
  }
  return folded;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Rows of the nodes that are shown. `keeperOf`: node → KEEPER of what holds it. */
export function retentionNodes(
  names: NodeNames,
  { nodes, foldedBelow }: Shown,
  keeperOf: (node: number) => number,
  matches: (node: number) => boolean,
): RetentionNode[] {
  const { tree } = names;
  const isShown = new Set(nodes);
  return nodes.map((node) => {
    const above = tree.parent[node];
    const top = names.isTop(node) ? tree.tops[tree.kind[node] - tree.kinds] : null;
    return {
      id: names.ids[node],
      parent: above === NONE || !isShown.has(above) ? null : names.ids[above],
      kind: names.kind(node),
      name: names.name(node),
      field: names.field(node),
      holder: holderOf(keeperOf(node)),
      package: names.package(node),
      named: names.isNamed(node),
      objects: tree.objects[node],
      ownBytes: tree.ownBytes[node],
      totalObjects: tree.totalObjects[node],
      bytes: tree.bytes[node],
      longestChain: top ? 0 : tree.longestChain[node],
      roots: top?.roots ?? 0,
      matches: matches(node),
      folded: foldedBelow.get(node) ?? { nodes: 0, objects: 0, bytes: 0 },
    };
  });
}
