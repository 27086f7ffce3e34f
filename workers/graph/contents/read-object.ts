/**
 * What a graph does not keep in memory, read from the file when somebody looks: contents, pointer words, pointer lists,
 * and where a root's word lies. Each call reads what it needs through buffers of a few KiB.
 */
import { type HeapGraph, ROOT, ROOT_PART, shallowSize } from '../heap-graph';
import { pointersOfOne } from './listed-pointers';

/** A listed word of an object. */
export interface ObjectPointer {
  /** Bytes from the start of the slot. */
  offset: number;
  /** The word as an address; only words beyond 2^53, which are no addresses of this heap, are rounded. */
  value: number;
}

/**
 * The listed words of an object, nil ones too, from the `from`-th on, at most `limit`; none where the file does not
 * hold the contents.
 */
export async function objectPointers(
  graph: HeapGraph,
  objectId: number,
  from: number,
  limit: number,
): Promise<ObjectPointer[]> {
  const pointers: ObjectPointer[] = [];
  let skip = from;
  const slot = { contentsAt: graph.contentsAt[objectId], size: shallowSize(graph, objectId) };
  await pointersOfOne(graph.records).visit(slot, (offset, value) => {
    if (skip > 0) skip--;
    else if (pointers.length < limit) pointers.push({ offset, value });
    return pointers.length < limit;
  });
  return pointers;
}

/** The first `limit` offsets, in the slot, of the pointers that objects of a shape list. */
export async function shapeOffsets(graph: HeapGraph, shapeId: number, limit: number): Promise<number[]> {
  const { shapes } = graph;
  const offsets: number[] = [];
  if (shapes.pointerCount[shapeId] === 0 || limit === 0) return offsets;
  const visit = (offset: number) => offsets.push(offset) < limit;
  await pointersOfOne(graph.records).visitList(shapes.fieldListAt[shapeId], shapes.slotSize[shapeId], visit);
  return offsets;
}

/** Bytes of an object's slot; fewer than asked for at its end, and none where the file does not hold them. */
export async function objectBytes(
  graph: HeapGraph,
  objectId: number,
  offset: number,
  length: number,
): Promise<Uint8Array> {
  const contentsAt = graph.contentsAt[objectId];
  const size = shallowSize(graph, objectId);
  if (contentsAt < 0 || offset < 0 || offset >= size) return new Uint8Array(0);
  return readBytes(graph, contentsAt + offset, Math.min(length, size - offset));
}

/**
 * Where the word of a root lies: its address in data, bss or a frame. For a finalizer, the object that it was set on;
 * for a goroutine's descriptor, that descriptor; null where the file does not say.
 */
export function rootAddress(graph: HeapGraph, root: number): number | null {
  const { records, roots } = graph;
  const owner = roots.owner[root];
  const offset = roots.offset[root];
  switch (roots.kind[root]) {
    case ROOT.data:
      return records.data ? records.data.address + offset : null;
    case ROOT.bss:
      return records.bss ? records.bss.address + offset : null;
    case ROOT.stack:
      return records.frames[owner].address + offset;
    case ROOT.finalizer:
      return records.finalizers[owner].object;
    case ROOT.goroutine:
      return offset === ROOT_PART.descriptor ? null : records.goroutines[owner].address;
    default:
      return null;
  }
}

async function readBytes(graph: HeapGraph, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let held = 0;
  while (held < length) {
    const read = await graph.records.source.read(offset + held, bytes.subarray(held));
    if (read === 0) break;
    held += read;
  }
  return bytes.subarray(0, held);
}
