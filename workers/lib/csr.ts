/** The other direction of a graph in compressed sparse rows. */
import type { MemoryAccount } from './alloc';
import { SLICE_MASK, type Work } from './work';

export interface Rows {
  /** vertex → index of its first entry; vertexCount + 1 entries */
  start: Uint32Array;
  entry: Uint32Array;
}

/**
 * Reverses a graph by counting sort. `count` holds the referrers of each vertex, and one entry more; whoever fills the
 * rows counts them for nothing. Counts become row ends; then the references are walked backwards and each source is put
 * in front of its row's end. What is left are row starts, so no cursor column is needed, and rows ascend by source.
 *
 * `count` becomes `start` of the result. Yields vertices done.
 */
export function* reversed({ start, entry }: Rows, count: Uint32Array, account: MemoryAccount): Work<Rows> {
  const vertexCount = start.length - 1;
  const source = account.uint32('referrerSource', entry.length);

  // counts to ends
  let sum = 0;
  for (let vertex = 0; vertex <= vertexCount; vertex++) {
    sum += count[vertex];
    count[vertex] = sum;
  }

  // fill backwards
  for (let vertex = vertexCount - 1; vertex >= 0; vertex--) {
    for (let i = start[vertex + 1] - 1; i >= start[vertex]; i--) source[--count[entry[i]]] = vertex;
    if ((vertex & SLICE_MASK) === 0) yield vertexCount - vertex;
  }
  return { start: count, entry: source };
}
