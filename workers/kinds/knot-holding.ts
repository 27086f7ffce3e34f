/**
 * Which kinds of references hold something by themselves: without them a member would no longer be reached from where the knot is entered. Paths
 * never leave a component and come back, so what happens outside is of no account.
 *
 * One breadth-first search from the entries and one pass over the references tell of most kinds. A member that all its referrers hold by the same
 * kind is held by it. A member that has a reference from the level above of another kind is reached without this one, if its referrer is; so where
 * that goes for all members nothing depends on the kind: none of its references is needed by a breadth-first tree. What is left takes a marking.
 */
import { NONE } from '../lib/none';
import type { Scratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';
import type { KnotGraph } from './knot-graph';

/** What is known of a kind. */
export const HOLDS = { nothing: 0, perhaps: 1, something: 2 } as const;

/** A vertex that several kinds of references lead to. */
const SEVERAL = NONE - 1;

export class KnotHolding {
  private readonly queue: Uint32Array;
  private readonly level: Uint32Array;

  constructor(
    private readonly knot: KnotGraph,
    private readonly scratch: Scratch,
  ) {
    this.queue = scratch.uint32('marking queue of a knot', knot.count);
    this.level = scratch.uint32('levels of members', knot.count);
  }

  /** How many members the entries reach without the kinds left out. */
  *reached(leftOut: Uint8Array): Work<number> {
    const { queue, level } = this;
    const { start, target, kind, entries } = this.knot;
    level.fill(NONE);
    let end = 0;
    for (const v of entries) {
      level[v] = 0;
      queue[end++] = v;
    }
    for (let head = 0; head < end; head++) {
      const v = queue[head];
      for (let at = start[v]; at < start[v + 1]; at++) {
        const w = target[at];
        if (level[w] !== NONE || leftOut[kind[at]] === 1) continue;
        level[w] = level[v] + 1;
        queue[end++] = w;
      }
      if ((head & SLICE_MASK) === 0) yield head;
    }
    return end;
  }

  /** kind → HOLDS, without the kinds left out. */
  *ofKinds(leftOut: Uint8Array): Work<{ holds: Uint8Array; reached: number }> {
    const { scratch, knot, level } = this;
    const reached = yield* this.reached(leftOut);
    const by = scratch.uint32('kinds that lead to members', knot.count).fill(NONE);
    const from = scratch.uint32('kinds that lead down to members', knot.count).fill(NONE);
    for (let v = 0; v < knot.count; v++) {
      if ((v & SLICE_MASK) === 0) yield v;
      if (level[v] === NONE) continue;
      for (let at = knot.start[v]; at < knot.start[v + 1]; at++) {
        const w = knot.target[at];
        const kind = knot.kind[at];
        if (w === v || level[w] === 0 || leftOut[kind] === 1) continue;
        by[w] = by[w] === NONE || by[w] === kind ? kind : SEVERAL;
        if (level[w] === level[v] + 1) from[w] = from[w] === NONE || from[w] === kind ? kind : SEVERAL;
      }
    }
    const holds = new Uint8Array(knot.kinds.length);
    for (let v = 0; v < knot.count; v++) {
      if (by[v] < SEVERAL) holds[by[v]] = HOLDS.something;
      if (from[v] < SEVERAL && holds[from[v]] === HOLDS.nothing) holds[from[v]] = HOLDS.perhaps;
    }
    scratch.release(by, from);
    return { holds, reached };
  }
}
