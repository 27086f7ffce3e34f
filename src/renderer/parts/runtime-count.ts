import type { Summary } from '../../../workers/api';

/** Counted minus what MemStats says; null where the dump has no MemStats. */
export function differenceFromRuntime({ heap, memstats }: Summary): { objects: number; bytes: number } | null {
  if (memstats === null) return null;
  const { HeapObjects, HeapAlloc } = memstats as Partial<Record<string, number>>;
  if (HeapObjects === undefined || HeapAlloc === undefined) return null;
  return { objects: heap.objects - HeapObjects, bytes: heap.bytes - HeapAlloc };
}
