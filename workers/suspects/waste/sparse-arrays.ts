/**
 * Arrays of which strings and slices use a small part. What is used is known only where every pointer into the array is that of a header of
 * known type; an array that anything else points into counts as used.
 *
 *   1. Arrays of some size get a row.
 *   2. Each header widens the part that is used of the array it points into, and the part that slices have room for.
 *   3. Arrays with as many headers as pointers, most of whose bytes no header uses, are sparse.
 *
 * 4 bytes an object and 48 an array while it runs.
 */
import { shallowSize, valueAddress, type HeapGraph } from '../../graph/heap-graph';
import { NONE } from '../../lib/none';
import { Scratch } from '../../lib/scratch';
import { SLICE_MASK, type Work } from '../../lib/work';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { eachHeader, type Header } from './slice-headers';
import type { HeaderPlace } from './waste';

/** Smaller arrays are told of by nobody: many of them are slack of the allocator. */
const SMALLEST = 1024;
/** Arrays are sparse when no more of them is used. */
const USED_SHARE = 0.25;
/** A slice has room for an array when it could use so much of it: the rest is slack of the allocator. */
const WHOLE_SHARE = 0.75;

export interface SparseArray {
  readonly objectId: number;
  /** Bytes of the array that no header uses. */
  readonly unused: number;
  /** Where the used part begins and ends, in bytes from the array's value; 0 and 0 where no header has any element. */
  readonly usedFrom: number;
  readonly usedTo: number;
  /** A slice has room for the whole array; otherwise headers have a part of it for good. */
  readonly hasRoom: boolean;
  /** Elements of the slice hold pointers. */
  readonly pointers: boolean;
  /** Where the header that uses most lies. */
  readonly place: HeaderPlace;
}

const found = new WeakMap<AnalysedHeap['naming'], Promise<readonly SparseArray[]>>();

/** Looked for once for each dump and its names: several detectors ask. A failed search is made again. */
export function sparseArrays(heap: AnalysedHeap): Promise<readonly SparseArray[]> {
  const known = found.get(heap.naming);
  if (known) return known;
  const search = find(heap);
  found.set(heap.naming, search);
  search.catch(() => found.delete(heap.naming));
  return search;
}

async function find(heap: AnalysedHeap): Promise<SparseArray[]> {
  const scratch = new Scratch(heap.account);
  try {
    const rows = await heap.drive(ArrayRows.of(heap.graph, scratch));
    await eachHeader(heap, (header) => rows.add(header));
    return await heap.drive(rows.sparse(heap));
  } finally {
    scratch.releaseAll();
  }
}

class ArrayRows {
  private constructor(
    private readonly graph: HeapGraph,
    /** objectId → row, 0 for none */
    private readonly row: Uint32Array,
    /** row → … */
    private readonly headers: Uint32Array,
    private readonly from: Float64Array,
    private readonly to: Float64Array,
    private readonly roomTo: Float64Array,
    private readonly owner: Uint32Array,
    private readonly offset: Float64Array,
    private readonly pointers: Uint8Array,
  ) {}

  static *of(graph: HeapGraph, scratch: Scratch): Work<ArrayRows> {
    const row = scratch.uint32('rows of arrays', graph.vertexCount);
    let rows = 0;
    for (let id = 1; id <= graph.objectCount; id++) {
      if (shallowSize(graph, id) >= SMALLEST) row[id] = ++rows;
      if ((id & SLICE_MASK) === 0) yield id;
    }
    const column = (name: string): Float64Array => scratch.float64(name, rows + 1);
    return new ArrayRows(
      graph,
      row,
      scratch.uint32('headers of arrays', rows + 1),
      column('used starts of arrays').fill(Infinity),
      column('used ends of arrays'),
      column('room of arrays'),
      scratch.uint32('owners of arrays', rows + 1),
      column('owner offsets of arrays'),
      scratch.uint8('pointers in arrays', rows + 1),
    );
  }

  add({ pointer, bytes, room, owner, offset, element }: Readonly<Header>): void {
    const target = this.graph.index.objectAt(pointer);
    const row = target === NONE ? 0 : this.row[target];
    if (row === 0) return;
    const start = pointer - valueAddress(this.graph, target);
    const first = this.headers[row]++ === 0;
    if (first || bytes > this.to[row] - this.from[row]) {
      this.owner[row] = owner;
      this.offset[row] = offset;
    }
    if (bytes > 0) {
      this.from[row] = Math.min(this.from[row], start);
      this.to[row] = Math.max(this.to[row], start + bytes);
    }
    if (element) {
      this.roomTo[row] = Math.max(this.roomTo[row], start + room);
      if (element.mask === null || element.mask.length > 0) this.pointers[row] = 1;
    }
  }

  *sparse(heap: AnalysedHeap): Work<SparseArray[]> {
    const { graph, row } = this;
    const pointersOfRoots = new Map<number, number>();
    for (let root = 0; root < graph.roots.strongCount; root++) {
      const target = graph.roots.target[root];
      if (row[target] !== 0) pointersOfRoots.set(target, (pointersOfRoots.get(target) ?? 0) + 1);
    }
    const arrays: SparseArray[] = [];
    for (let id = 1; id <= graph.objectCount; id++) {
      if ((id & SLICE_MASK) === 0) yield id;
      if (row[id] === 0 || this.headers[row[id]] === 0) continue;
      const pointers = graph.referrerStart[id + 1] - graph.referrerStart[id] + (pointersOfRoots.get(id) ?? 0);
      const array = this.headers[row[id]] < pointers ? null : this.arrayOf(heap, id, row[id]);
      if (array) arrays.push(array);
    }
    return arrays;
  }

  private arrayOf({ graph, naming }: AnalysedHeap, objectId: number, row: number): SparseArray | null {
    const size = shallowSize(graph, objectId) - (valueAddress(graph, objectId) - graph.slotAddress[objectId]);
    const none = this.to[row] === 0;
    const usedFrom = none ? 0 : this.from[row];
    const usedTo = none ? 0 : Math.min(this.to[row], size);
    const unused = size - (usedTo - usedFrom);
    if (usedTo - usedFrom > USED_SHARE * size) return null;
    const owner = this.owner[row];
    const offset = this.offset[row];
    const variable = owner === NONE ? naming.roots.globalAt(offset, 'a variable') : null;
    return {
      objectId,
      unused,
      usedFrom,
      usedTo,
      hasRoom: this.roomTo[row] >= WHOLE_SHARE * size,
      pointers: this.pointers[row] === 1,
      place: { objectId: owner, offset, variable },
    };
  }
}
