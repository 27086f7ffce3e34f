/**
 * Slice headers in data and bss whose type nothing tells: a literal that a package variable points at, in a program without debug information.
 * A listed pointer, a length and a capacity behind it, and an array whose elements, as far as they are known, end where the capacity says: three
 * words that hold by chance are rare.
 */
import { shallowSize, valueAddress, type HeapGraph } from '../../graph/heap-graph';
import { segmentMemory } from '../../graph/contents/object-memory';
import type { SegmentMemory } from '../../graph/contents/segment-memory';
import { NONE } from '../../lib/none';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import type { Header } from './slice-headers';

/** An array may end in so much slack of the allocator behind what a slice has room for. */
const SLACK_SHARE = 0.125;

/** As eachHeader; `owner` is NONE and `offset` an address. Words of variables with a known type are left to that. */
export async function eachUntypedHeader(heap: AnalysedHeap, visit: (header: Readonly<Header>) => void): Promise<void> {
  for (const segment of [heap.graph.records.data, heap.graph.records.bss]) {
    if (!segment || segment.pointerOffsets.length === 0) continue;
    const memory = await segmentMemory(heap.graph, segment);
    await heap.checkpoint();
    const listed = new Set(segment.pointerOffsets);
    for (const offset of segment.pointerOffsets) {
      if (heap.naming.roots.variableAt(segment.address + offset)?.type) continue;
      const header = headerAt(heap, segment, memory, offset, listed);
      if (header) visit(header);
    }
  }
}

function headerAt(
  { graph, naming }: AnalysedHeap,
  segment: { readonly address: number },
  memory: SegmentMemory,
  at: number,
  listed: ReadonlySet<number>,
): Header | null {
  const P = graph.records.params.pointerBytes;
  const pointer = memory.word(at);
  const target = pointer === 0 ? NONE : graph.index.objectAt(pointer);
  if (target === NONE || at + 3 * P > memory.size || listed.has(at + P) || listed.has(at + 2 * P)) return null;
  const element = naming.startOf(target);
  const length = memory.word(at + P);
  const room = memory.word(at + 2 * P);
  if (!element || element.role !== 'plain' || element.size === 0 || room === 0 || length > room) return null;
  const start = pointer - valueAddress(graph, target);
  const end = start + room * element.size;
  if (start % element.size !== 0 || !endsThere(graph, target, end, element.size)) return null;
  return {
    owner: NONE,
    offset: segment.address + at,
    pointer,
    bytes: length * element.size,
    room: room * element.size,
    element,
  };
}

function endsThere(graph: HeapGraph, objectId: number, end: number, elementBytes: number): boolean {
  const size = shallowSize(graph, objectId) - (valueAddress(graph, objectId) - graph.slotAddress[objectId]);
  return end <= size && size - end < Math.max(elementBytes, SLACK_SHARE * size);
}
