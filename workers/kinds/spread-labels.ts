/**
 * Labels that spread along references: what only one label comes to keeps it, what several come to is SHARED. One marking for all labels together
 * (as in analysis/sole-holder.ts):
 *
 *   1. Paint. What nobody came to takes the label of what refers to it. Where one label runs into another, that object is shared.
 *   2. What a shared object leads to is shared.
 *
 * Each object is queued at most once in each phase, however many labels there are. 8 bytes an object while it runs.
 */
import { TIER_OF_HOLDER } from '../analysis/tiers';
import { NONE } from '../lib/none';
import type { Scratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';
import type { MarkedHeap } from './free-marking';

/** Several labels. Labels lie below. */
export const SHARED = NONE - 1;

const NO_ROWS: readonly number[] = [];

export class LabelSpreader {
  private readonly painted: Uint32Array;
  private readonly shared: Uint32Array;
  private paintedCount = 0;
  private sharedCount = 0;

  /**
   * @param label objectId → label, NONE where nobody has come yet
   * @param state objectId → whether labels spread to it, by the bits of `mask`
   */
  constructor(
    private readonly heap: MarkedHeap,
    private readonly label: Uint32Array,
    private readonly state: Uint8Array,
    private readonly mask: number,
    scratch: Scratch,
  ) {
    const { vertexCount } = heap.graph;
    this.painted = scratch.uint32('painted objects', vertexCount);
    this.shared = scratch.uint32('objects of several labels', vertexCount);
  }

  /** A label comes to an object. */
  come(label: number, objectId: number): void {
    const before = this.label[objectId];
    if (before === label || before === SHARED) return;
    this.label[objectId] = before === NONE ? label : SHARED;
    if (before === NONE) this.painted[this.paintedCount++] = objectId;
    if (this.label[objectId] === SHARED) this.shared[this.sharedCount++] = objectId;
  }

  /** Spreads what has come. An object with a finalizer leads to what its finalizer keeps, too. */
  *spread(): Work<void> {
    yield* this.drain(this.painted, () => this.paintedCount, false);
    yield* this.drain(this.shared, () => this.sharedCount, true);
  }

  private *drain(queue: Uint32Array, end: () => number, isShared: boolean): Work<void> {
    const { label, state, mask } = this;
    const { graph, reachability, finalizers } = this.heap;
    const { referenceStart, referenceTarget, roots } = graph;
    const { holder } = reachability;
    let steps = 0;
    for (let head = 0; head < end(); head++) {
      const v = queue[head];
      if (!isShared && label[v] === SHARED) continue;
      const tier = TIER_OF_HOLDER[holder[v]];
      for (let reference = referenceStart[v]; reference < referenceStart[v + 1]; reference++) {
        if ((++steps & SLICE_MASK) === 0) yield steps;
        const w = referenceTarget[reference];
        if ((state[w] & mask) !== 0 && TIER_OF_HOLDER[holder[w]] === tier) this.come(label[v], w);
      }
      for (const row of finalizers.rootsOf.get(v) ?? NO_ROWS) {
        const w = roots.target[row];
        if ((state[w] & mask) !== 0) this.come(label[v], w);
      }
    }
  }
}
