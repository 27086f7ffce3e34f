/** Retention trees written by hand, for what draws and lists them. */
import type { RetentionNode, RetentionTree } from '../../workers/api';

export interface Sketch {
  name: string;
  own?: number;
  below?: Sketch[];
  folded?: number;
  more?: Partial<RetentionNode>;
}

/** Depth first, ids are paths of names; a node's bytes are its own, what is below it and what was folded there. */
export function treeOf(tops: Sketch[], folded = 0): RetentionTree {
  const nodes: RetentionNode[] = [];
  const add = (sketch: Sketch, parent: string | null): number => {
    const id = parent === null ? sketch.name : `${parent}/${sketch.name}`;
    const node = nodeOf(sketch, id, parent);
    nodes.push(node);
    for (const child of sketch.below ?? []) node.bytes += add(child, id);
    return node.bytes;
  };
  let bytes = folded;
  for (const top of tops) bytes += add(top, null);
  const total = { objects: 0, bytes };
  return {
    by: 'path',
    of: null,
    above: [],
    whole: total,
    total,
    unheld: { objects: 0, bytes: 0 },
    nodes,
    folded: { nodes: folded > 0 ? 1 : 0, objects: 0, bytes: folded },
    nodeCount: nodes.length,
    matched: null,
  };
}

function nodeOf({ name, own = 0, folded = 0, more }: Sketch, id: string, parent: string | null): RetentionNode {
  return {
    id,
    parent,
    kind: parent === null ? 'root' : 'object',
    name,
    field: null,
    holder: 'global',
    package: null,
    named: true,
    objects: parent === null ? 0 : 1,
    ownBytes: own,
    totalObjects: 1,
    bytes: own + folded,
    longestChain: 1,
    roots: parent === null ? 1 : 0,
    matches: false,
    folded: { nodes: folded > 0 ? 3 : 0, objects: 3, bytes: folded },
    ...more,
  };
}
