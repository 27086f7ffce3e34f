/** One sweep over the objects' bytes, in the order of the file. */
import type { HeapWindows } from './heap-windows';

/** `share` of the sweep that is done, 0 … 1. */
export type SweepCheckpoint = (share?: number) => void | Promise<void>;

/** Objects that are visited between two checkpoints; a window may hold half a million. */
const VISITS_MASK = (1 << 13) - 1;

/**
 * Visits the objects whose bytes the file holds, in the order of the file. `wanted` passes over others without a look at their bytes: a window
 * without any is not even read. A visit that takes long gives a promise, and is waited for. Work may go on elsewhere at each checkpoint, so nobody
 * else may load windows of the same `HeapWindows` meanwhile.
 */
export async function eachObject(
  windows: HeapWindows,
  checkpoint: SweepCheckpoint,
  visit: (objectId: number, position: number) => void | Promise<void>,
  wanted: (objectId: number) => boolean = () => true,
): Promise<void> {
  const last = windows.ranges.at(-1)?.endId ?? 1;
  for (const [window, { firstId, endId }] of windows.ranges.entries()) {
    await checkpoint(firstId / last);
    let objectId = firstId;
    while (objectId < endId && !wanted(objectId)) objectId++;
    if (objectId < endId) await windows.load(window);
    for (; objectId < endId; objectId++) {
      const pause = (objectId & VISITS_MASK) === 0 ? checkpoint(objectId / last) : undefined;
      if (pause) await pause;
      const position = wanted(objectId) ? windows.position(objectId) : -1;
      const visited = position >= 0 ? visit(objectId, position) : undefined;
      if (visited) await visited;
    }
  }
}
