/** Numbers and names in the sentences of findings. */
import type { AnalysedHeap } from '../../heap/analysed-heap';

const UNITS = ['KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `1 object`, `5,000 objects`; other plurals than by -s are given. */
export function counted(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? noun : nouns}`;
}

/** `512 bytes`, `20.5 KiB` */
export function bytesText(bytes: number): string {
  if (bytes < 1024) return counted(bytes, 'byte');
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value.toFixed(1)} ${UNITS[unit]}`;
}

/** The function that begins at a pc, as it stands behind `the finalizer`, `the function`: by its pc where nothing tells the name. */
export function functionText(heap: AnalysedHeap, entryPc: number): string {
  return heap.functionAt(entryPc) ?? `at 0x${entryPc.toString(16)}`;
}

/** `5,000 × main.A`, and a single one by its type alone. */
export function times(count: number, type: string): string {
  return count === 1 ? type : `${count.toLocaleString('en-US')} × ${type}`;
}

/** The same for keys, which hold no addresses. */
export function functionKey(heap: AnalysedHeap, entryPc: number): string {
  return heap.functionAt(entryPc) ?? 'a function without a name';
}
