/**
 * What groups of goroutines that never run again hold: all that their roots, descriptors and sudogs reach and that nothing reaches which can
 * run. An object counts for the group that alone reaches it; what several share counts for none.
 *
 * Paint and spread, as in analysis/sole-holder.ts: groups paint one after another, and what two of them meet turns shared, with all behind it.
 * Each object is visited twice at most. 12 bytes an object while it runs.
 */
import type { HeapGraph } from '../graph/heap-graph';
import { shallowSize } from '../graph/heap-graph';
import type { MemoryAccount } from '../lib/alloc';
import type { BitSet } from '../lib/bit-set';
import { NONE } from '../lib/none';
import { withScratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';

/** group → objects and shallow bytes */
export interface GroupHoldings {
  readonly objects: Float64Array;
  readonly bytes: Float64Array;
}

const SHARED = NONE - 1;

/**
 * `starts`: for each group, the objects that its goroutines hold at first hand. `uncounted`: descriptors and sudogs, which the runtime uses
 * again and never frees; they are passed through.
 */
export function findStuckHoldings(
  graph: HeapGraph,
  reached: BitSet,
  starts: readonly (readonly number[])[],
  uncounted: ReadonlySet<number>,
  account: MemoryAccount,
): Work<GroupHoldings> {
  return withScratch(account, function* (scratch) {
    const colour = scratch.uint32('group of each object', graph.vertexCount).fill(NONE);
    const queue = scratch.uint32('queue of a group', graph.vertexCount);
    const shared = scratch.uint32('objects of several groups', graph.vertexCount);
    const painter = new Painter(graph, reached, uncounted, colour, queue, shared);
    for (const [group, objects] of starts.entries()) yield* painter.paint(group, objects);
    yield* painter.spread();
    return yield* sumUp(graph, painter.painted(), colour, uncounted, starts.length);
  });
}

class Painter {
  private queued = 0;
  private head = 0;
  private sharedCount = 0;

  constructor(
    private readonly graph: HeapGraph,
    private readonly reached: BitSet,
    private readonly uncounted: ReadonlySet<number>,
    private readonly colour: Uint32Array,
    private readonly queue: Uint32Array,
    private readonly shared: Uint32Array,
  ) {}

  *paint(group: number, starts: readonly number[]): Work<void> {
    const { referenceStart, referenceTarget } = this.graph;
    for (const objectId of starts) this.meet(objectId, group);
    while (this.head < this.queued) {
      const v = this.queue[this.head++];
      for (let at = referenceStart[v]; at < referenceStart[v + 1]; at++) {
        const w = referenceTarget[at];
        // other goroutines' descriptors and sudogs stand in the runtime's lists, which is no holding
        if (!this.uncounted.has(w)) this.meet(w, group);
      }
      if ((this.head & SLICE_MASK) === 0) yield this.head;
    }
  }

  *spread(): Work<void> {
    const { referenceStart, referenceTarget } = this.graph;
    for (let head = 0; head < this.sharedCount; head++) {
      const v = this.shared[head];
      for (let at = referenceStart[v]; at < referenceStart[v + 1]; at++) {
        const w = referenceTarget[at];
        if (this.colour[w] === NONE || this.colour[w] === SHARED || this.uncounted.has(w)) continue;
        this.share(w);
      }
      if ((head & SLICE_MASK) === 0) yield head;
    }
  }

  painted(): Uint32Array {
    return this.queue.subarray(0, this.queued);
  }

  private meet(v: number, group: number): void {
    const colour = this.colour[v];
    if (colour === NONE) {
      // what something reaches that can run is not the goroutines' alone; their own descriptors are passed through all the same
      if (this.reached.has(v) && !this.uncounted.has(v)) return;
      this.colour[v] = group;
      this.queue[this.queued++] = v;
    } else if (colour !== group && colour !== SHARED) this.share(v);
  }

  private share(v: number): void {
    this.colour[v] = SHARED;
    this.shared[this.sharedCount++] = v;
  }
}

function* sumUp(
  graph: HeapGraph,
  painted: Uint32Array,
  colour: Uint32Array,
  uncounted: ReadonlySet<number>,
  groups: number,
): Work<GroupHoldings> {
  const objects = new Float64Array(groups);
  const bytes = new Float64Array(groups);
  let steps = 0;
  for (const v of painted) {
    if (colour[v] < groups && !uncounted.has(v)) {
      objects[colour[v]]++;
      bytes[colour[v]] += shallowSize(graph, v);
    }
    if ((++steps & SLICE_MASK) === 0) yield steps;
  }
  return { objects, bytes };
}
