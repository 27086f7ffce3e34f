/** The bytes of one object as memory, read from the file when somebody looks. */
import { valueAddress, type HeapGraph } from '../heap-graph';
import { objectBytes } from './read-object';
import type { Segment } from '../../dump/records';
import { SegmentMemory } from './segment-memory';

/** An object's value, at most `limit` bytes of it; empty where the file does not hold its contents. */
export async function objectMemory(
  graph: HeapGraph,
  objectId: number,
  limit: number,
  from = 0,
): Promise<SegmentMemory> {
  const header = valueAddress(graph, objectId) - graph.slotAddress[objectId];
  return memoryOf(graph, await objectBytes(graph, objectId, header + from, limit));
}

/** The bytes of data, bss or a frame; shorter where the file ends inside. @param bytes where they are read to, `segment.bytes` long */
export async function segmentMemory(
  graph: HeapGraph,
  segment: Segment,
  bytes: Uint8Array = new Uint8Array(segment.bytes),
): Promise<SegmentMemory> {
  let held = 0;
  while (held < bytes.length) {
    const read = await graph.records.source.read(segment.contentsAt + held, bytes.subarray(held));
    if (read === 0) break;
    held += read;
  }
  return memoryOf(graph, bytes.subarray(0, held));
}

function memoryOf(graph: HeapGraph, bytes: Uint8Array): SegmentMemory {
  const { bigEndian, pointerBytes } = graph.records.params;
  return new SegmentMemory(bytes, !bigEndian, pointerBytes);
}
