/** What only elements lead to that no slice has any more: they were cut off behind its end, or taken from its front. */
import { HeapWindows } from '../../graph/contents/heap-windows';
import { shallowSize, valueAddress, type HeapGraph } from '../../graph/heap-graph';
import { NONE } from '../../lib/none';
import type { Scratch } from '../../lib/scratch';
import { eachObject } from '../../graph/contents/each-object';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import type { PartlyUsedArray } from './partly-used-array';

export interface StaleArray extends PartlyUsedArray {
  /** What elements in use point at. */
  readonly live: readonly number[];
  /** What only elements outside the used part point at; each once. */
  readonly stale: readonly number[];
  /** Elements before the first slice point at some of them. */
  readonly before: boolean;
}

/** Arrays of more pointers are left out: to read them at one go takes long. */
const MOST_WORDS = 2 ** 24;

/** In one sweep over the windows that hold arrays with pointers of which a part is not in use; `partlyUsed` tells which those are. */
export async function staleArrays(
  heap: AnalysedHeap,
  partlyUsed: (objectId: number) => PartlyUsedArray | null,
  scratch: Scratch,
): Promise<StaleArray[]> {
  const { graph } = heap;
  const found: StaleArray[] = [];
  const windows = await HeapWindows.over(graph, 0, scratch, () => heap.checkpoint());
  await eachObject(
    windows,
    () => heap.checkpoint(),
    (objectId, position) => {
      const array = partlyUsed(objectId);
      const stale = array && staleIn(graph, windows, array, position);
      if (stale) found.push(stale);
    },
    // an array that leads nowhere has nothing stale
    (objectId) => graph.referenceStart[objectId] < graph.referenceStart[objectId + 1] && partlyUsed(objectId) !== null,
  );
  return found;
}

function staleIn(graph: HeapGraph, windows: HeapWindows, array: PartlyUsedArray, position: number): StaleArray | null {
  const { objectId, usedFrom, usedTo, start } = array;
  const P = graph.records.params.pointerBytes;
  const size = shallowSize(graph, objectId) - (valueAddress(graph, objectId) - graph.slotAddress[objectId]);
  if (size > P * MOST_WORDS) return null;
  const targets = new Set(
    graph.referenceTarget.subarray(graph.referenceStart[objectId], graph.referenceStart[objectId + 1]),
  );
  const live = new Set<number>();
  const stale = new Set<number>();
  let before = false;
  for (let offset = 0; offset + P <= size; offset += P) {
    const value = windows.word(position + offset);
    const target = value === 0 ? NONE : graph.index.objectAt(value);
    if (target === NONE || !targets.has(target)) continue;
    if (offset >= usedFrom && offset < usedTo) live.add(target);
    else {
      stale.add(target);
      before ||= offset < start;
    }
  }
  for (const id of live) stale.delete(id);
  return stale.size > 0 ? { ...array, live: [...live], stale: [...stale], before } : null;
}
