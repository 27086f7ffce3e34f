/**
 * Immediate dominators: semi-NCA (Georgiadis 2006, "Linear-Time Algorithms for Dominators and Related Problems", §2.3), which is the simple algorithm
 * of Lengauer and Tarjan (1979) without its buckets. Names are the papers': number, vertex, parent, ancestor, label, semi, eval, idom.
 *
 *   1. Depth-first search from vertex 0 through the entries, tier by tier: number, vertex, parent. References from a vertex numbered i to one
 *      that has a number j already are settled at once where i < j: j descends from i, so semi(j) is at most i. Where i > j, they cross to
 *      another branch or lead back: those are listed, and sorted by j.
 *   2. In reverse preorder, semidominators, by eval with path compression over what is listed. label holds the least semi on the compressed
 *      path, not its vertex.
 *   3. In preorder, idom(w) = the nearest ancestor of parent(w) in the tree so far whose number is at most semi(w).
 *
 * All of this waits for memory. After the search everything is in preorder numbers, which stay near each other, and the graph's other
 * direction is not read at all.
 *
 * Climbing step by step in 3 is quadratic on a long list whose elements are held by something else too (a queue of what a map holds as
 * well), so it climbs by jump pointers: O(log n) a vertex.
 *
 * The tier rule costs one comparison: each tier is a range of numbers, and a reference into an earlier range does not count.
 *
 * Memory: 20 bytes a vertex and 12 a listed reference while those are sorted, 28 and 4 afterwards. Columns are used twice where they can be: the cursor
 * of a vertex becomes its semi when the search is done with it, parent becomes idom, ancestor and label become jump and depth, number
 * becomes the result. eval climbs by turning the links round, so no stack is needed.
 */
import type { MemoryAccount } from '../lib/alloc';
import { Uint32Column } from '../lib/column';
import type { Digraph } from '../lib/digraph';
import { NONE } from '../lib/none';
import { withScratch, type Scratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';
import { hangBelow, nearestUpTo } from './jump-pointers';

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
  /** number → vertex, → parent's number */
  readonly vertex: Uint32Array;
  readonly parent: Uint32Array;
  /** number → least number of what refers to it from above it in the tree; 0 for entries */
  readonly semi: Uint32Array;
  /** Vertices reached, 0 included. */
  reached: number;
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
  return withScratch(account, (scratch) => dominate(graph, tiers, scratch, account));
}

function* dominate(
  graph: Digraph,
  tiers: readonly Uint32Array[],
  scratch: Scratch,
  account: MemoryAccount,
): Work<Dominators> {
  const crossing = new CrossingReferences(account);
  try {
    const tree = yield* searchDepthFirst(graph, tiers, crossing, scratch);
    const { number, vertex, parent: idom, semi, reached } = tree;
    const start = scratch.uint32('starts of crossing references', reached + 1);
    const source = yield* crossing.byTarget(start, scratch);
    const links = scratch.uint32('ancestor and label', 2 * reached);
    yield* findSemidominators(tree, start, source, links);
    yield* findNearestCommonAncestors(reached, idom, semi, links);
    for (let i = 1; i < reached; i++) {
      number[vertex[i]] = vertex[idom[i]];
      if ((i & SLICE_MASK) === 0) yield i;
    }
    number[0] = NONE;
    return { immediateDominator: scratch.keep(number), preorder: scratch.keep(vertex), reached };
  } finally {
    crossing.release();
  }
}

/** References from a higher number to a lower one. */
class CrossingReferences {
  /** Source and target by turns, in the order of the search. */
  private readonly ends: Uint32Column;

  constructor(account: MemoryAccount) {
    this.ends = new Uint32Column(account, 'crossing references');
  }

  add(from: number, to: number): void {
    this.ends.push(from);
    this.ends.push(to);
  }

  /** Sources by target: counting sort. `start` has an entry for each number and one more, all 0. */
  *byTarget(start: Uint32Array, scratch: Scratch): Work<Uint32Array> {
    const source = scratch.uint32('sources of crossing references', this.ends.length / 2);
    for (const part of this.ends.parts()) {
      for (let i = 1; i < part.length; i += 2) start[part[i]]++;
      yield part.length;
    }
    let sum = 0;
    for (let j = 0; j < start.length; j++) {
      sum += start[j];
      start[j] = sum;
    }
    for (const part of this.ends.parts()) {
      for (let i = 1; i < part.length; i += 2) source[--start[part[i]]] = part[i - 1];
      yield part.length;
    }
    this.ends.release();
    return source;
  }

