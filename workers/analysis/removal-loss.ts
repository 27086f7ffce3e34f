/**
 * What would go if some references were not there: objects that no effective root reaches any more, over references inside a tier, as
 * dominators and retained sizes are. Weak words that do not count today do not count afterwards either.
 *
 *   1. References into one object v. Without them v goes exactly if every other way into it comes from what it dominates itself: whatever else
 *      led to v without passing v would reach it still. Then its dominator subtree goes, else nothing. O(referrers of v).
 *   2. References into several objects: trial deletion (Lins 1992, "Cyclic reference counting with lazy mark-scan") on what they lead to. Spread
 *      from the targets; what is referred to from outside that region stays, and so does what it refers to; the rest goes. What goes lies below
 *      the nearest common dominator of the targets, so the search stays there.
 *   3. Where an object that has a finalizer goes, the finalizer runs once and what it kept (its closure, what the object refers to) is kept by
 *      it no longer: those roots join what is removed, and 2 is done again, until no other finalizer runs. That a finalizer may store its object
 *      somewhere is not foreseen.
 *
 * A trial looks at no more than `mostSteps` references, and all together at some more. Past that it answers with what goes for certain by rule 1
 * and says so.
 *
 * Memory: 1 byte an object and 4 a step.
 */
import type { Scratch } from '../lib/scratch';
import { firstAtLeast } from '../lib/search';
import { SLICE_MASK, type Work } from '../lib/work';
import type { ObjectGraph } from './object-graph';
import { HOLDER, type DominatorTree, type Reachability } from './results';
import type { RootLookup } from './root-paths';
import { TIER_OF_HOLDER } from './tiers';

/** References that are thought away. */
export interface Removal {
  /** All references from one object to another; one word of several parallel ones would free nothing. */
  readonly references: readonly { readonly from: number; readonly to: number }[];
  /** Rows of graph.roots. */
  readonly roots: readonly number[];
}

/** What goes. */
export interface Loss {
  readonly objects: number;
  /** Shallow bytes. */
  readonly bytes: number;
  /** False where the trial grew too large: then this much goes, and perhaps more. */
  readonly exact: boolean;
}

export interface CutHeap {
  readonly graph: ObjectGraph;
  readonly reachability: Reachability;
  readonly dominators: DominatorTree;
  /** Effective roots by what they point at. */
  readonly roots: RootLookup;
  /** objectId → place in the dominator tree (tree-places.ts) */
  readonly place: Uint32Array;
  readonly finalizers: PendingFinalizers;
}

/** Finalizers that are not queued yet. */
export interface PendingFinalizers {
  /** objectId → rows of graph.roots that are there because of its finalizer */
  readonly rootsOf: ReadonlyMap<number, readonly number[]>;
  /** Places in the dominator tree of the objects that have one, ascending. */
  readonly places: Uint32Array;
}

/** A trial looks at this many references at most: some milliseconds. */
const MOST_STEPS = 2 ** 18;
/** All trials together look at this many times as much; later ones answer by rule 1. */
const LARGEST_TRIALS = 64;

const NOTHING: Loss = { objects: 0, bytes: 0, exact: true };

/** What a trial knows of an object. */
const UNSEEN = 0;
const LOOSE = 1;
const HELD = 2;

/** Thinks references away, one removal after the other. Its arrays live as long as the scratch. */
export class CutTrials {
  /** objectId → UNSEEN, LOOSE or HELD; all UNSEEN between trials */
  private readonly state: Uint8Array;
  /** The objects of the trial's region, in the order in which they were met. */
  private readonly region: Uint32Array;
  private readonly queue: Uint32Array;
  private regionSize = 0;
  /** Steps that the trial may still take, and all trials. */
  private left = 0;
  private leftInAll: number;

  constructor(
    private readonly heap: CutHeap,
    scratch: Scratch,
    private readonly mostSteps = MOST_STEPS,
  ) {
    this.leftInAll = LARGEST_TRIALS * mostSteps;
    const most = Math.min(heap.graph.objectCount, mostSteps) + 1;
    this.state = scratch.uint8('states of cut objects', heap.graph.vertexCount);
    this.region = scratch.uint32('region of a cut', most);
    this.queue = scratch.uint32('held objects of a cut', most);
  }

