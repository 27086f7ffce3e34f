import type { Summary } from '../../../workers/api';

/** Counted minus what MemStats says; null where the dump has no MemStats. */
export function differenceFromRuntime({ heap, memstats }: Summary): { objects: number; bytes: number } | null {
  if (memstats === null) return null;
  const { HeapObjects, HeapAlloc } = memstats;
  if (HeapObjects === undefined || HeapAlloc === undefined) return null;
  return { objects: heap.objects - HeapObjects, bytes: heap.bytes - HeapAlloc };
}

/** A thousandth: below, the difference is worth a footnote, and no part of what is told rests on it. */
const NEGLIGIBLE = 0.001;

/** Whether a difference from the runtime's count, in objects and in bytes, is too small to make anything doubtful. */
export function isNegligible({ heap }: Summary, { objects, bytes }: { objects: number; bytes: number }): boolean {
  return Math.abs(objects) <= NEGLIGIBLE * heap.objects && Math.abs(bytes) <= NEGLIGIBLE * heap.bytes;
}