  release(): void {
    this.ends.release();
  }
}

/** Phase 1. What refers to nothing is done as soon as it is numbered. The path back to the root is the chain of parents, so the search needs no stack. */
function* searchDepthFirst(
  graph: Digraph,
  tiers: readonly Uint32Array[],
  crossing: CrossingReferences,
  scratch: Scratch,
): Work<SearchTree> {
  const { vertexCount, referenceStart, referenceTarget } = graph;
  const number = scratch.uint32('immediateDominator', vertexCount);
  for (let v = 1; v < vertexCount; v++) {
    number[v] = NONE;
    if ((v & SLICE_MASK) === 0) yield v;
  }
  const vertex = scratch.uint32('preorder', vertexCount);
  const parent = scratch.uint32('parent', vertexCount);
  // where to go on in the row of a vertex that is not done
  const cursor = scratch.uint32('semi', vertexCount);
  const semi = cursor;
  let reached = 1;
  let steps = 0;
  for (const entries of tiers) {
    const tierStart = reached;
    for (const entry of entries) {
      if (number[entry] !== NONE) continue;
      number[entry] = reached;
      vertex[reached] = entry;
      let i = reached++;
      let reference = referenceStart[entry];
      let end = referenceStart[entry + 1];
      for (;;) {
        if ((++steps & SLICE_MASK) === 0) yield reached;
        if (reference === end) {
          semi[i] = parent[i];
          i = parent[i];
          if (i === 0) break;
          reference = cursor[i];
          end = referenceStart[vertex[i] + 1];
          continue;
        }
        const next = referenceTarget[reference++];
        const j = number[next];
        if (j === NONE) {
          number[next] = reached;
          vertex[reached] = next;
          parent[reached] = i;
          const first = referenceStart[next];
          const last = referenceStart[next + 1];
          if (first === last) {
            semi[reached++] = i;
          } else {
            cursor[i] = reference;
            i = reached++;
            reference = first;
            end = last;
          }
        } else if (j > i) {
          if (semi[j] > i) semi[j] = i;
        } else if (j < i && j >= tierStart) crossing.add(i, j);
      }
    }
  }
  for (const entries of tiers) for (const entry of entries) semi[number[entry]] = 0;
  return { number, vertex, parent, semi, reached };
}

/** Phase 2. Vertices numbered above w are linked to their ancestors, those up to w are not yet. `links` gets pairs of ancestor and label. */
function* findSemidominators(
  { parent, semi, reached }: SearchTree,
  start: Uint32Array,
  source: Uint32Array,
  links: Uint32Array,
): Work<void> {
  for (let w = reached - 1; w > 0; w--) {
    let least = semi[w];
    for (let i = start[w]; i < start[w + 1]; i++) {
      const u = evaluate(source[i], w, links);
      if (u < least) least = u;
    }
    semi[w] = least;
    links[2 * w] = parent[w];
    links[2 * w + 1] = least;
    if ((w & SLICE_MASK) === 0) yield reached - w;
  }
}

/** eval: the least semi from u up to the last linked ancestor, which is numbered above w. Compresses the path: upwards turning links, then down. */
function evaluate(u: number, w: number, links: Uint32Array): number {
  let above = links[2 * u];
  if (above <= w) return links[2 * u + 1];
  let at = u;
  let below = NONE;
  while (above > w) {
    links[2 * at] = below;
    below = at;
    at = above;
    above = links[2 * at];
  }
  let least = links[2 * at + 1];
  while (below !== NONE) {
    at = below;
    below = links[2 * at];
    links[2 * at] = above;
    if (links[2 * at + 1] > least) links[2 * at + 1] = least;
    else least = links[2 * at + 1];
  }
  return least;
}

/** Phase 3. idom comes in as parent; `links` gets pairs of jump and depth. */
function* findNearestCommonAncestors(
  reached: number,
  idom: Uint32Array,
  semi: Uint32Array,
  links: Uint32Array,
): Work<void> {
  links[0] = 0;
  links[1] = 0;
  for (let w = 1; w < reached; w++) {
    idom[w] = nearestUpTo(semi[w], idom[w], idom, links);
    hangBelow(idom[w], w, links);
    if ((w & SLICE_MASK) === 0) yield w;
  }
}
