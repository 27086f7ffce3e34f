/**
 * Immediate dominators: semi-NCA (Georgiadis 2006, "Linear-Time Algorithms for Dominators and Related Problems", §2.3), which is the simple algorithm
 * of Lengauer and Tarjan (1979) without its buckets. Names are the papers': number, vertex, parent, ancestor, label, semi, eval, idom.
 *
 *   1. Depth-first search from vertex 0 through the entries, tier by tier: number, vertex, parent.
 *   2. In reverse preorder, semidominators, by eval with path compression. label holds the least semi on the compressed path, not its vertex.
 *   3. In preorder, idom(w) = the nearest ancestor of parent(w) in the tree so far whose number is at most semi(w).
 *
 * Climbing step by step in 3 is quadratic on a long list whose elements are held by something else too (a queue of what a map holds as
 * well), so it climbs by the jump pointers of Myers (1983, "An applicative random-access stack"): O(log n) a vertex.
 *
 * The tier rule costs one comparison: each tier is a range of numbers, and a referrer numbered after w's tier lies in a lower tier, or was
 * not reached.
 *
 * Memory: six Uint32 columns, 24 bytes a vertex. Each is used twice where it can be: cursors of the search become semi, parent becomes idom, ancestor and
 * label become jump and depth, number becomes the result. eval climbs by turning the links round, so no stack is needed.
 */
