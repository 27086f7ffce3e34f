/** From pointers as addresses to references between objects: both directions of the graph. */
import type { ObjectTable } from '../dump/object-table';
import type { MemoryAccount } from '../lib/alloc';
import { reversed } from '../lib/csr';
import type { Digraph } from '../lib/digraph';
import { NONE } from '../lib/none';
import { SLICE_MASK, type Work } from '../lib/work';
import type { AddressIndex } from './heap-graph';

/** Steps that linking n objects takes, as its yields count them. */
export function linkSteps(objects: number): number {
  return 2 * objects;
}

/**
 * Resolves every pointer through the index; what leads to no object is dropped. The pointers' memory is given back
 * while they are consumed, so the peak is that of the pointers alone. Then the reverse direction. Rows are in the order
 * of the file and of the offsets in each object.
 */
export function* linked(table: ObjectTable, index: AddressIndex, account: MemoryAccount): Work<Digraph> {
  const vertexCount = table.length;
  const referenceStart = account.uint32('referenceStart', vertexCount + 1);
  const referrerCount = account.uint32('referrerStart', vertexCount + 1);
  const { pointers, pointerEnd } = table;
  const targets = account.uint32('referenceTarget', pointers.length);

  let next = 0;
  let count = 0;
  for (let id = 0; id < vertexCount; id++) {
    referenceStart[id] = count;
    for (const end = pointerEnd.get(id); next < end; next++) {
      const target = index.objectAt(pointers.get(next));
      if (target === NONE) continue;
      targets[count++] = target;
      referrerCount[target]++;
    }
    if ((id & SLICE_MASK) === SLICE_MASK) {
      pointers.releaseBefore(next);
      yield id;
    }
  }
  referenceStart[vertexCount] = count;
  pointers.release();
  pointerEnd.release();

  const referenceTarget = fitted(targets, count, account);
  const reverse = reversed({ start: referenceStart, entry: referenceTarget }, referrerCount, account);
  for (let step = reverse.next(); ; step = reverse.next()) {
    if (step.done) {
      const { start: referrerStart, entry: referrerSource } = step.value;
      return { vertexCount, referenceStart, referenceTarget, referrerStart, referrerSource };
    }
    yield vertexCount + step.value;
  }
}

/** The first `count` entries: a view where little is wasted, since copying costs a second array; else a copy. */
function fitted(array: Uint32Array, count: number, account: MemoryAccount): Uint32Array {
  if (count > 0.9 * array.length) return array.subarray(0, count);
  const copy = account.uint32('referenceTarget', count);
  copy.set(array.subarray(0, count));
  account.release(array);
  return copy;
}
