/** Names in the sentences of findings. */
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { formatCount } from '../../lib/format';

/** The function that begins at a pc, as it stands behind `the finalizer`, `the function`: by its pc where nothing tells the name. */
export function functionText(heap: AnalysedHeap, entryPc: number): string {
  return heap.functionAt(entryPc) ?? `at 0x${entryPc.toString(16)}`;
}

/** `5,000 × main.A`, and a single one by its type alone. */
export function times(count: number, type: string): string {
  return count === 1 ? type : `${formatCount(count)} × ${type}`;
}

/** The same for keys, which hold no addresses. */
export function functionKey(heap: AnalysedHeap, entryPc: number): string {
  return heap.functionAt(entryPc) ?? 'a function without a name';
}
