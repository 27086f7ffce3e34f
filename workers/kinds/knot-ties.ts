/**
 * What ties a knot. A tie is a kind of reference inside it that holds nothing by itself (knot-holding.ts). Of those, the one without which the
 * largest component left is smallest comes first; it is left out, and so on. Of equal ones the one with fewer references comes first, then the
 * one whose name does: how objects are numbered is of no account.
 *
 *   1. For each kind: whether it holds anything, and how much could go without it at most (knot-bounds.ts).
 *   2. Kinds that hold nothing for certain first, those that promise most before others. What cannot beat the best so far is settled by that.
 *   3. Any other takes one search for components over what is left, and only where it beats the best so far and may hold something a marking.
 *
 * No guess decides which kinds are tried. What is bounded is the number of steps.
 */
import type { Scratch } from '../lib/scratch';
import type { Work } from '../lib/work';
import { mostLost } from './knot-bounds';
import { ComponentSearch } from './knot-components';
import { cyclesLeft, largestOf, releaseCycles, type KnotCycles } from './knot-cycles';
import type { KnotGraph } from './knot-graph';
import { HOLDS, KnotHolding } from './knot-holding';

export interface Tie {
  /** Kind of reference. */
  readonly kind: number;
  /** Members of the largest cycle that is left without it and those before it; 0 where none is left. */
  readonly largestLeft: number;
  /** Members that still lie on cycles. */
  readonly inCyclesLeft: number;
}

export interface TieSearch {
  /** Ties to find at most. */
  readonly most: number;
  /** Vertices and references to look at; when they are used up it ends with what it has. */
  readonly steps: number;
  /** kind → what it is called: decides between kinds of equal effect. */
  nameOf(kind: number): string;
  /** The cycles before any tie and after each. */
  onCycles(cycles: KnotCycles): void;
  /** So many of the kinds are settled. `best`: the best of this round so far. `found`: ties before it. */
  onSettled(
    settled: number,
    kinds: KnotGraph['kinds'],
    best: { kind: number; largest: number } | null,
    found: number,
  ): void;
}

export interface Ties {
  readonly ties: readonly Tie[];
  /** Kinds settled in the last round; all of them unless steps ran out. */
  readonly tried: number;
  /** What it took. */
  readonly searches: number;
  readonly markings: number;
}

/** Its arrays are those of the caller's scratch. */
export function* findTies(knot: KnotGraph, search: TieSearch, scratch: Scratch): Work<Ties> {
  return yield* new Untying(knot, search, scratch).run();
}

interface Candidate {
  readonly kind: number;
  /** What the largest component has without it at least. */
  readonly least: number;
}

interface Best {
  readonly kind: number;
  readonly largest: number;
}

class Untying {
  private readonly leftOut: Uint8Array;
  /** kind → 1 where it holds something; then it does whatever else is left out */
  private readonly holding: Uint8Array;
  private readonly components: ComponentSearch;
  private readonly reach: KnotHolding;
  private steps = 0;
  private searches = 0;
  private markings = 0;

  constructor(
    private readonly knot: KnotGraph,
    private readonly search: TieSearch,
    private readonly scratch: Scratch,
  ) {
    this.leftOut = new Uint8Array(knot.kinds.length);
    this.holding = new Uint8Array(knot.kinds.length);
    this.components = new ComponentSearch(knot.count, scratch);
    this.reach = new KnotHolding(knot, scratch);
  }

  *run(): Work<Ties> {
    const { knot, search, leftOut, scratch } = this;
    const ties: Tie[] = [];
    let tried = knot.kinds.length;
    let cycles = yield* cyclesLeft(knot, null, leftOut, this.components, scratch);
    search.onCycles(cycles);
    while (ties.length < search.most && largestOf(cycles) > 0) {
      const round = yield* this.bestOf(cycles, ties.length);
      tried = knot.kinds.length - round.untried;
      if (!round.best) break;
      leftOut[round.best.kind] = 1;
      const left = yield* cyclesLeft(cycles, cycles.member, leftOut, this.components, scratch);
      releaseCycles(cycles, scratch);
      cycles = left;
      search.onCycles(cycles);
      ties.push({ kind: round.best.kind, largestLeft: largestOf(cycles), inCyclesLeft: cycles.count });
      if (round.untried > 0) break;
    }
    return { ties, tried, searches: this.searches, markings: this.markings };
  }

