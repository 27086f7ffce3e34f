/**
 * What would free a target: a set of objects, and the kinds of references and roots that hold it.
 *
 *   1. Ancestors of the target, and what goes with it (target-ancestors.ts). An object outside that refers to a member holds it.
 *   2. Holders of containers. Insides of maps, channels, sync.Map and slices take the field or root that leads to them; where several do, they
 *      stand for themselves.
 *   3. Ways. One sweep over the ancestors' references numbers their kinds and puts them into the graph of kinds (free-ways.ts), whose minimum
 *      cuts are the fewest kinds that free the target.
 *   4. Alone. What only one kind of entering references keeps: numbers of ways that spread from the members through what goes with them.
 *   5. Without. Any choice of ways thought away, and the heap marked again: exact, and as long as reachability takes.
 *
 * 1 marking and what its finalizers add, for each choice one more. 5 bytes an object as long as it lives, 12 more while it is made.
 */
import type { MinimumCuts } from '../lib/minimum-cut';
import { NONE } from '../lib/none';
import { Scratch, withScratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';
import { Marking, type Lost, type Removal } from './free-marking';
import { TARGET_VERTEX, WayGraph, type Way } from './free-ways';
import { LabelSpreader, SHARED } from './spread-labels';
import { ANCESTOR, GOES, INSIDE, MEMBER, TargetAncestors, type FreeHeap } from './target-ancestors';

/** What holds a target. */
export interface Ways {
  /** Ways by number. */
  readonly ways: readonly Way[];
  /** The two minimum cuts of the graph of kinds, as ways. */
  readonly fewest: MinimumCuts;
  /** Objects that lead to the target, and how many kinds of them there are. */
  readonly ancestors: { readonly objects: number; readonly kinds: number };
  /** What goes when all that enters the target is cut: what is alive only by it. */
  readonly together: Lost;
  /**
   * way → what goes without it alone; of entering ways only, 0 for others. At least: where finalizers of what goes hold members, letting
   * go of one thing may let them run.
   */
  readonly alone: { readonly objects: Float64Array; readonly bytes: Float64Array };
}

/** A target with its ways. Give it back when nothing more is asked of it. */
export class FreeTarget {
  /** Times that the heap was marked for it. */
  markings = 0;
  private readonly kept: Scratch;
  private readonly ancestors: TargetAncestors;
  /** ancestor that is the inside of a container → its holder: a field, or behind those a kind of roots; SHARED where there are several */
  private readonly holderOf: Uint32Array;
  private readonly graph: WayGraph;

  private constructor(
    private readonly heap: FreeHeap,
    members: Uint32Array,
  ) {
    this.kept = new Scratch(heap.account);
    this.ancestors = new TargetAncestors(heap, members, this.kept);
    this.holderOf = this.kept.uint32('holders of containers', heap.graph.vertexCount).fill(NONE);
    this.graph = new WayGraph(heap.kinds);
  }

  /** @param members objects, which may repeat; what nothing recorded holds is left out */
  static *find(heap: FreeHeap, members: Uint32Array): Work<{ target: FreeTarget; ways: Ways }> {
    const target = new FreeTarget(heap, members);
    try {
      const ways = yield* withScratch(heap.account, (scratch) => target.findWays(scratch));
      return { target, ways };
    } catch (error) {
      target.release();
      throw error;
    }
  }

  /** Members that something recorded holds, each once. */
  get members(): Uint32Array {
    return this.ancestors.members;
  }

  /** Rows of graph.roots on the ways to the target. */
  *roots(): Generator<number> {
    for (const { root } of this.ancestors.roots()) yield root;
  }

  release(): void {
    this.kept.releaseAll();
  }

  /** What goes without these ways. */
  without(ways: Iterable<number>): Work<Lost> {
    const cut = new Uint8Array(this.graph.ways.length);
    for (const way of ways) cut[way] = 1;
    const isCut = (from: number, reference: number): boolean => {
      const way = this.wayOf(from, reference);
      return way !== NONE && cut[way] === 1;
    };
    const isRootCut = (root: number): boolean => {
      const { owner, entering } = this.waysOfRoot(root);
      return (owner !== NONE && cut[owner] === 1) || (entering !== NONE && cut[entering] === 1);
    };
    return this.lostWithout(this.ancestors.removal(ANCESTOR, isCut, isRootCut));
  }

  /** What goes without the references in a field of members, wherever they lead. */
  withoutField(field: number): Work<Lost> {
    const { ofReference } = this.heap.kinds;
    return this.lostWithout(this.ancestors.removal(MEMBER, (_, reference) => ofReference[reference] === field));
  }

  private lostWithout(removal: Removal): Work<Lost> {
    return withScratch(this.heap.account, (scratch) => {
      const marking = new Marking(this.heap, scratch);
      return this.counted(marking, function* () {
        yield* marking.begin(removal);
        yield* marking.settle(removal);
        return yield* marking.lost();
      });
    });
  }

  private *counted(marking: Marking, mark: () => Work<Lost>): Work<Lost> {
    const lost = yield* mark();
    this.markings += marking.rounds;
    return lost;
  }

  private *findWays(scratch: Scratch): Work<Ways> {
    const { ancestors, graph, heap } = this;
    const marking = new Marking(heap, scratch);
    const together = yield* this.counted(marking, () => ancestors.findOutside(marking));
    yield* ancestors.findAncestors(scratch);
    yield* this.findHolders(scratch);
    const wayOfMember = scratch.uint32('ways into members', heap.graph.vertexCount).fill(NONE);
    const spreader = new LabelSpreader(heap, wayOfMember, ancestors.state, GOES, scratch);
    yield* this.addRoots(spreader);
    yield* this.addReferences(spreader);
    yield* spreader.spread();
    return {
      ways: graph.ways,
      fewest: graph.minimumCuts(),
      ancestors: { objects: ancestors.count, kinds: graph.vertexCount },
      together,
      alone: yield* this.sumAlone(wayOfMember),
    };
  }

  /** 2 */
  private *findHolders(scratch: Scratch): Work<void> {
    const { kinds } = this.heap;
    const { state } = this.ancestors;
    const spreader = new LabelSpreader(this.heap, this.holderOf, state, INSIDE, scratch);
    for (const { root, target } of this.ancestors.roots())
      if ((state[target] & INSIDE) !== 0) spreader.come(kinds.fieldCount + kinds.ofRoot[root], target);
    yield* this.ancestors.eachReference((from, reference, to) => {
      if ((state[from] & INSIDE) === 0 && (state[to] & INSIDE) !== 0) spreader.come(kinds.ofReference[reference], to);
    });
    yield* spreader.spread();
  }

  /** 3 */
  private *addRoots(spreader: LabelSpreader): Work<void> {
    const { ofRoot, ownerOfRoot, ofObject } = this.heap.kinds;
    let steps = 0;
    for (const { root, target } of this.ancestors.roots()) {
      if ((++steps & SLICE_MASK) === 0) yield steps;
      this.graph.addRoot(ownerOfRoot[root], this.vertexOf(target), root);
      if ((this.ancestors.state[target] & MEMBER) === 0) continue;
      spreader.come(this.graph.addEnteringRoot(ofRoot[root], ofObject[target], root), target);
    }
  }

  /** 3 */
  private *addReferences(spreader: LabelSpreader): Work<void> {
    const { graph, holderOf } = this;
    const { state } = this.ancestors;
    const { ofReference, ofObject } = this.heap.kinds;
    yield* this.ancestors.eachReference((from, reference, to) => {
      const start = this.vertexOf(from);
      const end = this.vertexOf(to);
      if ((state[from] & state[to] & INSIDE) !== 0) {
        graph.join(start, end);
        return;
      }
      const place = { holder: isHolder(holderOf[from]) ? holderOf[from] : null, field: ofReference[reference] };
      const way = graph.addReference(place, start, end, ofObject[to], { from, to });
      if (end === TARGET_VERTEX) spreader.come(way, to);
    });
  }

  /** 4 */
  private *sumAlone(wayOf: Uint32Array): Work<Ways['alone']> {
    const { shapeId, shapes, objectCount } = this.heap.graph;
    const ways = this.graph.ways.length;
    const alone = { objects: new Float64Array(ways), bytes: new Float64Array(ways) };
    for (let v = 1; v <= objectCount; v++) {
      if ((v & SLICE_MASK) === 0) yield v;
      const way = wayOf[v];
      if (way >= SHARED) continue;
      alone.objects[way]++;
      alone.bytes[way] += shapes.slotSize[shapeId[v]];
    }
    return alone;
  }

  /** The ways that a root is on, NONE where it is on none. */
  private waysOfRoot(root: number): { owner: number; entering: number } {
    const { ofRoot, ownerOfRoot, ofObject } = this.heap.kinds;
    const target = this.heap.graph.roots.target[root];
    const state = this.ancestors.state[target];
    return {
      owner: (state & (ANCESTOR | MEMBER)) === 0 ? NONE : this.graph.wayOfOwner(ownerOfRoot[root]),
      entering: (state & MEMBER) === 0 ? NONE : this.graph.wayOfRoot(ofRoot[root], ofObject[target]),
    };
  }

  /** The way that a reference of an ancestor lies on; NONE for what leads elsewhere and for the insides of containers. */
  private wayOf(from: number, reference: number): number {
    const { state } = this.ancestors;
    const { ofObject, ofReference } = this.heap.kinds;
    const to = this.heap.graph.referenceTarget[reference];
    if ((state[to] & (ANCESTOR | MEMBER)) === 0 || (state[from] & state[to] & INSIDE) !== 0) return NONE;
    const holder = this.holderOf[from];
    const place = { holder: isHolder(holder) ? holder : null, field: ofReference[reference] };
    return this.graph.wayOfReference(place, this.vertexOf(to), ofObject[to]);
  }

  private vertexOf(objectId: number): number {
    if ((this.ancestors.state[objectId] & MEMBER) !== 0) return TARGET_VERTEX;
    const holder = this.holderOf[objectId];
    return isHolder(holder)
      ? this.graph.insideVertex(holder)
      : this.graph.kindVertex(this.heap.kinds.ofObject[objectId]);
  }
}

/** One holder, not none or several. */
function isHolder(label: number): boolean {
  return label < SHARED;
}
