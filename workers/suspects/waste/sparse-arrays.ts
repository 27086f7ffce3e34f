/**
 * Arrays of which strings and slices use a part. What is used is known only where every pointer into the array is that of a header of known
 * type; an array that anything else points into counts as used.
 *
 *   1. Each header widens the part that is used of the array it points into, and the part that slices have room for. An array gets a row with
 *      its first header that leaves some of it out; one that a header uses as a whole gets none.
 *   2. Arrays with as many headers as pointers are known by their headers alone.
 *   3. Of those with pointers outside the used part the words there are read: what they lead to is stale.
 *
 * 4 bytes an object and 41 an array while it runs.
 */
import { shallowSize, valueAddress, type HeapGraph } from '../../graph/heap-graph';
import { NONE } from '../../lib/none';
import { Scratch } from '../../lib/scratch';
import { SLICE_MASK, type Work } from '../../lib/work';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { eachHeader, type Header } from './slice-headers';
import { eachUntypedHeader } from './untyped-headers';
import { staleArrays, type StaleArray } from './stale-elements';
import type { PartlyUsedArray } from './partly-used-array';

/** The room in smaller arrays is told of by nobody: much of it is slack of the allocator. What they lead to is told whatever their size. */
const SMALLEST = 1024;
/** Arrays are sparse when no more of them is used. */
const USED_SHARE = 0.25;
/** A slice has room for an array when it could use so much of it: the rest is slack of the allocator. */
const WHOLE_SHARE = 0.75;
/** An array counts as used when one header has so much of it, from its start: a fifth of a small slot may be slack. */
const ALL_SHARE = 0.8;

export interface SparseArray extends PartlyUsedArray {
  /** Bytes of the array that no header uses. */
  readonly unused: number;
  /** A slice has room for the whole array; otherwise headers have a part of it for good. */
  readonly hasRoom: boolean;
}

export interface UnusedParts {
  readonly sparse: readonly SparseArray[];
  readonly stale: readonly StaleArray[];
}

const found = new WeakMap<AnalysedHeap['naming'], Promise<UnusedParts>>();

/** Looked for once for each dump and its names: several detectors ask. A failed search is made again. */
export function unusedParts(heap: AnalysedHeap): Promise<UnusedParts> {
  const known = found.get(heap.naming);
  if (known) return known;
  const search = find(heap);
  found.set(heap.naming, search);
  search.catch(() => found.delete(heap.naming));
  return search;
}

async function find(heap: AnalysedHeap): Promise<UnusedParts> {
  const scratch = new Scratch(heap.account);
  try {
    const rows = new ArrayRows(heap.graph, scratch);
    await eachHeader(heap, (header) => rows.add(header));
    await eachUntypedHeader(heap, (header) => rows.add(header));
    await heap.drive(rows.dropPointedInto());
    return {
      sparse: await heap.drive(rows.sparse(heap)),
      stale: await staleArrays(heap, (objectId) => rows.withPointers(heap, objectId), scratch),
    };
  } finally {
    scratch.releaseAll();
  }
}

/** Marks of `row` for arrays that have none. */
const NO_ROW = 0;
const USED = NONE;
const FIRST_CAPACITY = 1024;

class ArrayRows {
  /** objectId → row, NO_ROW before any header, USED where it is in use or anything but headers points into it */
  private readonly row: Uint32Array;
  private rows = 1;
  private capacity = FIRST_CAPACITY;
  /** row → … */
  private headers: Uint32Array;
  private owner: Uint32Array;
  private from: Float64Array;
  private to: Float64Array;
  private roomTo: Float64Array;
  private start: Float64Array;
  private offset: Float64Array;
  private pointers: Uint8Array;

  constructor(
    private readonly graph: HeapGraph,
    private readonly scratch: Scratch,
  ) {
    this.row = scratch.uint32('rows of arrays', graph.vertexCount);
    this.headers = scratch.uint32('headers of arrays', FIRST_CAPACITY);
    this.owner = scratch.uint32('owners of arrays', FIRST_CAPACITY);
    this.from = scratch.float64('used starts of arrays', FIRST_CAPACITY);
    this.to = scratch.float64('used ends of arrays', FIRST_CAPACITY);
    this.roomTo = scratch.float64('room of arrays', FIRST_CAPACITY);
    this.start = scratch.float64('slice starts of arrays', FIRST_CAPACITY);
    this.offset = scratch.float64('owner offsets of arrays', FIRST_CAPACITY);
    this.pointers = scratch.uint8('pointers in arrays', FIRST_CAPACITY);
  }

