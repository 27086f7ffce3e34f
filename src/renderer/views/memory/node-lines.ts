/** The tree of retention as the lines of a table: what is large is unfolded, what is small stands together in one line. */
import type { Amount, RetentionNode, RetentionTree } from '../../../../workers/api';

export type NodeLine =
  | { kind: 'node'; node: RetentionNode; depth: number; open: boolean | null }
  /** Nodes that are small, in one line. `turns` unfolds them; null where the answer does not have them: zooming brings them. */
  | { kind: 'smaller'; under: string | null; depth: number; rest: Amount & { nodes: number }; turns: string | null };

/** What a node has of what is asked about to stand in a line of its own without being asked for. */
const LARGE = 0.01;

/** What turns a line of small nodes. */
function smallOf(id: string | null): string {
  return `+${id ?? ''}`;
}

/** `turned`: the ids of nodes, and of lines of small ones, that are the other way round than they would be. */
export function linesOf(tree: RetentionTree, turned: ReadonlySet<string>): NodeLine[] {
  const below = childrenOf(tree);
  const least = LARGE * tree.total.bytes;
  const isLarge = ({ bytes, kind }: RetentionNode): boolean => bytes >= least || kind === 'unheld';
  const lines: NodeLine[] = [];
  const pending: NodeLine[] = [];

  const push = (id: string | null, depth: number, folded: RetentionNode['folded']): void => {
    const children = below.get(id) ?? [];
    const all = turned.has(smallOf(id)) || !children.some(isLarge);
    const shown = all ? children : children.filter(isLarge);
    const small = all ? [] : children.filter((child) => !isLarge(child));
    const rest = sum(small, folded);
    if (rest.nodes > 0)
      pending.push({ kind: 'smaller', under: id, depth, rest, turns: small.length > 0 ? smallOf(id) : null });
    for (const node of shown.toReversed()) {
      const inside = below.get(node.id) ?? [];
      const opens = inside.length > 0 || node.folded.nodes > 0;
      const open = inside.some(isLarge) !== turned.has(node.id);
      pending.push({ kind: 'node', node, depth, open: opens ? open : null });
    }
  };

  push(null, 0, tree.folded);
  for (let line = pending.pop(); line !== undefined; line = pending.pop()) {
    lines.push(line);
    if (line.kind === 'node' && line.open === true) push(line.node.id, line.depth + 1, line.node.folded);
  }
  return lines;
}

function childrenOf({ nodes }: RetentionTree): Map<string | null, RetentionNode[]> {
  const children = new Map<string | null, RetentionNode[]>();
  for (const node of nodes) {
    const known = children.get(node.parent);
    if (known) known.push(node);
    else children.set(node.parent, [node]);
  }
  return children;
}

/** Small nodes with all that is below them, and what was folded already. A node does not say how many it has below it: it counts as one. */
function sum(nodes: readonly RetentionNode[], folded: RetentionNode['folded']): RetentionNode['folded'] {
  const rest = { ...folded };
  for (const { totalObjects, bytes } of nodes) {
    rest.nodes++;
    rest.objects += totalObjects;
    rest.bytes += bytes;
  }
  return rest;
}
