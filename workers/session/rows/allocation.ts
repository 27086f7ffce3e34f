/** Where an object was allocated, for the few that the program's memory profile sampled. */
import type { Allocation } from '../../api/rows';
import { valueAddress, type HeapGraph } from '../../graph/heap-graph';

/** The stack that allocated an object, innermost frame first; null where it was not sampled. Linear in samples, which are one for each 512 KiB unless the program asked for more. */
export function allocationOf(graph: HeapGraph, objectId: number): Allocation | null {
  const { allocSamples, memprof } = graph.records;
  const slot = graph.slotAddress[objectId];
  const value = valueAddress(graph, objectId);
  const sample = allocSamples.find(({ object }) => object === slot || object === value);
  const site = sample && memprof.find(({ id }) => id === sample.bucket);
  if (!site) return null;
  const frames = site.frames.map(({ function: name, file, line }) => ({ function: name, file, line }));
  return { frames, size: site.objectSize, allocs: site.allocs, frees: site.frees };
}
