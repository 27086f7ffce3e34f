/** Tells the runtime's processors from other objects: of all ways in one way, whoever asks. */
import { cachesSudogs, LARGEST_PROCESSOR, mayBeProcessor } from '../go/processors';
import { objectMemory } from '../graph/contents/object-memory';
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
