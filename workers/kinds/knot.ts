/** A knot as a whole: what ties it, which kinds of objects its members are, and what is left of it, before any tie and after each. */
import { shallowSize } from '../graph/heap-graph';
import type { Scratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';
import { largestOf, type KnotCycles } from './knot-cycles';
import { cutKnotOut, type KindedHeap, type KnotGraph } from './knot-graph';
import { findTies, type Ties, type TieSearch } from './knot-ties';

export interface Knot extends Ties {
  readonly graph: KnotGraph;
  readonly kinds: readonly MemberKind[];
  /** Before any tie, and after each. */
  readonly left: readonly Left[];
  readonly pieces: Pieces;
}

/** The cycles of all that is left: component → its first member; objects, component by component. */
export interface Pieces {
  readonly start: Uint32Array;
  readonly member: Uint32Array;
}

/** The members that are of one kind. */
export interface MemberKind {
  readonly kind: number;
  objects: number;
  bytes: number;
  /** How many of them lie on cycles before any tie, and after each. */
  readonly left: number[];
}

export interface Left {
  /** Members of the largest cycle. */
  readonly largest: number;
  /** Members that lie on cycles. */
  readonly inCycles: number;
}

export interface KnotOptions extends Pick<TieSearch, 'most' | 'steps' | 'onSettled'> {
  /** Whether references of a field to objects of a kind are as if they were not there. */
  readonly isLeftOut: (field: number, to: number) => boolean;
  /** What references of a field to objects of a kind are called. */
  readonly nameOf: (field: number, to: number) => string;
}

/** `members`: the objects of one component. What it keeps is the caller's scratch's. */
export function* findKnot(heap: KindedHeap, members: Uint32Array, options: KnotOptions, scratch: Scratch): Work<Knot> {
  const graph = yield* cutKnotOut(heap, members, options.isLeftOut, scratch);
  const kinds = yield* countKinds(heap, members);
  const left: Left[] = [];
  let last: KnotCycles | null = null;
  const search = {
    ...options,
    nameOf: (kind: number) => options.nameOf(graph.kinds[kind].field, graph.kinds[kind].to),
    onCycles: (cycles: KnotCycles) => {
      left.push({ largest: largestOf(cycles), inCycles: cycles.count });
      for (const { left: counts } of kinds.values()) counts.push(0);
      for (const vertex of cycles.member) {
        const counts = kinds.get(heap.objects.ofObject[members[vertex]])?.left;
        if (counts) counts[counts.length - 1]++;
      }
      last = cycles;
    },
  };
  const ties = yield* findTies(graph, search, scratch);
  return { ...ties, graph, kinds: [...kinds.values()], left, pieces: piecesOf(last, members, scratch) };
}

function* countKinds({ graph, objects }: KindedHeap, members: Uint32Array): Work<Map<number, MemberKind>> {
  const kinds = new Map<number, MemberKind>();
  for (let at = 0; at < members.length; at++) {
    const id = members[at];
    const kind = objects.ofObject[id];
    let counted = kinds.get(kind);
    if (!counted) kinds.set(kind, (counted = { kind, objects: 0, bytes: 0, left: [] }));
    counted.objects++;
    counted.bytes += shallowSize(graph, id);
    if ((at & SLICE_MASK) === 0) yield at;
  }
  return kinds;
}

function piecesOf(cycles: KnotCycles | null, members: Uint32Array, scratch: Scratch): Pieces {
  if (!cycles) return { start: new Uint32Array(1), member: new Uint32Array(0) };
  const member = scratch.uint32('pieces of a knot', cycles.count);
  for (let at = 0; at < member.length; at++) member[at] = members[cycles.member[at]];
  return { start: cycles.first, member };
}
