/** From pointers as addresses to references between objects: both directions of the graph. */
import type { ObjectTable } from '../dump/object-table';
import type { MemoryAccount } from '../lib/alloc';
import { reversed } from '../lib/csr';
import type { Digraph } from '../lib/digraph';
import { NONE } from '../lib/none';
import { SLICE_MASK, type Work } from '../lib/work';
import type { PageIndex } from './page-index';

/** Steps that linking n objects takes, as its yields count them. */
export function linkSteps(objects: number): number {
  return 3 * objects;
}

/**
 * Resolves every pointer through the index; what leads to no object is dropped. The pointers' memory is given back
 * while they are consumed, so the peak is that of the pointers alone. Then rows, which are in the order of the file and
 * of the offsets in each object, and the reverse direction. One pass does one thing, for the sake of speed: each is
 * bound by cache misses, and a short loop has more of them under way at a time.
 */
export function* linked(table: ObjectTable, index: PageIndex, account: MemoryAccount): Work<Digraph> {
  const vertexCount = table.length;
  const targets = yield* resolved(table, index, account);
  const referenceStart = account.uint32('referenceStart', vertexCount + 1);
  const referrerCount = account.uint32('referrerStart', vertexCount + 1);
  const { pointerEnd } = table;
  let next = 0;
  let count = 0;
  for (let id = 0; id < vertexCount; id++) {
    referenceStart[id] = count;
    for (const end = pointerEnd.get(id); next < end; next++) {
      const target = targets[next];
      if (target === NONE) continue;
      targets[count++] = target;
      referrerCount[target]++;
    }
    if ((id & SLICE_MASK) === 0) yield vertexCount + id;
  }
  referenceStart[vertexCount] = count;
  pointerEnd.release();

  const referenceTarget = fitted(targets, count, account);
  const reverse = reversed({ start: referenceStart, entry: referenceTarget }, referrerCount, account);
  for (let step = reverse.next(); ; step = reverse.next()) {
    if (step.done) {
      const { start: referrerStart, entry: referrerSource } = step.value;
      return { vertexCount, referenceStart, referenceTarget, referrerStart, referrerSource };
    }
    yield 2 * vertexCount + step.value;
  }
}

/** pointer → object, or NONE */
function* resolved({ pointers, length }: ObjectTable, index: PageIndex, account: MemoryAccount): Work<Uint32Array> {
  const targets = account.uint32('referenceTarget', pointers.length);
  let next = 0;
  for (const part of pointers.parts()) {
    index.objectsAt(part, targets, next);
    next += part.length;
    pointers.releaseBefore(next);
    yield Math.floor((next / targets.length) * length);
  }
  pointers.release();
  return targets;
}

/** The first `count` entries: a view where little is wasted, since copying costs a second array; else a copy. */
function fitted(array: Uint32Array, count: number, account: MemoryAccount): Uint32Array {
  if (count > 0.9 * array.length) return array.subarray(0, count);
  const copy = account.uint32('referenceTarget', count);
  copy.set(array.subarray(0, count));
  account.release(array);
  return copy;
}
