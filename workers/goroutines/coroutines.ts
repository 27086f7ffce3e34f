/** The coroutines that goroutines wait in, told by structure: whoever reaches one can set its goroutine going. */
import { COROUTINE_GOROUTINE, coroutineLayout, MOST_COROUTINE_POINTERS } from '../go/coroutines';
import { FileWords } from '../graph/contents/file-words';
import { shapeOffsets } from '../graph/contents/read-object';
import type { HeapGraph } from '../graph/heap-graph';
import { SLICE_MASK } from '../lib/work';
import type { AnalysedHeap } from '../heap/analysed-heap';

const BUFFER_BYTES = 2 ** 15;

/**
 * Address of a goroutine's descriptor → the coroutine that it waits in, as an object. `waiting`: the descriptors of those that wait in one. Objects
 * of a coroutine's shape are read once each, in the order of the file.
 */
export async function coroutinesOf(
  heap: Pick<AnalysedHeap, 'graph' | 'account' | 'checkpoint'>,
  waiting: ReadonlySet<number>,
): Promise<Map<number, number>> {
  const found = new Map<number, number>();
  if (waiting.size === 0) return found;
  const { graph } = heap;
  const { records } = graph;
  const shapes = await coroutineShapes(graph);
  const words = new FileWords(records.source, records.params, heap.account, BUFFER_BYTES, () => undefined);
  try {
    for (let id = 1; id <= graph.objectCount; id++) {
      if ((id & SLICE_MASK) === 0) await heap.checkpoint();
      const at = graph.contentsAt[id] + COROUTINE_GOROUTINE;
      if (!shapes.has(graph.shapeId[id]) || at < 0) continue;
      if (!words.holds(at)) await words.load(at);
      const goroutine = words.word(at);
      if (waiting.has(goroutine)) found.set(goroutine, id);
    }
    return found;
  } finally {
    words.release();
  }
}

async function coroutineShapes(graph: HeapGraph): Promise<Set<number>> {
  const { shapes, records } = graph;
  const { bytes, pointers } = coroutineLayout(records.params.go, records.params.pointerBytes);
  const found = new Set<number>();
  for (let shape = 1; shape < shapes.count; shape++) {
    if (shapes.slotSize[shape] !== bytes || shapes.pointerCount[shape] !== pointers.length) continue;
    const offsets = await shapeOffsets(graph, shape, MOST_COROUTINE_POINTERS);
    if (pointers.every((offset, i) => offset === offsets[i])) found.add(shape);
  }
  return found;
}
