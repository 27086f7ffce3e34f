/** The other direction of a graph in compressed sparse rows. */
import type { MemoryAccount } from './alloc';
import { SLICE_MASK, type Work } from './work';

export interface Rows {
  /** vertex → index of its first entry; vertexCount + 1 entries */
  start: Uint32Array;
  entry: Uint32Array;
}

/**
 * Reverses a graph by counting sort: count the rows, turn counts into row ends, then walk the references backwards and
 * put each source in front of its row's end. What is left in `start` are the row starts, so no cursor column is needed,
 * and each row ascends by source.
 *
 * Yields vertices done, 2 · vertexCount in all.
 */
export function* reversed(
  vertexCount: number,
  start: Uint32Array,
  target: Uint32Array,
  account: MemoryAccount,
): Work<Rows> {
  const reverseStart = account.uint32('referrerStart', vertexCount + 1);
  const source = account.uint32('referrerSource', target.length);

  // count, a slice of vertices at a time
  for (let vertex = 0; vertex < vertexCount; vertex++) {
    for (let i = start[vertex]; i < start[vertex + 1]; i++) reverseStart[target[i]]++;
    if ((vertex & SLICE_MASK) === SLICE_MASK) yield vertex;
  }

  // counts to ends
  let sum = 0;
  for (let vertex = 0; vertex <= vertexCount; vertex++) {
    sum += reverseStart[vertex];
    reverseStart[vertex] = sum;
  }

  // fill backwards
  for (let vertex = vertexCount - 1; vertex >= 0; vertex--) {
    for (let i = start[vertex + 1] - 1; i >= start[vertex]; i--) source[--reverseStart[target[i]]] = vertex;
    if ((vertex & SLICE_MASK) === 0) yield 2 * vertexCount - vertex;
  }
  return { start: reverseStart, entry: source };
}
