import type { Summary } from '../../../workers/api';

/** Counted minus what MemStats says; null where the dump has no MemStats. */
export function differenceFromRuntime({ heap, memstats }: Summary): { objects: number; bytes: number } | null {
  if (memstats === null) return null;
  const { HeapObjects, HeapAlloc } = memstats;
  if (HeapObjects === undefined || HeapAlloc === undefined) return null;
  return { objects: heap.objects - HeapObjects, bytes: heap.bytes - HeapAlloc };
}

/** Whether the count differs by so much that the engine warns of it: below, the difference is worth a footnote. */
export function isTelling({ dump }: Pick<Summary, 'dump'>): boolean {
  return dump.warnings.some(({ code }) => code === 'counts-differ');
}
