/**
 * What leads to a target, object by object: what is outside of it, what goes with it, and its ancestors, told by bits.
 *
 *   1. Outside: what the roots reach without entering the target. What something recorded holds and is not reached then goes with the target.
 *   2. Ancestors: from the members backwards over referrers that are outside.
 *
 * 1 byte an object as long as it lives, 9 more while it is made.
 */
import type { PendingFinalizers } from '../analysis/removal-loss';
import { HOLDER } from '../analysis/results';
import { TIER_OF_HOLDER } from '../analysis/tiers';
import { ROOT, ROOT_PART } from '../graph/heap-graph';
import type { MemoryAccount } from '../lib/alloc';
import { NONE } from '../lib/none';
import type { Scratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';
import type { Marking, Lost, MarkedHeap, Removal } from './free-marking';
import type { WayKinds } from './free-ways';

export interface FreeHeap extends MarkedHeap {
  readonly account: MemoryAccount;
  readonly kinds: WayKinds;
  /** objectId → cycle, NONE for objects on none */
  readonly cycleOf: Uint32Array;
}

/** What is known of an object, as bits. */
export const MEMBER = 1;
/** Reached without entering the target, while finalizers of the target are still to run. */
const OUTSIDE = 2;
/** Goes with the target. */
export const GOES = 4;
export const ANCESTOR = 8;
/** An ancestor that is the inside of a container. */
export const INSIDE = 16;

export class TargetAncestors {
  /** objectId → bits */
  readonly state: Uint8Array;
  /** Members that something recorded holds, each once. */
  readonly members: Uint32Array;
  /** Objects that are ancestors. */
  count = 0;

  /** @param members objects, which may repeat */
  constructor(
    private readonly heap: FreeHeap,
    members: Uint32Array,
    kept: Scratch,
  ) {
    this.state = kept.uint8('states of what a target is held by', heap.graph.vertexCount);
    const held = kept.uint32('members of a target', members.length);
    let count = 0;
    for (const v of members) {
      if (this.state[v] !== 0 || heap.reachability.holder[v] === HOLDER.nothing) continue;
      this.state[v] = MEMBER;
      held[count++] = v;
    }
    this.members = held.subarray(0, count);
  }

  /** 1. What goes without all that enters the target. */
  *findOutside(marking: Marking): Work<Lost> {
    const { state } = this;
    const removal = { ...this.removal(0, () => false), blocked: this.members };
    yield* marking.begin(removal);
    for (let v = 1; v < state.length; v++) {
      if (marking.isMarked(v)) state[v] |= OUTSIDE;
      if ((v & SLICE_MASK) === 0) yield v;
    }
    yield* marking.settle(removal);
    return yield* marking.lost((v) => {
      state[v] |= GOES;
    });
  }

  /** 2 */
  *findAncestors(scratch: Scratch): Work<void> {
    const { state, members } = this;
    const { graph, kinds } = this.heap;
    const { referrerStart, referrerSource } = graph;
    const queue = scratch.uint32('queue of ancestors', graph.vertexCount);
    queue.set(members);
    let end = members.length;
    let steps = 0;
    for (let head = 0; head < end; head++) {
      const v = queue[head];
      for (let at = referrerStart[v]; at < referrerStart[v + 1]; at++) {
        if ((++steps & SLICE_MASK) === 0) yield steps;
        const u = referrerSource[at];
        if ((state[u] & (OUTSIDE | ANCESTOR)) !== OUTSIDE || !this.isSameTier(u, v)) continue;
        state[u] |= kinds.isInside(u) ? ANCESTOR | INSIDE : ANCESTOR;
        queue[end++] = u;
      }
    }
    scratch.release(queue);
    this.count = end - members.length;
  }

  /** References from ancestors to ancestors and members, inside a tier, in the order of objects. */
  *eachReference(visit: (from: number, reference: number, to: number) => void): Work<void> {
    const { state } = this;
    const { objectCount, referenceStart, referenceTarget } = this.heap.graph;
    let steps = 0;
    for (let v = 1; v <= objectCount; v++) {
      if ((++steps & SLICE_MASK) === 0) yield steps;
      if ((state[v] & ANCESTOR) === 0) continue;
      for (let reference = referenceStart[v]; reference < referenceStart[v + 1]; reference++) {
        if ((++steps & SLICE_MASK) === 0) yield steps;
        const w = referenceTarget[reference];
        if ((state[w] & (ANCESTOR | MEMBER)) !== 0 && this.isSameTier(v, w)) visit(v, reference, w);
      }
    }
  }

  /** Effective roots that point at members or ancestors, but those that stand for references of an object with a finalizer. */
  *roots(): Generator<{ root: number; target: number }> {
    const { graph, reachability } = this.heap;
    const fields = this.fieldsOfFinalized();
    for (const root of reachability.effectiveRoots) {
      const target = graph.roots.target[root];
      if ((this.state[target] & (ANCESTOR | MEMBER)) !== 0 && !fields.has(root)) yield { root, target };
    }
  }

  /** The removal of references of objects that have a bit of `mask`, and of roots. */
  removal(mask: number, isCut: Removal['isCut'], isRootCut: Removal['isRootCut'] = () => false): Removal {
    const rows = this.rowsBeside(mask, isCut);
    const { state } = this;
    return { isRootCut: (root) => rows.has(root) || isRootCut(root), blocked: [], state, mask, isCut };
  }

  /** Roots that are there because an object with a finalizer refers to something, where all such references are cut. */
  private rowsBeside(mask: number, isCut: Removal['isCut']): Set<number> {
    const { referenceStart, referenceTarget, roots } = this.heap.graph;
    const cut = new Set<number>();
    for (const [objectId, row] of this.rowsOfFields()) {
      if ((this.state[objectId] & mask) === 0) continue;
      cut.add(row);
      for (let at = referenceStart[objectId]; at < referenceStart[objectId + 1]; at++)
        if (referenceTarget[at] === roots.target[row] && !isCut(objectId, at)) cut.delete(row);
    }
    return cut;
  }

  /**
   * Roots that are there because an object with a finalizer refers to something, where that object is outside: its own references say the same.
   * Not on cycles, where it is its finalizer that keeps the object.
   */
  private fieldsOfFinalized(): Set<number> {
    const { graph, cycleOf } = this.heap;
    const rows = new Set<number>();
    for (const [objectId, row] of this.rowsOfFields()) {
      if ((this.state[objectId] & OUTSIDE) === 0) continue;
      const target = graph.roots.target[row];
      const isPinning = cycleOf[objectId] !== NONE && cycleOf[target] === cycleOf[objectId];
      if (!isPinning && this.isSameTier(objectId, target)) rows.add(row);
    }
    return rows;
  }

  /** Objects that have a finalizer, each with the roots that are there because it refers to something. */
  private *rowsOfFields(): Generator<[objectId: number, row: number]> {
    const { kind, offset } = this.heap.graph.roots;
    const finalizers: PendingFinalizers['rootsOf'] = this.heap.finalizers.rootsOf;
    for (const [objectId, rows] of finalizers)
      for (const row of rows)
        if (kind[row] === ROOT.finalizer && offset[row] === ROOT_PART.finalizerReference) yield [objectId, row];
  }

  private isSameTier(v: number, w: number): boolean {
    const { holder } = this.heap.reachability;
    return TIER_OF_HOLDER[holder[v]] === TIER_OF_HOLDER[holder[w]];
  }
}
