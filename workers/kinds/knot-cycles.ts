/**
 * The members of a knot that lie on cycles, and the references within their components: components one after another, the largest first, so that
 * each can be looked at alone. What has left all cycles never comes back when more is left out.
 */
import { NONE } from '../lib/none';
import type { Scratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';
import type { ComponentSearch } from './knot-components';
import type { KindedRows } from './knot-graph';

export interface KnotCycles extends KindedRows {
  /** vertex → member of the knot */
  readonly member: Uint32Array;
  /** component → its first vertex; one entry more than there are components */
  readonly first: Uint32Array;
}

/** Members on the largest of the cycles; 0 where none is left. */
export function largestOf({ first }: KnotCycles): number {
  return first.length > 1 ? first[1] : 0;
}

/** The cycles among `rows` without the kinds left out. `member`: vertex of rows → member of the knot. */
export function* cyclesLeft(
  rows: KindedRows,
  member: Uint32Array | null,
  leftOut: Uint8Array,
  search: ComponentSearch,
  scratch: Scratch,
): Work<KnotCycles> {
  yield* search.largest(rows, leftOut, 0, rows.count);
  const { component } = search;
  const size = scratch.uint32('sizes of components', rows.count + 1);
  for (let v = 0; v < rows.count; v++) size[component[v]]++;
  yield rows.count;
  const isCyclic = (v: number): boolean => size[component[v]] > 1 || refersToItself(rows, v, leftOut);
  const first = placeComponents(rows.count, component, size, isCyclic, scratch);
  const order = yield* orderMembers(rows.count, component, first, isCyclic, scratch);
  const cycles = yield* rowsWithin(rows, order, leftOut, component, scratch);
  if (member) for (let v = 0; v < cycles.member.length; v++) cycles.member[v] = member[cycles.member[v]];
  scratch.release(size, first.ofComponent, order.list, order.place);
  return { ...cycles, first: first.starts };
}

function refersToItself({ start, target, kind }: KindedRows, v: number, leftOut: Uint8Array): boolean {
  for (let at = start[v]; at < start[v + 1]; at++) if (target[at] === v && leftOut[kind[at]] === 0) return true;
  return false;
}

interface Places {
  /** component, largest first → its first vertex */
  readonly starts: Uint32Array;
  /** component as the search numbered it → its first vertex */
  readonly ofComponent: Uint32Array;
}

function placeComponents(
  count: number,
  component: Uint32Array,
  size: Uint32Array,
  isCyclic: (v: number) => boolean,
  scratch: Scratch,
): Places {
  const ofComponent = scratch.uint32('places of components', count + 1).fill(NONE);
  const found: number[] = [];
  for (let v = 0; v < count; v++) {
    const c = component[v];
    if (ofComponent[c] !== NONE || !isCyclic(v)) continue;
    ofComponent[c] = 0;
    found.push(c);
  }
  found.sort((a, b) => size[b] - size[a]);
  const starts = new Uint32Array(found.length + 1);
  for (const [at, c] of found.entries()) {
    ofComponent[c] = starts[at];
    starts[at + 1] = starts[at] + size[c];
  }
  return { starts, ofComponent };
}

interface Order {
  /** Vertices of cycles, component by component. */
  readonly list: Uint32Array;
  /** vertex → its place in the list; NONE for those on no cycle */
  readonly place: Uint32Array;
}

function* orderMembers(
  count: number,
  component: Uint32Array,
  { starts, ofComponent }: Places,
  isCyclic: (v: number) => boolean,
  scratch: Scratch,
): Work<Order> {
  const list = scratch.uint32('members on cycles', starts[starts.length - 1]);
  const place = scratch.uint32('places of members', count).fill(NONE);
  for (let v = 0; v < count; v++) {
    if ((v & SLICE_MASK) === 0) yield v;
    if (!isCyclic(v)) continue;
    place[v] = ofComponent[component[v]]++;
    list[place[v]] = v;
  }
  return { list, place };
}

function* rowsWithin(
  rows: KindedRows,
  { list, place }: Order,
  leftOut: Uint8Array,
  component: Uint32Array,
  scratch: Scratch,
): Work<Omit<KnotCycles, 'first'>> {
  const count = list.length;
  let most = 0;
  for (const v of list) most += rows.start[v + 1] - rows.start[v];
  yield count;
  const start = scratch.uint32('first references on cycles', count + 1);
  const target = scratch.uint32('references on cycles', most);
  const kind = scratch.uint32('kinds of references on cycles', most);
  let kept = 0;
  for (let at = 0; at < count; at++) {
    if ((at & SLICE_MASK) === 0) yield at;
    const v = list[at];
    start[at] = kept;
    for (let reference = rows.start[v]; reference < rows.start[v + 1]; reference++) {
      const w = rows.target[reference];
      if (component[w] !== component[v] || leftOut[rows.kind[reference]] === 1) continue;
      target[kept] = place[w];
      kind[kept++] = rows.kind[reference];
    }
  }
  start[count] = kept;
  const member = scratch.uint32('members on cycles', count);
  member.set(list);
  return { count, start, target, kind, member };
}

/** Gives the arrays back. */
export function releaseCycles({ start, target, kind, member }: KnotCycles, scratch: Scratch): void {
  scratch.release(start, target, kind, member);
}