  /** What goes without these references. Garbage has nothing to lose. */
  *loss(removal: Removal): Work<Loss> {
    const cut = new Removed(this.heap, removal);
    const [first] = cut.targets;
    if (cut.targets.size === 0) return NOTHING;
    if (cut.targets.size === 1) {
      if (!(yield* this.comesLoose(first, cut))) return NOTHING;
      if (!this.hasFinalizersBelow(first)) return { ...this.retained(first), exact: true };
    }
    const allowed = Math.min(this.mostSteps, this.leftInAll);
    this.left = allowed;
    const found = this.tryInRounds(cut);
    this.leftInAll -= allowed - Math.max(0, this.left);
    yield allowed - this.left;
    return found ?? (yield* this.atLeast(cut));
  }

  /** Rule 1. */
  private *comesLoose(v: number, cut: Removed): Work<boolean> {
    const { graph, reachability, roots } = this.heap;
    for (const root of roots.ofObject(v)) if (!cut.roots.has(root)) return false;
    const tier = TIER_OF_HOLDER[reachability.holder[v]];
    for (let i = graph.referrerStart[v]; i < graph.referrerStart[v + 1]; i++) {
      if ((i & SLICE_MASK) === 0) yield i;
      const u = graph.referrerSource[i];
      if (TIER_OF_HOLDER[reachability.holder[u]] !== tier || this.dominates(v, u) || cut.has(u, v)) continue;
      return false;
    }
    return true;
  }

  /** Rules 2 and 3; null where the trial grew too large. */
  private tryInRounds(cut: Removed): Loss | null {
    for (;;) {
      const done = this.spread(cut) && this.findHeld(cut) && this.spreadHeld(cut);
      const ran = done && this.runFinalizers(cut);
      const found = done ? this.sumLoose() : null;
      for (let i = 0; i < this.regionSize; i++) this.state[this.region[i]] = UNSEEN;
      if (!ran) return found;
    }
  }

  /** Everything below the targets, up to where something dominates that none of the targets can cut off. False past the limit. */
  private spread(cut: Removed): boolean {
    const { graph, reachability } = this.heap;
    const top = this.commonDominator(cut.targets);
    this.regionSize = 0;
    for (const target of cut.targets) if (!this.meet(target)) return false;
    for (let head = 0; head < this.regionSize; head++) {
      const v = this.region[head];
      const tier = TIER_OF_HOLDER[reachability.holder[v]];
      for (let i = graph.referenceStart[v]; i < graph.referenceStart[v + 1]; i++) {
        if (--this.left < 0) return false;
        const w = graph.referenceTarget[i];
        if (this.state[w] !== UNSEEN || TIER_OF_HOLDER[reachability.holder[w]] !== tier) continue;
        if (this.dominates(top, w) && !this.meet(w)) return false;
      }
    }
    return true;
  }

  private meet(v: number): boolean {
    if (this.regionSize === this.region.length) return false;
    this.state[v] = LOOSE;
    this.region[this.regionSize++] = v;
    return true;
  }

  /** Marks what is held from outside the region. */
  private findHeld(cut: Removed): boolean {
    for (let i = 0; i < this.regionSize; i++) {
      if (this.isHeldFromOutside(this.region[i], cut)) this.state[this.region[i]] = HELD;
      if (this.left < 0) return false;
    }
    return true;
  }

  private isHeldFromOutside(v: number, cut: Removed): boolean {
    const { graph, reachability, roots } = this.heap;
    for (const root of roots.ofObject(v)) if (!cut.roots.has(root)) return true;
    const tier = TIER_OF_HOLDER[reachability.holder[v]];
    for (let i = graph.referrerStart[v]; i < graph.referrerStart[v + 1]; i++) {
      if (--this.left < 0) return false;
      const u = graph.referrerSource[i];
      if (this.state[u] === UNSEEN && TIER_OF_HOLDER[reachability.holder[u]] === tier && !cut.has(u, v)) return true;
    }
    return false;
  }

