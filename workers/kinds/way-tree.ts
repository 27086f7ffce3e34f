/**
 * The retention tree: every object hangs on one way from a root, and objects whose ways are of the same kinds all along are one node. What is
 * below nodes adds up, to the last byte.
 *
 *   1. Objects in the order of their ways, each behind the one that leads to it: it belongs to the child of that one's node by the field and by
 *      its kind. A kind that stands among the last few nodes above joins that node, so that lists and trees are one node with a count and
 *      their longest chain. The insides of a container belong to the node of its head.
 *   2. Sums over what is below, from the last node to the first: nodes stand behind those above them.
 *
 * 12 bytes an object while it runs, 4 of which stay.
 */
import { shallowSize, type HeapGraph } from '../graph/heap-graph';
import { NONE } from '../lib/none';
import type { Scratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';
import { NodeTable } from './node-table';
import type { Top } from './tops';

/** On which way each object hangs. */
export interface Ways {
  /** Objects, each behind what leads to it. */
  readonly order: Uint32Array;
  readonly visited: number;
  /** objectId → the object that leads to it, 0 for what a top leads to */
  readonly source: Uint32Array;
  /** objectId → by which field; NONE where nothing tells */
  fieldOf(objectId: number): number;
  /** The number of the top that leads to an object, where no object does or where its way begins anew; NONE where it goes on from its source. */
  topOf(objectId: number): number;
}

/** A tree of nodes, without the objects. */
export interface NodeTree {
  /** Nodes in all; each has a higher number than the one above it. */
  readonly count: number;
  /** node → the node above; NONE at the top */
  readonly parent: Uint32Array;
  /** node → field of the node above; NONE where nothing tells */
  readonly field: Uint32Array;
  /** node → kind of its objects; for what stands for a top, the number of kinds plus the index of that top */
  readonly kind: Uint32Array;
  /** The number of kinds. */
  readonly kinds: number;
  readonly tops: readonly Top[];
  /** Where nodes stand for packages: import paths, by kind less the numbers of kinds and tops. */
  readonly packages?: readonly string[];
  /** node → its own objects, and their shallow bytes */
  readonly objects: Float64Array;
  readonly ownBytes: Float64Array;
  /** node → the same with all below it */
  readonly totalObjects: Float64Array;
  readonly bytes: Float64Array;
  /** node → most of its own objects that follow each other on a way */
  readonly longestChain: Uint32Array;
}

export interface WayTree extends NodeTree {
  /** objectId → node; NONE where no way leads to it */
  readonly nodeOf: Uint32Array;
}

/** What is asked of objects on their ways. */
export interface TreeScene {
  readonly graph: HeapGraph;
  /** objectId → kind, and how many there are */
  readonly kindOf: Uint32Array;
  readonly kinds: number;
  /** Whether an object is the inside of the container that another one is of or heads. */
  isInsideOf(objectId: number, source: number): boolean;
}

/** Kinds of this many nodes above are looked at for a chain that comes back to them. */
export const FOLDED_WITHIN = 8;

export function* buildWayTree(scene: TreeScene, ways: Ways, tops: readonly Top[], scratch: Scratch): Work<WayTree> {
  const { graph, kindOf } = scene;
  const { order, visited, source } = ways;
  const nodeOf = scratch.uint32('nodes of objects', graph.vertexCount).fill(NONE);
  // objects of its own node on the way to it, itself included, and the first of them
  const chain = scratch.uint32('chains to objects', graph.vertexCount);
  const first = scratch.uint32('first objects of chains', graph.vertexCount);
  const table = new NodeTable();
  for (let at = 0; at < visited; at++) {
    if ((at & SLICE_MASK) === 0) yield at;
    const id = order[at];
    const top = ways.topOf(id);
    const above = source[id];
    if (top === NONE && scene.isInsideOf(id, above)) {
      nodeOf[id] = nodeOf[above];
      chain[id] = chain[above];
      first[id] = first[above];
      continue;
    }
    const below = top === NONE ? nodeOf[above] : table.child(NONE, NONE, scene.kinds + top);
    const node = top === NONE ? folded(table, below, kindOf[id]) : NONE;
    if (node === NONE) {
      nodeOf[id] = table.child(below, above === 0 ? NONE : ways.fieldOf(id), kindOf[id]);
      chain[id] = 1;
      first[id] = id;
      continue;
    }
    // up to the last object of that node, a node a step
    let last = above;
    while (nodeOf[last] !== node) last = source[first[last]];
    nodeOf[id] = node;
    chain[id] = chain[last] + 1;
    first[id] = first[last];
  }
  scratch.release(first);
  const tree = yield* sumUp(scene, table, tops, nodeOf, chain);
  scratch.release(chain);
  return tree;
}

/** The node among the last few that has objects of a kind; NONE where there is none. */
function folded(table: NodeTable, below: number, kind: number): number {
  let node = below;
  for (let step = 0; step < FOLDED_WITHIN && node !== NONE; step++) {
    if (table.kind[node] === kind) return node;
    node = table.parent[node];
  }
  return NONE;
}

function* sumUp(
  { graph, kinds }: TreeScene,
  table: NodeTable,
  tops: readonly Top[],
  nodeOf: Uint32Array,
  chain: Uint32Array,
): Work<WayTree> {
  const { count } = table;
  const objects = new Float64Array(count);
  const ownBytes = new Float64Array(count);
  const longestChain = new Uint32Array(count);
  for (let id = 1; id <= graph.objectCount; id++) {
    if ((id & SLICE_MASK) === 0) yield id;
    const node = nodeOf[id];
    if (node === NONE) continue;
    objects[node]++;
    ownBytes[node] += shallowSize(graph, id);
    if (chain[id] > longestChain[node]) longestChain[node] = chain[id];
  }
  const sums = sumsBelow(table, objects, ownBytes);
  return { ...columnsOf(table), kinds, tops, objects, ownBytes, ...sums, longestChain, nodeOf };
}

/** What nodes have with all below them. */
export function sumsBelow(
  { parent, count }: Pick<NodeTable, 'parent' | 'count'>,
  objects: Float64Array,
  ownBytes: Float64Array,
): Pick<NodeTree, 'totalObjects' | 'bytes'> {
  const totalObjects = objects.slice();
  const bytes = ownBytes.slice();
  for (let node = count - 1; node >= 0; node--) {
    const above = parent[node];
    if (above === NONE) continue;
    totalObjects[above] += totalObjects[node];
    bytes[above] += bytes[node];
  }
  return { totalObjects, bytes };
}

/** The columns of a table at their length. */
export function columnsOf({
  count,
  parent,
  field,
  kind,
}: NodeTable): Pick<NodeTree, 'count' | 'parent' | 'field' | 'kind'> {
  return { count, parent: parent.slice(0, count), field: field.slice(0, count), kind: kind.slice(0, count) };
}
