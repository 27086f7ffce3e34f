/**
 * What groups of starts (kinds of roots, goroutines of one stack, closures of one function) hold: `alone`, what no other group reaches, and
 * `reaches`, all that they reach. For all groups at once: reachability in a directed acyclic graph by words of bits, over classes of components
 * that the same groups reach for the same reason.
 *
 *   1. Reach. Breadth-first over components, which counts the references that enter each.
 *   2. Classes, in topological order (Kahn 1962). Each group is a class. A component that is entered from one class only joins it; one that
 *      is entered from several founds a class below them. So a group's own class is what it alone reaches, and the other classes are the
 *      places where groups meet: with 256 groups 1,094 classes for 306,845 objects of a message broker, 11,759 for 335,462 of a web server.
 *   3. Weights: objects and bytes of each class.
 *   4. A pass for each 64 groups over the classes in their order: the groups that reach a class are those that reach one of the classes
 *      above it. Weights are added up for each pattern of eight bits, and then for the groups in it.
 *
 * A reference counts inside its tier only (analysis/tiers.ts). Memory: 12 bytes an object while it runs, and 28 a class.
 */
import type { ObjectGraph } from '../analysis/object-graph';
import type { Components, Reachability } from '../analysis/results';
import { TIER_OF_HOLDER } from '../analysis/tiers';
import type { MemoryAccount } from '../lib/alloc';
import { Uint32Column } from '../lib/column';
import { NONE } from '../lib/none';
import { withScratch, type Scratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';

/** group → objects and shallow bytes */
export interface AloneAndReaches {
  readonly aloneObjects: Float64Array;
  readonly aloneBytes: Float64Array;
  readonly reachedObjects: Float64Array;
  readonly reachedBytes: Float64Array;
  /** Passes over the classes that it took. */
  readonly passes: number;
}

/** What groups begin with: side by side, an object and the group that it starts; an object may stand for several groups. */
export interface Starts {
  readonly object: Uint32Array;
  readonly group: Uint32Array;
  /** Groups are 0 … groupCount - 1. */
  readonly groupCount: number;
}

/** What the kernel needs of a heap. */
export interface GroupedHeap {
  readonly graph: ObjectGraph;
  readonly reachability: Pick<Reachability, 'holder'>;
  readonly components: Pick<Components, 'cycleOf' | 'memberStart' | 'member'>;
}

/** Groups that one word of bits, two columns of 32, has room for. */
const GROUPS_A_PASS = 64;

/** Alone and reaches of every group. */
export function findAloneAndReaches(heap: GroupedHeap, starts: Starts, account: MemoryAccount): Work<AloneAndReaches> {
  return withScratch(account, function* (scratch) {
    const classes = new Classes(heap, starts, account, scratch);
    try {
      yield* classes.reach();
      yield* classes.divide();
      const { objects, bytes } = yield* classes.weigh();
      const reached = yield* sumOverPasses(classes, starts, { objects, bytes }, scratch);
      return {
        aloneObjects: objects.slice(0, starts.groupCount),
        aloneBytes: bytes.slice(0, starts.groupCount),
        ...reached,
      };
    } finally {
      classes.release();
    }
  });
}

/** In the column of classes: a component that is entered, from no class that is known yet; and one that is entered from several. */
const ENTERED = NONE - 1;
const SEVERAL = NONE - 2;

/** Phases 1 to 3. A component is named by its representative: the only object of it, or the first member of its cycle. */
class Classes {
  /** representative → its class; NONE where nothing reaches it */
  private readonly classOf: Uint32Array;
  /** representative → references that enter its component and were not followed yet */
  private readonly entering: Uint32Array;
  private readonly queue: Uint32Array;
  private end = 0;
  /** class - groups → index of its first entry in `above`; the classes that it lies below */
  readonly start: Uint32Column;
  readonly above: Uint32Column;
  count: number;

  constructor(
    private readonly heap: GroupedHeap,
    private readonly starts: Starts,
    account: MemoryAccount,
    private readonly scratch: Scratch,
  ) {
    const { vertexCount } = heap.graph;
    this.classOf = scratch.uint32('classes of components', vertexCount).fill(NONE);
    this.entering = scratch.uint32('references entering components', vertexCount);
    this.queue = scratch.uint32('queue of components', vertexCount);
    this.start = new Uint32Column(account, 'starts of class rows');
    this.above = new Uint32Column(account, 'classes above');
    this.count = starts.groupCount;
  }

  release(): void {
    this.start.release();
    this.above.release();
  }

  /** The class of the component that an object lies in. */
  of(objectId: number): number {
    return this.classOf[this.representative(objectId)];
  }

  /** Phase 1. */
  *reach(): Work<void> {
    for (const objectId of this.starts.object) this.enter(this.representative(objectId));
    yield* this.follow((component) => {
      this.entering[component]++;
      this.enter(component);
    });
  }

  private enter(component: number): void {
    if (this.classOf[component] !== NONE) return;
    this.classOf[component] = ENTERED;
    this.queue[this.end++] = component;
  }

  /** Phase 2. */
  *divide(): Work<void> {
    const { object, group } = this.starts;
    const entered = this.end;
    this.end = 0;
    for (let at = 0; at < object.length; at++) this.meet(this.representative(object[at]), group[at]);
    // what only its own group starts stands in the queue already; the others wait for what enters them
    for (let at = 0; at < entered; at++) {
      const component = this.queue[at];
      if (this.entering[component] === 0) this.queue[this.end++] = component;
    }
    yield* this.follow(
      (component, from) => {
        this.meet(component, this.classOf[from]);
        if (--this.entering[component] === 0) this.queue[this.end++] = component;
      },
      (component) => {
        if (this.classOf[component] === SEVERAL) this.found(component);
      },
    );
    this.start.push(this.above.length);
  }

  private meet(component: number, from: number): void {
    const before = this.classOf[component];
    if (before === ENTERED) this.classOf[component] = from;
    else if (before !== from) this.classOf[component] = SEVERAL;
  }

  /** A class below all that enter the component. Neighbours of one class are noted once. */
  private found(component: number): void {
    const { referrerStart, referrerSource } = this.heap.graph;
    this.start.push(this.above.length);
    let last = NONE;
    const { first, end, member } = this.membersOf(component);
    for (let at = first; at < end; at++) {
      const v = member === null ? component : member[at];
      for (let i = referrerStart[v]; i < referrerStart[v + 1]; i++) {
        const u = referrerSource[i];
        const above = this.of(u);
        // of its own component, or nothing reaches it
        if (above >= SEVERAL || above === last || !this.inTier(u, v)) continue;
        this.above.push(above);
        last = above;
      }
    }
    this.classOf[component] = this.count++;
  }

  /** Phase 3. */
  *weigh(): Work<Weights> {
    const { graph } = this.heap;
    const objects = this.scratch.float64('objects of classes', this.count);
    const bytes = this.scratch.float64('bytes of classes', this.count);
    for (let v = 1; v <= graph.objectCount; v++) {
      const own = this.of(v);
      if (own !== NONE) {
        objects[own]++;
        bytes[own] += graph.shapes.slotSize[graph.shapeId[v]];
      }
      if ((v & SLICE_MASK) === 0) yield v;
    }
    this.scratch.release(this.entering, this.queue);
    return { objects, bytes };
  }

  /** Takes components from the queue, to its end, and tells of each reference that leaves one for another of its tier. */
  private *follow(
    leads: (to: number, from: number) => void,
    begin: (component: number) => void = () => undefined,
  ): Work<void> {
    const { referenceStart, referenceTarget } = this.heap.graph;
    let steps = 0;
    for (let head = 0; head < this.end; head++) {
      const component = this.queue[head];
      begin(component);
      const { first, end, member } = this.membersOf(component);
      for (let at = first; at < end; at++) {
        const v = member === null ? component : member[at];
        for (let i = referenceStart[v]; i < referenceStart[v + 1]; i++) {
          const w = referenceTarget[i];
          const to = this.representative(w);
          if (to !== component && this.inTier(v, w)) leads(to, component);
        }
        if ((++steps & SLICE_MASK) === 0) yield steps;
      }
    }
  }

  private representative(objectId: number): number {
    const { cycleOf, memberStart, member } = this.heap.components;
    const cycle = cycleOf[objectId];
    return cycle === NONE ? objectId : member[memberStart[cycle]];
  }

  /** The places of a component's members; one place, and no list, where it is an object on no cycle. */
  private membersOf(component: number): { first: number; end: number; member: Uint32Array | null } {
    const { cycleOf, memberStart, member } = this.heap.components;
    const cycle = cycleOf[component];
    if (cycle === NONE) return ALONE;
    return { first: memberStart[cycle], end: memberStart[cycle + 1], member };
  }

  private inTier(from: number, to: number): boolean {
    const { holder } = this.heap.reachability;
    return TIER_OF_HOLDER[holder[from]] === TIER_OF_HOLDER[holder[to]];
  }
}

const ALONE = { first: 0, end: 1, member: null };

interface Weights {
  readonly objects: Float64Array;
  readonly bytes: Float64Array;
}

/** Phase 4. */
function* sumOverPasses(
  classes: Classes,
  starts: Starts,
  weights: Weights,
  scratch: Scratch,
): Work<Pick<AloneAndReaches, 'reachedObjects' | 'reachedBytes' | 'passes'>> {
  const { groupCount } = starts;
  const low = scratch.uint32('groups of classes, low', classes.count);
  const high = scratch.uint32('groups of classes, high', classes.count);
  const reachedObjects = new Float64Array(groupCount);
  const reachedBytes = new Float64Array(groupCount);
  let passes = 0;
  for (let first = 0; first < groupCount; first += GROUPS_A_PASS) {
    passes++;
    seed(classes, starts, first, low, high);
    yield* spread(classes, groupCount, low, high);
    const patterns = yield* countPatterns(low, high, weights);
    addUp(patterns.objects, first, reachedObjects);
    addUp(patterns.bytes, first, reachedBytes);
  }
  return { reachedObjects, reachedBytes, passes };
}

/** The groups from `first` on, at their own classes and at those of what they start. */
function seed(
  classes: Classes,
  { object, group, groupCount }: Starts,
  first: number,
  low: Uint32Array,
  high: Uint32Array,
): void {
  low.fill(0);
  high.fill(0);
  const set = (own: number, bit: number) => {
    if (bit < 32) low[own] |= 1 << bit;
    else high[own] |= 1 << (bit - 32);
  };
  const end = Math.min(first + GROUPS_A_PASS, groupCount);
  for (let own = first; own < end; own++) set(own, own - first);
  for (let at = 0; at < object.length; at++) {
    if (group[at] >= first && group[at] < end) set(classes.of(object[at]), group[at] - first);
  }
}

function* spread(
  { count, start, above }: Classes,
  groupCount: number,
  low: Uint32Array,
  high: Uint32Array,
): Work<void> {
  let i = 0;
  for (let own = groupCount; own < count; own++) {
    const end = start.get(own - groupCount + 1);
    for (; i < end; i++) {
      const from = above.get(i);
      low[own] |= low[from];
      high[own] |= high[from];
    }
    if ((own & SLICE_MASK) === 0) yield own;
  }
}

const BYTES_OF_WORD = GROUPS_A_PASS / 8;
const PATTERNS = 256;

/** (byte of the word, its eight bits) → what all classes with these bits weigh */
function* countPatterns(low: Uint32Array, high: Uint32Array, weights: Weights): Work<Weights> {
  const objects = new Float64Array(BYTES_OF_WORD * PATTERNS);
  const bytes = new Float64Array(BYTES_OF_WORD * PATTERNS);
  const count = (own: number, word: number, row: number) => {
    for (let rest = word, at = row; rest !== 0; rest >>>= 8, at += PATTERNS) {
      objects[at + (rest & 0xff)] += weights.objects[own];
      bytes[at + (rest & 0xff)] += weights.bytes[own];
    }
  };
  for (let own = 0; own < low.length; own++) {
    count(own, low[own], 0);
    count(own, high[own], (BYTES_OF_WORD / 2) * PATTERNS);
    if ((own & SLICE_MASK) === 0) yield own;
  }
  return { objects, bytes };
}

/** Adds what each pattern weighs to the groups of its bits. */
function addUp(patterns: Float64Array, first: number, sums: Float64Array): void {
  for (let at = 0; at < patterns.length; at++) {
    const group = first + 8 * Math.floor(at / PATTERNS);
    for (let bit = 0, bits = at % PATTERNS; bits !== 0; bit++, bits >>>= 1) {
      if ((bits & 1) === 1) sums[group + bit] += patterns[at];
    }
  }
}