  private *bestOf(cycles: KnotCycles, found: number): Work<{ best: Best | null; untried: number }> {
    const { holds, reached } = yield* this.reach.ofKinds(this.leftOut);
    const candidates = yield* this.candidates(cycles, holds);
    const settledBefore = this.knot.kinds.length - candidates.length;
    let best: Best | null = null;
    for (const [at, { kind, least }] of candidates.entries()) {
      this.search.onSettled(settledBefore + at, this.knot.kinds, best, found);
      if (!this.beats(kind, least, cycles, best)) continue;
      if (this.steps >= this.search.steps) return { best, untried: candidates.length - at };
      const largest: number = yield* this.largestWithout(kind, cycles, best?.largest ?? largestOf(cycles) - 1);
      if (!this.beats(kind, largest, cycles, best)) continue;
      if (holds[kind] === HOLDS.perhaps && (yield* this.holdsSomething(kind, reached))) continue;
      best = { kind, largest };
    }
    return { best, untried: 0 };
  }

  /** The kinds on the largest component that may be ties, those first that hold nothing for certain. */
  private *candidates(cycles: KnotCycles, holds: Uint8Array): Work<Candidate[]> {
    const { knot, holding } = this;
    const size = largestOf(cycles);
    const lost = yield* mostLost(cycles, size, knot.kinds.length, this.scratch);
    const isThere = new Uint8Array(knot.kinds.length);
    for (let at = 0; at < cycles.start[size]; at++) isThere[cycles.kind[at]] = 1;
    const candidates: Candidate[] = [];
    for (let kind = 0; kind < isThere.length; kind++) {
      if (holds[kind] === HOLDS.something) holding[kind] = 1;
      if (isThere[kind] === 1 && holding[kind] === 0) candidates.push({ kind, least: leastLeft(size - lost[kind]) });
    }
    return candidates.sort(
      (a, b) => holds[a.kind] - holds[b.kind] || a.least - b.least || this.byReferences(a.kind, b.kind),
    );
  }

  /** Whether a kind comes before the best so far, and leaves less than there is. */
  private beats(kind: number, largest: number, cycles: KnotCycles, best: Best | null): boolean {
    if (largest >= largestOf(cycles)) return false;
    if (!best || largest !== best.largest) return !best || largest < best.largest;
    return this.byReferences(kind, best.kind) < 0;
  }

  private byReferences(a: number, b: number): number {
    const { kinds } = this.knot;
    return kinds[a].references - kinds[b].references || (this.search.nameOf(a) < this.search.nameOf(b) ? -1 : 1);
  }

  /** Members of the largest cycle without one kind more; some number above `enough` where they are more than that. */
  private *largestWithout(kind: number, cycles: KnotCycles, enough: number): Work<number> {
    const { leftOut } = this;
    this.searches++;
    leftOut[kind] = 1;
    try {
      let largest = 0;
      for (let at = 0; at + 1 < cycles.first.length; at++) {
        const [first, end] = [cycles.first[at], cycles.first[at + 1]];
        if (largest >= end - first || largest > enough) break;
        largest = Math.max(largest, yield* this.components.largest(cycles, leftOut, first, end, enough));
        this.steps += end - first + cycles.start[end] - cycles.start[first];
      }
      return largest === 1 && !refersToItself(cycles, leftOut) ? 0 : largest;
    } finally {
      leftOut[kind] = 0;
    }
  }

  private *holdsSomething(kind: number, reached: number): Work<boolean> {
    const { knot, leftOut, holding } = this;
    this.markings++;
    this.steps += knot.count + knot.start[knot.count];
    leftOut[kind] = 1;
    try {
      const without = yield* this.reach.reached(leftOut);
      if (without < reached) holding[kind] = 1;
      return without < reached;
    } finally {
      leftOut[kind] = 0;
    }
  }
}

/** One member alone is no cycle. */
function leastLeft(members: number): number {
  return members === 1 ? 0 : members;
}

function refersToItself({ count, start, target, kind }: KnotCycles, leftOut: Uint8Array): boolean {
  for (let v = 0; v < count; v++)
    for (let at = start[v]; at < start[v + 1]; at++) if (target[at] === v && leftOut[kind[at]] === 0) return true;
  return false;
}
