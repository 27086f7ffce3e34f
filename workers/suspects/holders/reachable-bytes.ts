/** Shallow bytes of all objects that a root reaches, strong or weak: what shares of the heap are shares of. */
import { HOLDER } from '../../analysis/results';
import type { AnalysedHeap } from '../../heap/analysed-heap';

export function reachableBytes({ reachability: { bytes } }: Pick<AnalysedHeap, 'reachability'>): number {
  return bytes.subarray(0, HOLDER.nothing).reduce((sum, value) => sum + value, 0);
}