  /** What is held holds on. */
  private spreadHeld(cut: Removed): boolean {
    const { graph, reachability } = this.heap;
    let end = 0;
    for (let i = 0; i < this.regionSize; i++)
      if (this.state[this.region[i]] === HELD) this.queue[end++] = this.region[i];
    for (let head = 0; head < end; head++) {
      const v = this.queue[head];
      const tier = TIER_OF_HOLDER[reachability.holder[v]];
      for (let i = graph.referenceStart[v]; i < graph.referenceStart[v + 1]; i++) {
        if (--this.left < 0) return false;
        const w = graph.referenceTarget[i];
        if (this.state[w] !== LOOSE || TIER_OF_HOLDER[reachability.holder[w]] !== tier || cut.has(v, w)) continue;
        this.state[w] = HELD;
        this.queue[end++] = w;
      }
    }
    return true;
  }

  /** Takes away the roots of finalizers whose objects are loose. False where there was none to take. */
  private runFinalizers(cut: Removed): boolean {
    let ran = false;
    for (let i = 0; i < this.regionSize; i++) {
      const v = this.region[i];
      const rows = this.state[v] === LOOSE ? this.heap.finalizers.rootsOf.get(v) : undefined;
      if (rows && cut.addRoots(rows)) ran = true;
    }
    return ran;
  }

  private sumLoose(): Loss {
    const { shapes, shapeId } = this.heap.graph;
    let objects = 0;
    let bytes = 0;
    for (let i = 0; i < this.regionSize; i++) {
      const v = this.region[i];
      if (this.state[v] !== LOOSE) continue;
      objects++;
      bytes += shapes.slotSize[shapeId[v]];
    }
    return { objects, bytes, exact: true };
  }

  /** The subtrees of those targets that come loose by rule 1, each counted once. */
  private *atLeast(cut: Removed): Work<Loss> {
    const { place } = this.heap;
    let objects = 0;
    let bytes = 0;
    let last = 0;
    for (const v of [...cut.targets].sort((a, b) => place[a] - place[b])) {
      if ((last !== 0 && this.dominates(last, v)) || !(yield* this.comesLoose(v, cut))) continue;
      const below = this.retained(v);
      objects += below.objects;
      bytes += below.bytes;
      last = v;
    }
    return { objects, bytes, exact: false };
  }

  private retained(v: number): { objects: number; bytes: number } {
    const { retainedObjects, retainedSize } = this.heap.dominators;
    return { objects: retainedObjects[v], bytes: retainedSize[v] };
  }

  /** Whether d dominates v, which is not garbage; the pseudo-root dominates everything. */
  private dominates(d: number, v: number): boolean {
    const { place, dominators } = this.heap;
    if (d === 0) return true;
    const below = place[v] - place[d];
    return below >= 0 && below < dominators.retainedObjects[d];
  }

  private commonDominator(targets: ReadonlySet<number>): number {
    let [common] = targets;
    for (const v of targets) {
      while (!this.dominates(common, v)) common = this.heap.dominators.immediateDominator[common];
    }
    return common;
  }

  private hasFinalizersBelow(v: number): boolean {
    const { place, dominators, finalizers } = this.heap;
    const next = firstAtLeast(finalizers.places, place[v]);
    return next < finalizers.places.length && finalizers.places[next] - place[v] < dominators.retainedObjects[v];
  }
}

/** A removal, quick to ask, that grows as finalizers run. */
class Removed {
  readonly roots = new Set<number>();
  /** Where removed references lead; garbage is left out. */
  readonly targets = new Set<number>();
  /** target → where removed references to it come from */
  private readonly sources = new Map<number, Set<number>>();

  constructor(
    private readonly heap: CutHeap,
    { references, roots }: Removal,
  ) {
    for (const { from, to } of references) {
      const known = this.sources.get(to);
      if (known) known.add(from);
      else this.sources.set(to, new Set([from]));
      this.aim(to);
    }
    this.addRoots(roots);
  }

  has(from: number, to: number): boolean {
    return this.sources.get(to)?.has(from) ?? false;
  }

  /** Whether any of them was not removed before. */
  addRoots(rows: readonly number[]): boolean {
    const before = this.roots.size;
    for (const row of rows) {
      this.roots.add(row);
      this.aim(this.heap.graph.roots.target[row]);
    }
    return this.roots.size > before;
  }

  private aim(target: number): void {
    if (this.heap.reachability.holder[target] !== HOLDER.nothing) this.targets.add(target);
  }
}
