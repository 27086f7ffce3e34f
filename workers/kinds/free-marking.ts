/**
 * What roots still reach when some references are thought away: the heap marked anew without them, breadth-first, from the effective roots and
 * over references inside a tier. Where an object that has a finalizer goes, the finalizer runs once and keeps nothing any longer: its roots
 * are taken away too, and all is marked again, until no other finalizer runs. That a finalizer may store its object somewhere is not foreseen.
 *
 * As long as reachability takes, a round. 5 bytes an object while it lives.
 */
import type { ObjectGraph } from '../analysis/object-graph';
import type { PendingFinalizers } from '../analysis/removal-loss';
import { HOLDER, type Reachability } from '../analysis/results';
import { TIER_OF_HOLDER } from '../analysis/tiers';
import type { Scratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';

/** What markings need. */
export interface MarkedHeap {
  readonly graph: ObjectGraph;
  readonly reachability: Reachability;
  readonly finalizers: Pick<PendingFinalizers, 'rootsOf'>;
}

/** What is thought away. */
export interface Removal {
  /** Asked about rows of graph.roots. */
  readonly isRootCut: (root: number) => boolean;
  /** Objects that are not entered. */
  readonly blocked: Iterable<number>;
  /** objectId → whether `isCut` has to be asked about its references, by the bits of `mask` */
  readonly state: Uint8Array;
  readonly mask: number;
  /** Asked about references between objects of one tier. */
  readonly isCut: (from: number, reference: number) => boolean;
}

/** Objects and their shallow bytes. */
export interface Lost {
  readonly objects: number;
  readonly bytes: number;
}

/** What a marking has in its column besides the tier (0 strong, 1 weak, 2 none) of objects that were not come to. */
const MARKED = 3;
const BLOCKED = 4;

export class Marking {
  /** objectId → tier while it was not come to, MARKED, or BLOCKED */
  private readonly mark: Uint8Array;
  private readonly queue: Uint32Array;
  /** Roots of finalizers that ran. */
  private ran = new Set<number>();
  /** Times that the heap was marked. */
  rounds = 0;

  constructor(
    private readonly heap: MarkedHeap,
    scratch: Scratch,
  ) {
    const { vertexCount } = heap.graph;
    this.mark = scratch.uint8('marks without references', vertexCount);
    this.queue = scratch.uint32('queue of marking without references', vertexCount);
  }

  isMarked(objectId: number): boolean {
    return this.mark[objectId] === MARKED;
  }

  /** Marks with all finalizers still to run. */
  *begin(removal: Removal): Work<void> {
    this.ran = new Set();
    yield* this.round(removal);
  }

  /** Marks again until no other finalizer runs. */
  *settle(removal: Removal): Work<void> {
    while (this.runFinalizers()) yield* this.round(removal);
  }

  /** What something recorded holds today and nothing would hold then; `onLost` hears of each, in ascending order. */
  *lost(onLost: (objectId: number) => void = () => undefined): Work<Lost> {
    const { graph, reachability } = this.heap;
    const { objectCount, shapeId, shapes } = graph;
    let objects = 0;
    let bytes = 0;
    for (let v = 1; v <= objectCount; v++) {
      if ((v & SLICE_MASK) === 0) yield v;
      if (this.mark[v] === MARKED || reachability.holder[v] === HOLDER.nothing) continue;
      objects++;
      bytes += shapes.slotSize[shapeId[v]];
      onLost(v);
    }
    return { objects, bytes };
  }

  private *round(removal: Removal): Work<void> {
    this.rounds++;
    const { mark, queue } = this;
    const { graph, reachability } = this.heap;
    const { referenceStart, referenceTarget } = graph;
    const { holder } = reachability;
    const { state, mask } = removal;
    let end = yield* this.start(removal);
    let steps = 0;
    for (let head = 0; head < end; head++) {
      const v = queue[head];
      const tier = TIER_OF_HOLDER[holder[v]];
      const isAsked = (state[v] & mask) !== 0;
      for (let reference = referenceStart[v]; reference < referenceStart[v + 1]; reference++) {
        const w = referenceTarget[reference];
        if ((++steps & SLICE_MASK) === 0) yield steps;
        if (mark[w] !== tier || (isAsked && removal.isCut(v, reference))) continue;
        mark[w] = MARKED;
        queue[end++] = w;
      }
    }
  }

  /** Puts what roots point at into the queue; returns how many there are. */
  private *start({ isRootCut, blocked }: Removal): Work<number> {
    const { mark, queue, ran } = this;
    const { graph, reachability } = this.heap;
    for (let v = 0; v < mark.length; v++) {
      mark[v] = TIER_OF_HOLDER[reachability.holder[v]];
      if ((v & SLICE_MASK) === 0) yield v;
    }
    for (const v of blocked) mark[v] = BLOCKED;
    let end = 0;
    for (const root of reachability.effectiveRoots) {
      const target = graph.roots.target[root];
      if (mark[target] >= MARKED || ran.has(root) || isRootCut(root)) continue;
      mark[target] = MARKED;
      queue[end++] = target;
    }
    return end;
  }

  /** Finalizers of what is gone; whether there are any that had not run yet. */
  private runFinalizers(): boolean {
    const { holder } = this.heap.reachability;
    const before = this.ran.size;
    for (const [objectId, rows] of this.heap.finalizers.rootsOf) {
      if (this.mark[objectId] === MARKED || holder[objectId] === HOLDER.nothing) continue;
      for (const row of rows) this.ran.add(row);
    }
    return this.ran.size > before;
  }
}
