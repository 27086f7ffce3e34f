/** Whose a root is. */
import { ROOT, type HeapGraph } from './heap-graph';

/** The goroutine that a root belongs to, as an index of records.goroutines; null for every other kind of root. */
export function goroutineOfRoot({ roots: { kind, owner }, records }: HeapGraph, root: number): number | null {
  if (kind[root] === ROOT.stack) return records.frames[owner[root]].goroutine;
  return kind[root] === ROOT.goroutine ? owner[root] : null;
}
