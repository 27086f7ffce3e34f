/** Tells the runtime's processors from other objects: of all ways in one way, whoever asks. */
import { cachesSudogs, LARGEST_PROCESSOR, mayBeProcessor } from '../go/processors';
import { objectMemory } from '../graph/contents/object-memory';
import { SLICE_MASK } from '../lib/work';
import { shallowSize, valueAddress, type HeapGraph } from '../graph/heap-graph';

/** Whether size and references to itself are those of a processor: what can be told without reading it. */
export function looksLikeProcessor(graph: HeapGraph, id: number): boolean {
  return mayBeProcessor(shallowSize(graph, id), ownReferences(graph, id));
}

function ownReferences({ referenceStart, referenceTarget }: HeapGraph, id: number): number {
  let count = 0;
  for (let at = referenceStart[id]; at < referenceStart[id + 1]; at++) if (referenceTarget[at] === id) count++;
  return count;
}

export async function isProcessor(graph: HeapGraph, id: number): Promise<boolean> {
  if (!looksLikeProcessor(graph, id)) return false;
  const memory = await objectMemory(graph, id, LARGEST_PROCESSOR);
  return cachesSudogs(memory, valueAddress(graph, id), graph.records.params.pointerBytes);
}

/** All of a heap. Objects are told by what is known of them; a handful is read. */
export async function processorsOf(
  graph: HeapGraph,
  checkpoint: () => Promise<void> | undefined,
): Promise<Set<number>> {
  const found = new Set<number>();
  for (let id = 1; id <= graph.objectCount; id++) {
    if ((id & SLICE_MASK) === 0) await checkpoint();
    if (looksLikeProcessor(graph, id) && (await isProcessor(graph, id))) found.add(id);
  }
  return found;
}
