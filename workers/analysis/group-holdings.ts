/**
 * What groups of objects hold besides what is reached otherwise: each alone, and with the groups that it shares something with. An object counts
 * for the group that alone reaches it; what several share counts for them together.
 *
 * Paint and spread, as in sole-holder.ts: groups paint one after another, and what two of them meet turns shared, with all behind it. Groups
 * that meet are joined (union-find), so that a cluster of them has all that its members reach. Each object is visited twice at most.
 * 12 bytes an object while it runs.
 */
import { shallowSize, type HeapGraph } from '../graph/heap-graph';
import type { MemoryAccount } from '../lib/alloc';
import { NONE } from '../lib/none';
import { withScratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';

/** group → … */
export interface GroupHoldings {
  /** What it alone reaches: objects and shallow bytes. */
  readonly objects: Float64Array;
  readonly bytes: Float64Array;
  /** The lowest of the groups that share something with it, directly or by others between; itself where none does. */
  readonly cluster: Uint32Array;
  /** What all groups of its cluster reach together. */
  readonly clusterObjects: Float64Array;
  readonly clusterBytes: Float64Array;
}

/** A set of objects that is only asked. */
interface Members {
  has(objectId: number): boolean;
}

/**
 * `starts`: for each group, the objects that it holds at first hand. `reached`: what is held otherwise, and by no group. `uncounted`: objects that
 * are passed through and not counted, and that lead from no group to another.
 */
export function findGroupHoldings(
  graph: HeapGraph,
  reached: Members,
  starts: readonly (readonly number[])[],
  uncounted: Members,
  account: MemoryAccount,
): Work<GroupHoldings> {
  return withScratch(account, function* (scratch) {
    const colour = scratch.uint32('group of each object', graph.vertexCount).fill(NONE);
    const queue = scratch.uint32('queue of a group', graph.vertexCount);
    const shared = scratch.uint32('objects of several groups', graph.vertexCount);
    const painter = new Painter(graph, reached, uncounted, starts.length, colour, queue, shared);
    for (const [group, objects] of starts.entries()) yield* painter.paint(group, objects);
    yield* painter.spread();
    return yield* painter.sumUp();
  });
}

class Painter {
  private queued = 0;
  private head = 0;
  private sharedCount = 0;
  /** group → another of its cluster, nearer to the lowest; the lowest → itself */
  private readonly joined: Uint32Array;

  /** `colour`: objectId → the group that came to it first, plus `groups` where others did too; NONE before. */
  constructor(
    private readonly graph: HeapGraph,
    private readonly reached: Members,
    private readonly uncounted: Members,
    private readonly groups: number,
    private readonly colour: Uint32Array,
    private readonly queue: Uint32Array,
    private readonly shared: Uint32Array,
  ) {
    this.joined = Uint32Array.from({ length: groups }, (_, group) => group);
  }

  *paint(group: number, starts: readonly number[]): Work<void> {
    const { referenceStart, referenceTarget } = this.graph;
    for (const objectId of starts) this.meet(objectId, group);
    while (this.head < this.queued) {
      const v = this.queue[this.head++];
      for (let at = referenceStart[v]; at < referenceStart[v + 1]; at++) {
        const w = referenceTarget[at];
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
        if (this.colour[w] < this.groups && !this.uncounted.has(w)) this.share(w);
      }
      if ((head & SLICE_MASK) === 0) yield head;
    }
  }

  *sumUp(): Work<GroupHoldings> {
    const { groups } = this;
    const cluster = this.joined.map((_, group) => this.lowest(group));
    const objects = new Float64Array(groups);
    const bytes = new Float64Array(groups);
    const ofCluster = { objects: new Float64Array(groups), bytes: new Float64Array(groups) };
    for (let at = 0; at < this.queued; at++) {
      if ((at & SLICE_MASK) === 0) yield at;
      const v = this.queue[at];
      if (this.uncounted.has(v)) continue;
      const group = this.colour[v] % groups;
      ofCluster.objects[cluster[group]]++;
      ofCluster.bytes[cluster[group]] += shallowSize(this.graph, v);
      if (this.colour[v] >= groups) continue;
      objects[group]++;
      bytes[group] += shallowSize(this.graph, v);
    }
    return {
      objects,
      bytes,
      cluster,
      clusterObjects: objects.map((_, group) => ofCluster.objects[cluster[group]]),
      clusterBytes: bytes.map((_, group) => ofCluster.bytes[cluster[group]]),
    };
  }

  private meet(v: number, group: number): void {
    const colour = this.colour[v];
    if (colour === NONE) {
      // what is held otherwise is not the groups' alone; what is not counted is passed through all the same
      if (this.reached.has(v) && !this.uncounted.has(v)) return;
      this.colour[v] = group;
      this.queue[this.queued++] = v;
      return;
    }
    if (colour % this.groups === group) return;
    this.join(colour % this.groups, group);
    if (colour < this.groups) this.share(v);
  }

  private share(v: number): void {
    this.colour[v] += this.groups;
    this.shared[this.sharedCount++] = v;
  }

  private join(a: number, b: number): void {
    const [low, high] = [this.lowest(a), this.lowest(b)].sort((x, y) => x - y);
    this.joined[high] = low;
  }

  private lowest(group: number): number {
    let at = group;
    while (this.joined[at] !== at) at = this.joined[at] = this.joined[this.joined[at]];
    return at;
  }
}
