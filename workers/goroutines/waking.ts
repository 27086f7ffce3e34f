/**
 * Who can still be woken: marking like the collector's, but a goroutine that waits on a channel or a lock counts for nothing until something
 * that runs reaches what it waits on (Saioc, Shirchenko, Chabbi: "Dynamic partial deadlock detection and recovery via garbage collection",
 * ASPLOS 2025, which Go's goroutineleak profile follows).
 *
 * Start from data, bss, finalizers and every goroutine that runs, sleeps or waits for the runtime. References out of a waiting goroutine's
 * descriptor and sudogs are not followed: the runtime's lists of goroutines and locks lead to them. When the marking comes to a channel or lock,
 * the goroutines that wait on it are set free, with their roots. What is never set free can never run again.
 *
 * Three passes over one marking, each from weaker evidence, and `wokenBy` keeps which one freed a goroutine: strong roots; then words of stacks
 * that no list names and that are not known to be dead; then objects that nothing recorded holds, which from Go 1.24 on a cleanup may hold.
 * Each object is visited once, held descriptors and sudogs twice at most. 4 bytes and 2 bits an object while it runs.
 */
import { ROOT, type HeapGraph } from '../graph/heap-graph';
import type { MemoryAccount } from '../lib/alloc';
import { BitSet } from '../lib/bit-set';
import { NONE } from '../lib/none';
import { withScratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';
import type { GoroutineWait } from './goroutine-wait';

/** What freed a goroutine, in the order of the passes. */
export const WOKEN_BY = { strong: 0, stackWord: 1, unheld: 2, nothing: 3 } as const;

export interface Waking {
  /** goroutine (index of records.goroutines) → WOKEN_BY */
  readonly wokenBy: Uint8Array;
  /** Objects that strong roots reach of what runs or can be woken. The caller releases it. */
  readonly reached: BitSet;
}

export interface WakingInput {
  readonly graph: HeapGraph;
  /** One a goroutine, in order. */
  readonly waits: readonly GoroutineWait[];
  /** Goroutines that count as running whatever they wait on: a program's main, the runtime's own. */
  isAlwaysLive(goroutine: number): boolean;
  /** Whether a row of graph.roots is a word of a stack that is dead for certain. */
  isDead(root: number): boolean;
  /** Objects with finalizers: the collector hands them to those. */
  readonly finalized: Iterable<number>;
  /** Objects that nothing recorded holds and that may be held all the same: one of each unreachable component that no other refers to. */
  readonly unheld: Iterable<number>;
}

export function findWaking(input: WakingInput, account: MemoryAccount): Work<Waking> {
  return withScratch(account, function* (scratch) {
    const { graph } = input;
    const marked = new BitSet(account, 'reached by what runs', graph.vertexCount);
    const special = new BitSet(account, 'wakers and waiters', graph.vertexCount);
    try {
      // held descriptors and sudogs come a second time when they are set free
      const queue = scratch.uint32('queue of waking', graph.vertexCount + heldObjects(input));
      const marking = new Marking(input, marked, special, queue);
      yield* marking.strong();
      const reached = marked.copy(account, 'reached by goroutines that can run');
      yield* marking.stackWords();
      yield* marking.unheld();
      yield* marking.strongOfStackWords(reached);
      return { wokenBy: marking.wokenBy, reached };
    } finally {
      marked.release();
      special.release();
    }
  });
}

function heldObjects({ waits }: WakingInput): number {
  return waits.reduce((sum, { wakers, sudogs }) => sum + (wakers ? 1 + sudogs.length : 0), 0);
}

class Marking {
  readonly wokenBy: Uint8Array;
  private readonly waitersOf = new Map<number, number[]>();
  private readonly held = new Set<number>();
  private readonly rootsOf: Map<number, number[]>;
  private pass: number = WOKEN_BY.strong;
  private head = 0;
  private queued = 0;

  constructor(
    private readonly input: WakingInput,
    private marked: BitSet,
    /** Objects to stop at: wakers, and what is held back. */
    private readonly special: BitSet,
    private readonly queue: Uint32Array,
  ) {
    const { waits } = input;
    this.wokenBy = new Uint8Array(waits.length);
    for (const wait of waits) if (wait.wakers && !input.isAlwaysLive(wait.goroutine)) this.holdBack(wait, wait.wakers);
    this.rootsOf = this.rootsOfHeld();
  }

  *strong(): Work<void> {
    const { graph, finalized } = this.input;
    for (let root = 0; root < graph.roots.strongCount; root++)
      if (!this.isHeldRoot(root)) this.meet(graph.roots.target[root]);
    for (const objectId of finalized) this.meet(objectId);
    yield* this.spread();
  }

  *stackWords(): Work<void> {
    const { graph } = this.input;
    this.pass = WOKEN_BY.stackWord;
    for (let root = graph.roots.strongCount; root < graph.roots.count; root++)
      if (!this.isHeldRoot(root) && !this.input.isDead(root)) this.meet(graph.roots.target[root]);
    yield* this.spread();
  }

  *unheld(): Work<void> {
    this.pass = WOKEN_BY.unheld;
    for (const objectId of this.input.unheld) this.meet(objectId);
    yield* this.spread();
  }

  /** Marks in `reached`, which has what the first pass marked, what goroutines of the second pass hold by strong roots. */
  *strongOfStackWords(reached: BitSet): Work<void> {
    const { graph, waits } = this.input;
    this.marked = reached;
    this.head = this.queued = 0;
    for (const { goroutine, descriptor, sudogs } of waits) {
      if (this.wokenBy[goroutine] !== WOKEN_BY.stackWord) continue;
      for (const objectId of [descriptor, ...sudogs]) if (objectId !== NONE) this.queue[this.queued++] = objectId;
      for (const root of this.rootsOf.get(goroutine) ?? [])
        if (root < graph.roots.strongCount) this.meet(graph.roots.target[root]);
    }
    yield* this.spread();
  }

  private holdBack({ goroutine, descriptor, sudogs }: GoroutineWait, wakers: readonly number[]): void {
    this.wokenBy[goroutine] = WOKEN_BY.nothing;
    for (const objectId of [descriptor, ...sudogs]) {
      if (objectId === NONE) continue;
      this.held.add(objectId);
      this.special.add(objectId);
    }
    for (const waker of wakers) {
      const waiters = this.waitersOf.get(waker);
      if (waiters) waiters.push(goroutine);
      else this.waitersOf.set(waker, [goroutine]);
      this.special.add(waker);
    }
  }

  /** held goroutine → its roots, strong ones first */
  private rootsOfHeld(): Map<number, number[]> {
    const { roots } = this.input.graph;
    const found = new Map<number, number[]>();
    for (let root = 0; root < roots.count; root++) {
      const owner = goroutineOf(this.input.graph, root);
      if (owner === NONE || this.wokenBy[owner] !== WOKEN_BY.nothing) continue;
      const own = found.get(owner);
      if (own) own.push(root);
      else found.set(owner, [root]);
    }
    return found;
  }

  private isHeldRoot(root: number): boolean {
    const owner = goroutineOf(this.input.graph, root);
    return owner !== NONE && this.wokenBy[owner] === WOKEN_BY.nothing;
  }

  private meet(v: number): void {
    if (this.marked.has(v)) return;
    this.marked.add(v);
    this.queue[this.queued++] = v;
  }

  private *spread(): Work<void> {
    const { referenceStart, referenceTarget } = this.input.graph;
    while (this.head < this.queued) {
      const v = this.queue[this.head++];
      if ((this.head & SLICE_MASK) === 0) yield this.head;
      if (this.special.has(v)) {
        for (const goroutine of this.waitersOf.get(v) ?? []) this.wake(goroutine);
        if (this.held.has(v)) continue;
      }
      for (let reference = referenceStart[v]; reference < referenceStart[v + 1]; reference++)
        this.meet(referenceTarget[reference]);
    }
  }

  private wake(goroutine: number): void {
    const { graph, waits } = this.input;
    if (this.wokenBy[goroutine] !== WOKEN_BY.nothing) return;
    this.wokenBy[goroutine] = this.pass;
    const { descriptor, sudogs } = waits[goroutine];
    for (const objectId of [descriptor, ...sudogs]) {
      if (!this.held.delete(objectId) || !this.marked.has(objectId)) continue;
      this.queue[this.queued++] = objectId;
    }
    const { strongCount, target } = graph.roots;
    for (const root of this.rootsOf.get(goroutine) ?? [])
      if (root < strongCount || (this.pass > WOKEN_BY.strong && !this.input.isDead(root))) this.meet(target[root]);
  }
}

/** The goroutine whose frame or record a root lies in; NONE for others. */
export function goroutineOf({ roots, records }: HeapGraph, root: number): number {
  const owner = roots.owner[root];
  if (roots.kind[root] === ROOT.stack) return records.frames[owner].goroutine;
  return roots.kind[root] === ROOT.goroutine ? owner : NONE;
}
