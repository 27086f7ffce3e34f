/**
 * The object graph of a dump: columns indexed by dense object ids in the order of the file. Ids are 1 … objectCount; 0
 * is the pseudo-root, which has no row of references here: what the roots point at stands in `roots`. Phantoms are
 * gone. Built once, never changed.
 */
import type { Digraph } from '../lib/digraph';
import type { DumpRecords } from '../dump/records';

/**
 * What objects of one size and one list of pointer offsets have in common. Interned: shape ids are dense; shape 0 is
 * the pseudo-root's, of 0 bytes.
 */
export interface ShapeTable {
  readonly count: number;
  /** shapeId → bytes of the slot */
  readonly slotSize: Float64Array;
  /** shapeId → bytes before the value: 8 where there is a malloc header, else 0 */
  readonly valueOffset: Uint8Array;
  /** shapeId → pointer words that the dump lists */
  readonly pointerCount: Float64Array;
  /** shapeId → file offset of the field list of one object of this shape (to read the offsets again) */
  readonly fieldListAt: Float64Array;
}

/** Kinds of roots as stored in columns; ROOT_KINDS[kind] is the name on the wire. */
export const ROOT_KINDS = ['data', 'bss', 'stack', 'goroutine', 'finalizer', 'other'] as const;
export const ROOT = { data: 0, bss: 1, stack: 2, goroutine: 3, finalizer: 4, other: 5 } as const;

/** References from outside the heap to objects. Strong ones first, then weak ones; each in the order of the file. */
export interface RootTable {
  readonly count: number;
  /** Rows below this are strong; from here on, weak (stack words that no list names). */
  readonly strongCount: number;
  /** root → ROOT kind */
  readonly kind: Uint8Array;
  /** root → object it points at */
  readonly target: Uint32Array;
  /** root → bytes into the target's slot */
  readonly targetOffset: Float64Array;
  /**
   * root → index of what the pointer lies in: of records.frames for `stack`, of records.goroutines for `goroutine`, of
   * records.finalizers for `finalizer`, of records.otherRoots for `other`, 0 for data and bss
   */
  readonly owner: Uint32Array;
  /**
   * root → offset of the word in its segment or frame; for finalizers and goroutine records, the ROOT_PART that says
   * which pointer it is
   */
  readonly offset: Float64Array;
}

/** Which pointer of a goroutine or finalizer record a root is. */
export const ROOT_PART = {
  descriptor: 0,
  context: 1,
  deferRecord: 2,
  deferFunction: 3,
  panicRecord: 4,
  panicValue: 5,
  finalizerFunction: 6,
  /** What the finalizer's object points at: the collector keeps that, not the object. */
  finalizerReference: 7,
  /** The object itself, where the finalizer is queued. */
  finalizerObject: 8,
} as const;

/** Address → object in O(1), interior addresses too. */
export interface AddressIndex {
  /** The object whose slot contains the address, or NONE. */
  objectAt(address: number): number;
}

export interface HeapGraph extends Digraph {
  /** vertexCount === objectCount + 1: vertex 0 is the pseudo-root, without references of its own. */
  readonly objectCount: number;
  /** objectId → address of the slot */
  readonly slotAddress: Float64Array;
  /** objectId → file offset of the slot's bytes; -1 where the file does not hold them */
  readonly contentsAt: Float64Array;
  /** objectId → shape */
  readonly shapeId: Uint32Array;
  readonly shapes: ShapeTable;
  readonly index: AddressIndex;
  readonly roots: RootTable;
  /** Shallow bytes of all objects. */
  readonly heapBytes: number;
  readonly phantomRecords: number;
  readonly phantomBytes: number;
  /** Everything in the dump that is not an object. */
  readonly records: DumpRecords;
}

/** Bytes of the slot. */
export function shallowSize(graph: HeapGraph, objectId: number): number {
  return graph.shapes.slotSize[graph.shapeId[objectId]];
}

/** Where the value begins: after the malloc header where there is one. */
export function valueAddress(graph: HeapGraph, objectId: number): number {
  return graph.slotAddress[objectId] + graph.shapes.valueOffset[graph.shapeId[objectId]];
}
