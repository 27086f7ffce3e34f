/** References between objects in words: which field of one leads to the other. */
import { objectPointers } from '../graph/contents/read-object';
import { valueAddress, type HeapGraph } from '../graph/heap-graph';
import type { AnalysedHeap } from './analysed-heap';
import { containersOf } from './containers';

/** Pointer words of one object that are read to find a reference; arrays of millions are described without. */
const MOST_WORDS = 4096;

/** Offset from the value of the first pointer of one object that leads to another; null where it is not among the first words. */
export async function offsetOfReference(graph: HeapGraph, from: number, to: number): Promise<number | null> {
  const header = valueAddress(graph, from) - graph.slotAddress[from];
  const pointers = await objectPointers(graph, from, 0, MOST_WORDS);
  const found = pointers.find(({ value }) => graph.index.objectAt(value) === to);
  return found ? found.offset - header : null;
}

/** `.conns[3].buf`, `captured r`; the offset where no name is to be had, '' where nothing tells. */
async function referenceText({ graph, naming }: AnalysedHeap, from: number, to: number): Promise<string> {
  const offset = await offsetOfReference(graph, from, to);
  if (offset === null) return '';
  return naming.fieldPath(from, offset) ?? `+0x${offset.toString(16)}`;
}

/**
 * Objects in a row, each referring to the next, as `main.A .b → main.B .a → main.A`. Of the insides of a container between two of them only what
 * it is called is told: `main.Store .byID → map[string]*main.Session → main.Session`.
 */
export async function pathText(heap: AnalysedHeap, path: readonly number[]): Promise<string> {
  const containers = containersOf(heap.naming);
  const steps: string[] = [];
  for (const [at, id] of path.entries()) {
    const kind = containers.kindOf(id);
    const isPassed = kind !== null && at + 1 < path.length;
    if (isPassed && at > 0 && (kind === 'array' || containers.kindOf(path[at - 1]) === kind)) continue;
    const field = at + 1 < path.length && !isPassed ? await referenceText(heap, id, path[at + 1]) : '';
    steps.push(`${heap.typeText(id)} ${field}`.trim());
  }
  return steps.join(' → ');
}
