/**
 * A component by itself: its members numbered anew, the references between them with the kind of each, and where it is entered. The kind of a
 * reference is the field that it lies in and the kind of object that it leads to.
 */
import { HOLDER, type Reachability } from '../analysis/results';
import type { HeapGraph } from '../graph/heap-graph';
import { NONE } from '../lib/none';
import type { Scratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';
import type { ObjectKinds } from './object-kinds';
import type { ReferenceFields } from './reference-fields';

/** References in compressed sparse rows, each with its kind. Vertices are 0 … count - 1. */
export interface KindedRows {
  readonly count: number;
  /** vertex → index of its first reference; count + 1 entries */
  readonly start: Uint32Array;
  /** reference → vertex it leads to */
  readonly target: Uint32Array;
  /** reference → its kind */
  readonly kind: Uint32Array;
}

export interface ReferenceKind {
  readonly field: number;
  /** Kind of the object that it leads to. */
  readonly to: number;
  /** References of this kind between members. */
  references: number;
}

/** Vertices are members, in the order in which they were listed. */
export interface KnotGraph extends KindedRows {
  readonly kinds: readonly ReferenceKind[];
  /** Members that roots, or references from objects outside that are held, lead to. */
  readonly entries: Uint32Array;
}

/** What a component is cut out of. */
export interface KindedHeap {
  readonly graph: HeapGraph;
  readonly reachability: Reachability;
  readonly objects: Pick<ObjectKinds, 'ofObject'>;
  readonly fields: Pick<ReferenceFields, 'ofReference'>;
}

/**
 * `members`: objects. `isLeftOut`: whether references of a field to objects of a kind are as if they were not there. 4 bytes an object of the heap
 * while it runs; 4 bytes a member and 8 a reference for its caller's scratch.
 */
export function* cutKnotOut(
  heap: KindedHeap,
  members: Uint32Array,
  isLeftOut: (field: number, to: number) => boolean,
  scratch: Scratch,
): Work<KnotGraph> {
  const { graph } = heap;
  const vertexOf = scratch.uint32('members by object', graph.vertexCount).fill(NONE);
  for (let vertex = 0; vertex < members.length; vertex++) vertexOf[members[vertex]] = vertex;
  const start = scratch.uint32('first references of members', members.length + 1);
  const most = yield* countWithin(graph, members, vertexOf);
  const target = scratch.uint32('references between members', most);
  const kind = scratch.uint32('kinds of references between members', most);
  const numbers = new KindNumbers(isLeftOut);
  let kept = 0;
  for (let vertex = 0; vertex < members.length; vertex++) {
    if ((vertex & SLICE_MASK) === 0) yield vertex;
    start[vertex] = kept;
    const id = members[vertex];
    for (let at = graph.referenceStart[id]; at < graph.referenceStart[id + 1]; at++) {
      const to = graph.referenceTarget[at];
      if (vertexOf[to] === NONE) continue;
      const number = numbers.of(heap.fields.ofReference[at], heap.objects.ofObject[to]);
      if (number === NONE) continue;
      target[kept] = vertexOf[to];
      kind[kept++] = number;
    }
  }
  start[members.length] = kept;
  const entries = yield* findEntries(heap, members, vertexOf, scratch);
  scratch.release(vertexOf);
  return { count: members.length, start, target, kind, kinds: numbers.kinds, entries };
}

function* countWithin(graph: HeapGraph, members: Uint32Array, vertexOf: Uint32Array): Work<number> {
  let count = 0;
  for (let vertex = 0; vertex < members.length; vertex++) {
    const id = members[vertex];
    for (let at = graph.referenceStart[id]; at < graph.referenceStart[id + 1]; at++)
      if (vertexOf[graph.referenceTarget[at]] !== NONE) count++;
    if ((vertex & SLICE_MASK) === 0) yield vertex;
  }
  return count;
}

/** Kinds of references by number, counted. */
class KindNumbers {
  readonly kinds: ReferenceKind[] = [];
  private readonly known = new Map<number, Map<number, number>>();

  constructor(private readonly isLeftOut: (field: number, to: number) => boolean) {}

  /** NONE for those left out. */
  of(field: number, to: number): number {
    let ofField = this.known.get(field);
    if (!ofField) this.known.set(field, (ofField = new Map<number, number>()));
    let number = ofField.get(to);
    if (number === undefined) {
      number = this.isLeftOut(field, to) ? NONE : this.kinds.push({ field, to, references: 0 }) - 1;
      ofField.set(to, number);
    }
    if (number !== NONE) this.kinds[number].references++;
    return number;
  }
}

function* findEntries(
  { graph, reachability }: KindedHeap,
  members: Uint32Array,
  vertexOf: Uint32Array,
  scratch: Scratch,
): Work<Uint32Array> {
  const { holder, effectiveRoots } = reachability;
  const isEntry = scratch.uint8('entered members', members.length);
  for (const root of effectiveRoots) {
    const vertex = vertexOf[graph.roots.target[root]];
    if (vertex !== NONE) isEntry[vertex] = 1;
  }
  const entries = scratch.uint32('entries', members.length);
  let count = 0;
  for (let vertex = 0; vertex < members.length; vertex++) {
    if ((vertex & SLICE_MASK) === 0) yield vertex;
    const id = members[vertex];
    for (let at = graph.referrerStart[id]; isEntry[vertex] === 0 && at < graph.referrerStart[id + 1]; at++) {
      const from = graph.referrerSource[at];
      if (vertexOf[from] === NONE && holds(holder[from], holder[id])) isEntry[vertex] = 1;
    }
    if (isEntry[vertex] === 1) entries[count++] = vertex;
  }
  scratch.release(isEntry);
  return entries.subarray(0, count);
}

/** Garbage holds nothing, and what only words of frames hold does not hold what is held for sure. */
function holds(from: number, to: number): boolean {
  return from !== HOLDER.nothing && (from !== HOLDER.stackWord || to === HOLDER.stackWord);
}
