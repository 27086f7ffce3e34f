/** Shallow bytes of all objects that a root reaches, strong or weak: what shares of the heap are shares of. */
import { HOLDER, type Reachability } from '../../analysis/results';

/** What of a heap is needed. */
export interface ReachableHeap {
  readonly reachability: Pick<Reachability, 'bytes'>;
}

export function reachableBytes({ reachability: { bytes } }: ReachableHeap): number {
  return bytes.subarray(0, HOLDER.nothing).reduce((sum, value) => sum + value, 0);
}
