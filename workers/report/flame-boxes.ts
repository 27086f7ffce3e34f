/** Where the nodes of a retention tree lie in a flame graph: roots on top, one below what holds it, as wide as the bytes that hang on it. */
import { hierarchy, partition, type HierarchyRectangularNode } from 'd3-hierarchy';
import type { RetentionNode, RetentionTree } from '../api/retention-rows';

/** What was folded below one node, or beside the top ones. */
export type Folded = RetentionNode['folded'];

/** One box. Its own bytes are what no box below it covers. */
export interface FlameBox {
  /** Null where it stands for what was folded. */
  readonly node: RetentionNode | null;
  readonly folded: Folded | null;
  readonly bytes: number;
  /** Rows from the top. */
  readonly depth: number;
  /** Shares of the whole width, 0 … 1. */
  readonly left: number;
  readonly right: number;
  /** What search lights up: it matches, or hangs on what does. */
  readonly lit: boolean;
  readonly above: FlameBox | null;
  /** Largest first, what was folded last. */
  readonly below: FlameBox[];
}

export interface Flame {
  /** Those of each row, from left to right. */
  readonly rows: readonly (readonly FlameBox[])[];
  /** Node's id → its box. */
  readonly boxOf: ReadonlyMap<string, FlameBox>;
  /** What the whole width stands for. */
  readonly bytes: number;
}

interface Part {
  readonly node: RetentionNode | null;
  readonly folded: Folded | null;
  readonly bytes: number;
  readonly parts: Part[];
}

/**
 * The boxes of an answer. What no root reaches stands apart and has none, unless it alone is asked about.
 *
 * d3's partition divides a node's width among its children by their values, which are given here and not summed: so own bytes stay empty.
 */
export function layOutFlame(tree: RetentionTree): Flame {
  const whole = partsOf(tree);
  const laidOut = hierarchy(whole, ({ parts }) => parts).eachBefore((node) => {
    // `value` is what `sum` would set; it is writable in the library and read-only in its types
    (node as { value?: number }).value = node.data.bytes;
  });
  const rows: FlameBox[][] = [];
  const boxOf = new Map<string, FlameBox>();
  const made = new Map<HierarchyRectangularNode<Part>, FlameBox>();
  partition<Part>()(laidOut).eachBefore((part) => {
    if (part.parent === null) return;
    const above = made.get(part.parent) ?? null;
    const box = boxAt(part, above);
    made.set(part, box);
    above?.below.push(box);
    (rows[box.depth] ??= []).push(box);
    if (box.node !== null) boxOf.set(box.node.id, box);
  });
  return { rows, boxOf, bytes: whole.bytes };
}

function boxAt({ data, depth, x0, x1 }: HierarchyRectangularNode<Part>, above: FlameBox | null): FlameBox {
  const { node, folded, bytes } = data;
  const lit = (above?.lit ?? false) || (node?.matches ?? false);
  return { node, folded, bytes, depth: depth - 1, left: x0, right: x1, lit, above, below: [] };
}

function partsOf(tree: RetentionTree): Part {
  const alone = tree.nodes.length > 0 && tree.nodes[0].kind === 'unheld';
  const all: Part = { node: null, folded: null, bytes: tree.total.bytes, parts: [] };
  const partOf = new Map<string, Part>();
  for (const node of tree.nodes) {
    const above = node.parent === null ? (node.kind === 'unheld' && !alone ? null : all) : partOf.get(node.parent);
    if (!above) continue;
    const part: Part = { node, folded: null, bytes: node.bytes, parts: [] };
    partOf.set(node.id, part);
    above.parts.push(part);
  }
  for (const [, { node, parts }] of partOf) if (node !== null) fold(parts, node.folded);
  fold(all.parts, tree.folded);
  return all;
}

function fold(parts: Part[], folded: Folded): void {
  if (folded.bytes > 0) parts.push({ node: null, folded, bytes: folded.bytes, parts: [] });
}

/** The box at a share of the width of a row; of a row, boxes stand from left to right. Null where there is none. */
export function boxAtShare({ rows }: Flame, row: number, share: number): FlameBox | null {
  const boxes = rows.at(row) ?? [];
  let low = 0;
  let high = boxes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (boxes[middle].right <= share) low = middle + 1;
    else high = middle;
  }
  const box = boxes.at(low);
  return low < boxes.length && box !== undefined && box.left <= share ? box : null;
}
