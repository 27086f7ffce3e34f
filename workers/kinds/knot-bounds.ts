/**
 * How many members a component could lose at most without one kind of reference, for all kinds at once. From one member, which many refer to, two
 * breadth-first trees: along the references and against them. A member whose two ways to it use no reference of a kind stays in its
 * component without the kind; so no more are lost than stand below references of that kind in either tree. This is a bound, not a guess: a
 * kind that cannot beat the best so far needs no search.
 *
 * 40 bytes a vertex and 8 a reference while it runs, on the largest component alone.
 */
import { NONE } from '../lib/none';
import type { Scratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';
import type { KindedRows } from './knot-graph';

/** kind → members of the first `count` vertices, one component, that could be lost at most */
export function* mostLost(rows: KindedRows, count: number, kinds: number, scratch: Scratch): Work<Float64Array> {
  const lost = new Float64Array(kinds);
  const back = yield* backwards(rows, count, scratch);
  const middle = mostReferred(back);
  for (const direction of [rows, back]) {
    const tree = yield* breadthFirstTree(direction, count, middle, scratch);
    yield* addBelow(tree, middle, lost);
    scratch.release(tree.parent, tree.kind, tree.below, tree.child, tree.sibling);
  }
  scratch.release(back.start, back.target, back.kind);
  return lost;
}

/** The other direction of the references among the first vertices. */
function* backwards({ start, target, kind }: KindedRows, count: number, scratch: Scratch): Work<KindedRows> {
  const total = start[count];
  const back = {
    count,
    start: scratch.uint32('first referrers of a knot', count + 1),
    target: scratch.uint32('referrers of a knot', total),
    kind: scratch.uint32('kinds of referrers', total),
  };
  for (let at = 0; at < total; at++) back.start[target[at]]++;
  for (let v = 1; v <= count; v++) back.start[v] += back.start[v - 1];
  for (let v = count - 1; v >= 0; v--) {
    for (let at = start[v + 1] - 1; at >= start[v]; at--) {
      const place = --back.start[target[at]];
      back.target[place] = v;
      back.kind[place] = kind[at];
    }
    if ((v & SLICE_MASK) === 0) yield count - v;
  }
  return back;
}

function mostReferred({ count, start }: KindedRows): number {
  let best = 0;
  for (let v = 1; v < count; v++) if (start[v + 1] - start[v] > start[best + 1] - start[best]) best = v;
  return best;
}

interface Tree {
  readonly parent: Uint32Array;
  /** vertex → kind of the reference that it hangs on */
  readonly kind: Uint32Array;
  /** vertex → vertices in its subtree, itself included */
  readonly below: Uint32Array;
  /** vertex → its first child, and the next one of its parent's; NONE where there is none */
  readonly child: Uint32Array;
  readonly sibling: Uint32Array;
}

function* breadthFirstTree(rows: KindedRows, count: number, root: number, scratch: Scratch): Work<Tree> {
  const column = (name: string) => scratch.uint32(`${name} of a knot's tree`, count);
  const tree = {
    parent: column('parents').fill(NONE),
    kind: column('kinds'),
    below: column('subtrees').fill(1),
    child: column('children').fill(NONE),
    sibling: column('siblings').fill(NONE),
  };
  const { parent, kind, below, child, sibling } = tree;
  const queue = column('queue');
  queue[0] = root;
  let end = 1;
  for (let head = 0; head < end; head++) {
    const v = queue[head];
    for (let at = rows.start[v]; at < rows.start[v + 1]; at++) {
      const w = rows.target[at];
      if (w === root || parent[w] !== NONE) continue;
      parent[w] = v;
      kind[w] = rows.kind[at];
      sibling[w] = child[v];
      child[v] = w;
      queue[end++] = w;
    }
    if ((head & SLICE_MASK) === 0) yield head;
  }
  for (let at = end - 1; at > 0; at--) below[parent[queue[at]]] += below[queue[at]];
  scratch.release(queue);
  return tree;
}

/** Adds, for each kind, the subtrees below its topmost references: a walk over the tree that knows which kinds are above. */
function* addBelow({ parent, kind, below, child, sibling }: Tree, root: number, lost: Float64Array): Work<void> {
  const above = new Uint32Array(lost.length);
  let steps = 0;
  let v = child[root];
  if (v === NONE) return;
  for (;;) {
    if (above[kind[v]]++ === 0) lost[kind[v]] += below[v];
    if ((++steps & SLICE_MASK) === 0) yield steps;
    if (child[v] !== NONE) {
      v = child[v];
      continue;
    }
    above[kind[v]]--;
    while (sibling[v] === NONE) {
      v = parent[v];
      if (v === root) return;
      above[kind[v]]--;
    }
    v = sibling[v];
  }
}
