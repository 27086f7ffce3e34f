/**
 * Climbing a tree that grows at its leaves, in O(log n) steps: the jump pointers of Myers (1983, "An applicative random-access stack"). Each
 * vertex knows one ancestor far above besides its parent, such that vertices of equal depth have jumps of equal depth. Vertex 0 is the root.
 *
 * `links` has pairs of jump and depth, 0 and 0 for the root; `parent` is the caller's own column.
 */

/** Hangs a new leaf below a vertex that has its links: two jumps of equal length become one. */
export function hangBelow(parent: number, leaf: number, links: Uint32Array): void {
  const depth = links[2 * parent + 1];
  const jump = links[2 * parent];
  const depthOfJump = links[2 * jump + 1];
  links[2 * leaf] = depth - depthOfJump === depthOfJump - links[2 * links[2 * jump] + 1] ? links[2 * jump] : parent;
  links[2 * leaf + 1] = depth + 1;
}

/** After levelling, both climb together. */
export function nearestCommonAncestor(a: number, b: number, parent: Uint32Array, links: Uint32Array): number {
  while (links[2 * a + 1] > links[2 * b + 1]) {
    const jump = links[2 * a];
    a = links[2 * jump + 1] >= links[2 * b + 1] ? jump : parent[a];
  }
  while (links[2 * b + 1] > links[2 * a + 1]) {
    const jump = links[2 * b];
    b = links[2 * jump + 1] >= links[2 * a + 1] ? jump : parent[b];
  }
  while (a !== b) {
    const together = links[2 * a] === links[2 * b];
    a = together ? parent[a] : links[2 * a];
    b = together ? parent[b] : links[2 * b];
  }
  return a;
}

/** The nearest of a vertex and its ancestors whose number is at most `number`, in a tree whose numbers fall on the way up. */
export function nearestUpTo(number: number, vertex: number, parent: Uint32Array, links: Uint32Array): number {
  let at = vertex;
  while (at > number) at = links[2 * at] >= number ? links[2 * at] : parent[at];
  return at;
}