  add({ pointer, bytes, room, owner, offset, element }: Readonly<Header>): void {
    const target = this.graph.index.objectAt(pointer);
    if (target === NONE || this.row[target] === USED) return;
    const size = shallowSize(this.graph, target);
    const holdsPointers = element !== null && (element.mask === null || element.mask.length > 0);
    if (size < SMALLEST && !holdsPointers) return;
    const start = pointer - valueAddress(this.graph, target);
    if (start === 0 && bytes >= ALL_SHARE * size) {
      this.row[target] = USED;
      return;
    }
    const row = this.row[target] === NO_ROW ? this.newRow(target) : this.row[target];
    const first = this.headers[row]++ === 0;
    if (first || bytes > this.to[row] - this.from[row]) {
      this.owner[row] = owner;
      this.offset[row] = offset;
    }
    if (bytes > 0) {
      this.from[row] = Math.min(this.from[row], start);
      this.to[row] = Math.max(this.to[row], start + bytes);
    }
    this.start[row] = Math.min(this.start[row], start);
    if (element) this.roomTo[row] = Math.max(this.roomTo[row], start + room);
    if (holdsPointers) this.pointers[row] = 1;
  }

  /** Arrays that more points into than headers are used in ways that nobody knows. */
  *dropPointedInto(): Work<void> {
    const { graph, row, headers } = this;
    const pointersOfRoots = new Map<number, number>();
    for (let root = 0; root < graph.roots.strongCount; root++) {
      const target = graph.roots.target[root];
      if (row[target] !== NO_ROW && row[target] !== USED)
        pointersOfRoots.set(target, (pointersOfRoots.get(target) ?? 0) + 1);
    }
    for (let id = 1; id <= graph.objectCount; id++) {
      if ((id & SLICE_MASK) === 0) yield id;
      if (row[id] === NO_ROW || row[id] === USED) continue;
      const pointers = graph.referrerStart[id + 1] - graph.referrerStart[id] + (pointersOfRoots.get(id) ?? 0);
      if (headers[row[id]] < pointers) row[id] = USED;
    }
  }

  *sparse(heap: AnalysedHeap): Work<SparseArray[]> {
    const arrays: SparseArray[] = [];
    for (let id = 1; id <= this.graph.objectCount; id++) {
      if ((id & SLICE_MASK) === 0) yield id;
      const array = shallowSize(this.graph, id) < SMALLEST ? null : this.arrayOf(heap, id);
      if (!array) continue;
      const size = shallowSize(this.graph, id) - (valueAddress(this.graph, id) - this.graph.slotAddress[id]);
      const used = Math.min(array.usedTo, size) - array.usedFrom;
      if (used > USED_SHARE * size) continue;
      const hasRoom = this.roomTo[this.row[id]] >= WHOLE_SHARE * size;
      arrays.push({ ...array, usedTo: array.usedFrom + used, unused: size - used, hasRoom });
    }
    return arrays;
  }

  /** An array whose elements hold pointers; null for others. */
  withPointers(heap: AnalysedHeap, objectId: number): PartlyUsedArray | null {
    const array = this.arrayOf(heap, objectId);
    return array && this.pointers[this.row[objectId]] === 1 ? array : null;
  }

  private arrayOf({ naming }: AnalysedHeap, objectId: number): PartlyUsedArray | null {
    const row = this.row[objectId];
    if (row === NO_ROW || row === USED) return null;
    const none = this.to[row] === 0;
    const owner = this.owner[row];
    const offset = this.offset[row];
    const variable = owner === NONE ? variableText(naming, offset, objectId) : null;
    return {
      objectId,
      usedFrom: none ? 0 : this.from[row],
      usedTo: none ? 0 : this.to[row],
      start: this.start[row],
      place: { objectId: owner, offset, variable },
    };
  }

  private newRow(target: number): number {
    if (this.rows === this.capacity) this.grow();
    const row = (this.row[target] = this.rows++);
    this.from[row] = Infinity;
    this.start[row] = Infinity;
    return row;
  }

  private grow(): void {
    this.capacity *= 2;
    this.headers = this.larger(this.headers, this.scratch.uint32('headers of arrays', this.capacity));
    this.owner = this.larger(this.owner, this.scratch.uint32('owners of arrays', this.capacity));
    this.from = this.larger(this.from, this.scratch.float64('used starts of arrays', this.capacity));
    this.to = this.larger(this.to, this.scratch.float64('used ends of arrays', this.capacity));
    this.roomTo = this.larger(this.roomTo, this.scratch.float64('room of arrays', this.capacity));
    this.start = this.larger(this.start, this.scratch.float64('slice starts of arrays', this.capacity));
    this.offset = this.larger(this.offset, this.scratch.float64('owner offsets of arrays', this.capacity));
    this.pointers = this.larger(this.pointers, this.scratch.uint8('pointers in arrays', this.capacity));
  }

  private larger<A extends Uint8Array | Uint32Array | Float64Array>(before: A, after: A): A {
    after.set(before);
    this.scratch.release(before);
    return after;
  }
}

/** `main.queue.jobs`; `[]main.Job in a variable` where nothing names that. */
function variableText(naming: AnalysedHeap['naming'], address: number, arrayId: number): string {
  const array = naming.group(naming.groupOfBelief(naming.beliefs.numberOf(arrayId)))?.name;
  return naming.roots.globalAt(address, array === undefined ? 'a variable' : `${array} in a variable`);
}
