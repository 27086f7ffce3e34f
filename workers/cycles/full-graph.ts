/**
 * The heap with what ties it together from outside (`--graph full`). Besides objects and the pointers between them there are
 *
 *   - places of data and bss (segment-places.ts) that objects, or other places, point at: object → place → what the place refers to. Composite
 *     literals of package variables are such places: `var c = &Cache{…}` is no object of the heap.
 *   - goroutines that wait: what a goroutine waits on (a channel, or what its lock lies in; goroutine-wait.ts) → goroutine → what its stack,
 *     saved context, defers and panics point at (of words that no list names those that count as roots), and what it sends or receives into
 *     (its sudogs tell). Channels do not point at who waits; sudogs do, so that reference is turned round. What a goroutine waits on it always refers to itself, which ties nothing: that reference is left
 *     out. So are the queues of sudogs, and references from a descriptor to its stack, or the runtime's lists of goroutines would tie all
 *     stacks to each other. System goroutines are none of these.
 *   - finalizers: object → its finalizer's closure, where that lies in the heap and the finalizer is not queued.
 *
 * The runtime's own variables tie nothing that is the program's: places that belong to package runtime, or hold a thread's descriptor, are left out.
 *
 * New vertices are numbered from objectCount + 1 on in the order in which they are met.
 */
import type { Reachability } from '../analysis/results';
import type { Extension } from '../analysis/widened-graph';
import type { HeapGraph } from '../graph/heap-graph';
import type { MemoryAccount } from '../lib/alloc';
import { Uint32Column } from '../lib/column';
import { NONE } from '../lib/none';
import { SLICE_MASK } from '../lib/work';
import type { GoroutineWait } from '../goroutines/goroutine-wait';
import { SegmentPlaces, type Place } from './segment-places';
import { findSegmentPointers } from './segment-pointers';
import type { StuckScene } from '../goroutines/stuck';
import { goroutineOf } from '../goroutines/waking';

/** A vertex that is no object. `goroutine`: index of records.goroutines. */
export type Outside =
  { readonly kind: 'place'; readonly place: Place } | { readonly kind: 'goroutine'; readonly goroutine: number };

export interface FullGraph {
  readonly extension: Extension;
  /** new vertex − objectCount − 1 → what it is */
  readonly outside: readonly Outside[];
}

/**
 * Reads the file for pointers into data and bss. `waits`: one a goroutine, in order. 8 bytes a reference that is added, which the caller releases
 * (`releaseFullGraph`).
 */
export async function findFullGraph(
  heap: StuckScene,
  { effectiveRoots }: Reachability,
  waits: readonly GoroutineWait[],
): Promise<FullGraph> {
  const edges = new Edges(heap.graph.objectCount, heap.account);
  try {
    await addPlaces(heap, edges);
    addGoroutines(heap.graph, effectiveRoots, waits, edges);
    addFinalizers(heap.graph, edges);
    return edges.finish();
  } catch (error) {
    edges.release();
    throw error;
  }
}

export function releaseFullGraph({ extension: { from, to } }: FullGraph, account: MemoryAccount): void {
  account.release(from, to);
}

/** References and vertices while they are found. */
class Edges {
  readonly outside: Outside[] = [];
  private readonly from: Uint32Column;
  private readonly to: Uint32Column;

  constructor(
    private readonly objectCount: number,
    account: MemoryAccount,
  ) {
    this.from = new Uint32Column(account, 'references from outside: from');
    this.to = new Uint32Column(account, 'references from outside: to');
  }

  vertex(outside: Outside): number {
    return this.objectCount + this.outside.push(outside);
  }

  add(from: number, to: number): void {
    this.from.push(from);
    this.to.push(to);
  }

  finish(): FullGraph {
    const { outside, from, to } = this;
    return { extension: { vertices: outside.length, from: from.flatten(), to: to.flatten() }, outside };
  }

  release(): void {
    this.from.release();
    this.to.release();
  }
}

async function addPlaces({ graph, naming, account, checkpoint }: StuckScene, edges: Edges): Promise<void> {
  const pointers = await findSegmentPointers(graph, account, checkpoint);
  try {
    const places = await SegmentPlaces.read(graph, naming, pointers.address);
    const vertices = new Map<number, number>();
    const open: { place: Place; vertex: number }[] = [];
    const vertexOf = (place: Place): number => {
      let vertex = vertices.get(place.start);
      if (vertex === undefined) {
        vertex = edges.vertex({ kind: 'place', place });
        vertices.set(place.start, vertex);
        open.push({ place, vertex });
      }
      return vertex;
    };
    for (let at = 0; at < pointers.source.length; at++) {
      if ((at & SLICE_MASK) === 0) await checkpoint();
      const place = places.at(pointers.address[at]);
      if (place && !isRuntimes(graph, place)) edges.add(pointers.source[at], vertexOf(place));
    }
    for (let next = open.pop(); next; next = open.pop()) {
      for (const reference of places.references(next.place)) {
        if ('object' in reference) edges.add(next.vertex, reference.object);
        else if (!isRuntimes(graph, reference.place)) edges.add(next.vertex, vertexOf(reference.place));
      }
      await checkpoint();
    }
  } finally {
    pointers.release();
  }
}

function isRuntimes({ records }: HeapGraph, { name, start, end }: Place): boolean {
  return name.startsWith('runtime.') || records.threads.some(({ address }) => address >= start && address < end);
}

function addGoroutines(
  graph: HeapGraph,
  effectiveRoots: Uint32Array,
  waits: readonly GoroutineWait[],
  edges: Edges,
): void {
  const { roots, records } = graph;
  const queues = new Set(waits.flatMap(({ sudogs, descriptor }) => [descriptor, ...sudogs]));
  const waiting = new Map<number, { vertex: number; wakers: ReadonlySet<number> }>();
  for (const { goroutine, wakers, sudogs } of waits) {
    if (!wakers || wakers.length === 0 || records.goroutines[goroutine].system) continue;
    const vertex = edges.vertex({ kind: 'goroutine', goroutine });
    const own = new Set(wakers);
    for (const waker of wakers) edges.add(waker, vertex);
    for (const target of sudogs.flatMap((sudog) => referencesOf(graph, sudog))) {
      if (!own.has(target) && !queues.has(target)) edges.add(vertex, target);
    }
    waiting.set(goroutine, { vertex, wakers: own });
  }
  for (const root of effectiveRoots) {
    const owner = goroutineOf(graph, root);
    const found = owner === NONE ? undefined : waiting.get(owner);
    const target = roots.target[root];
    if (found && !found.wakers.has(target) && !queues.has(target)) edges.add(found.vertex, target);
  }
}

function referencesOf({ referenceStart, referenceTarget }: HeapGraph, id: number): number[] {
  return [...referenceTarget.subarray(referenceStart[id], referenceStart[id + 1])];
}

function addFinalizers({ records, index }: HeapGraph, edges: Edges): void {
  for (const { object, funcval, queued } of records.finalizers) {
    const [id, closure] = [index.objectAt(object), index.objectAt(funcval)];
    if (!queued && id !== NONE && closure !== NONE) edges.add(id, closure);
  }
}