import type { MemoryAccount } from '../lib/alloc';
import type { Digraph } from '../lib/digraph';
import { NONE } from '../lib/none';
import { withScratch, type Scratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';

export interface Dominators {
  /** vertex → immediate dominator; NONE for vertex 0 and for what no entry reaches */
  readonly immediateDominator: Uint32Array;
  /** The vertices reached, in depth-first preorder, vertex 0 first: each dominator stands before what it dominates. Zeros after them. */
  readonly preorder: Uint32Array;
  /** Vertices reached, vertex 0 included. */
  readonly reached: number;
}

interface SearchTree {
  /** vertex → preorder number, NONE where not reached */
  readonly number: Uint32Array;
  /** number → vertex, → parent's number, → next reference to follow */
  readonly vertex: Uint32Array;
  readonly parent: Uint32Array;
  readonly cursor: Uint32Array;
  /** Vertices reached, 0 included. */
  reached: number;
  /** tier → number after its last vertex */
  readonly tierEnd: number[];
}

/**
 * Dominators from vertex 0, which leads to the entries (and has no references of its own). References from what a later tier of entries
 * reached first into what an earlier one reached do not count.
 */
export function findDominators(
  graph: Digraph,
  tiers: readonly Uint32Array[],
  account: MemoryAccount,
): Work<Dominators> {
  return withScratch(account, (scratch) => dominate(graph, tiers, scratch));
}

function* dominate(graph: Digraph, tiers: readonly Uint32Array[], scratch: Scratch): Work<Dominators> {
  const tree = yield* searchDepthFirst(graph, tiers, scratch);
  const { number, vertex, parent: idom, cursor: semi, reached } = tree;
  const ancestor = scratch.uint32('ancestor', reached);
  const label = scratch.uint32('label', reached);
  for (let i = 1; i < reached; i++) {
    semi[i] = idom[i];
    ancestor[i] = idom[i];
    if ((i & SLICE_MASK) === 0) yield i;
  }
  for (const entries of tiers) for (const entry of entries) semi[number[entry]] = 0;
  yield* findSemidominators(graph, tree, semi, ancestor, label);
  yield* findNearestCommonAncestors(reached, idom, semi, ancestor, label);
  for (let i = 1; i < reached; i++) {
    number[vertex[i]] = vertex[idom[i]];
    if ((i & SLICE_MASK) === 0) yield i;
  }
  number[0] = NONE;
  return { immediateDominator: scratch.keep(number), preorder: scratch.keep(vertex), reached };
}

/** Phase 1. The path back to the root is the chain of parents, so the search needs no stack. */
function* searchDepthFirst(graph: Digraph, tiers: readonly Uint32Array[], scratch: Scratch): Work<SearchTree> {
  const { vertexCount, referenceStart, referenceTarget } = graph;
  const number = scratch.uint32('immediateDominator', vertexCount);
  for (let v = 1; v < vertexCount; v++) {
    number[v] = NONE;
    if ((v & SLICE_MASK) === 0) yield v;
  }
  const vertex = scratch.uint32('preorder', vertexCount);
  const parent = scratch.uint32('parent', vertexCount);
  const cursor = scratch.uint32('semi', vertexCount);
  const tierEnd: number[] = [];
  let reached = 1;
  for (const entries of tiers) {
    for (const entry of entries) {
      let next = entry;
      let i = 0;
      for (;;) {
        if (number[next] === NONE) {
          number[next] = reached;
          vertex[reached] = next;
          parent[reached] = i;
          cursor[reached] = referenceStart[next];
          i = reached++;
          if ((i & SLICE_MASK) === 0) yield i;
        }
        if (i === 0) break;
        const end = referenceStart[vertex[i] + 1];
        let reference = cursor[i];
        while (reference < end && number[referenceTarget[reference]] !== NONE) reference++;
        cursor[i] = reference + 1;
        if (reference < end) next = referenceTarget[reference];
        else i = parent[i];
      }
    }
    tierEnd.push(reached);
  }
  return { number, vertex, parent, cursor, reached, tierEnd };
}

/** Phase 2. Vertices numbered above w are linked to their ancestors, those up to w are not yet. semi comes in as parent, and 0 for entries. */
function* findSemidominators(
  graph: Digraph,
  { number, vertex, reached, tierEnd }: SearchTree,
  semi: Uint32Array,
  ancestor: Uint32Array,
  label: Uint32Array,
): Work<void> {
  const { referrerStart, referrerSource } = graph;
  let tier = tierEnd.length - 1;
  for (let w = reached - 1; w > 0; w--) {
    while (tier > 0 && w < tierEnd[tier - 1]) tier--;
    const end = tierEnd[tier];
    const last = referrerStart[vertex[w] + 1];
    let least = semi[w];
    for (let referrer = referrerStart[vertex[w]]; referrer < last && least > 0; referrer++) {
      let u = number[referrerSource[referrer]];
      if (u >= end) continue;
      if (u > w) u = evaluate(u, w, ancestor, label);
      if (u < least) least = u;
    }
    semi[w] = least;
    label[w] = least;
    if ((w & SLICE_MASK) === 0) yield reached - w;
  }
}

/** eval: the least semi from u up to the last linked ancestor, which is numbered above w. Compresses the path: upwards turning links, then down. */
function evaluate(u: number, w: number, ancestor: Uint32Array, label: Uint32Array): number {
  let above = ancestor[u];
  if (above <= w) return label[u];
  let at = u;
  let below = NONE;
  while (above > w) {
    ancestor[at] = below;
    below = at;
    at = above;
    above = ancestor[at];
  }
  let least = label[at];
  while (below !== NONE) {
    at = below;
    below = ancestor[at];
    ancestor[at] = above;
    if (label[at] > least) label[at] = least;
    else least = label[at];
  }
  return least;
}

/** Phase 3. idom comes in as parent; jump and depth may hold anything. */
function* findNearestCommonAncestors(
  reached: number,
  idom: Uint32Array,
  semi: Uint32Array,
  jump: Uint32Array,
  depth: Uint32Array,
): Work<void> {
  jump[0] = 0;
  depth[0] = 0;
  for (let w = 1; w < reached; w++) {
    const s = semi[w];
    let d = idom[w];
    while (d > s) d = jump[d] >= s ? jump[d] : idom[d];
    idom[w] = d;
    depth[w] = depth[d] + 1;
    const j = jump[d];
    jump[w] = depth[d] - depth[j] === depth[j] - depth[jump[j]] ? jump[j] : d;
    if ((w & SLICE_MASK) === 0) yield w;
  }
}
