/** Constants of the file format written by runtime/debug.WriteHeapDump. */

export const TAG = {
  end: 0,
  object: 1,
  otherRoot: 2,
  type: 3,
  goroutine: 4,
  frame: 5,
  params: 6,
  finalizer: 7,
  itab: 8,
  thread: 9,
  memstats: 10,
  queuedFinalizer: 11,
  data: 12,
  bss: 13,
  defer: 14,
  panic: 15,
  memprof: 16,
  allocSample: 17,
} as const;

/** tag → the record's name in messages */
export const RECORD_NAMES = [
  'end',
  'object',
  'otherroot',
  'type',
  'goroutine',
  'stack frame',
  'params',
  'finalizer',
  'itab',
  'osthread',
  'memstats',
  'queued finalizer',
  'data',
  'bss',
  'defer',
  'panic',
  'memprof',
  'allocsample',
] as const;

/** Fields of runtime.MemStats in the order of the file; PauseNs and NumGC follow. */
export const MEMSTATS_FIELDS = [
  'Alloc',
  'TotalAlloc',
  'Sys',
  'Lookups',
  'Mallocs',
  'Frees',
  'HeapAlloc',
  'HeapSys',
  'HeapIdle',
  'HeapInuse',
  'HeapReleased',
  'HeapObjects',
  'StackInuse',
  'StackSys',
  'MSpanInuse',
  'MSpanSys',
  'MCacheInuse',
  'MCacheSys',
  'BuckHashSys',
  'GCSys',
  'OtherSys',
  'NextGC',
  'LastGC',
  'PauseTotalNs',
] as const;

export const PAUSE_ENTRIES = 256;

/** One write of the runtime stops short of 2 GiB on Linux, and the length of the rest is taken modulo 2^32. */
const LARGEST_WRITE = 0x7fff_f000;

/** Bytes that really follow a claimed length: the writer loses the rest of anything of 2 GiB or more. */
export function bytesInFile(claimed: number): number {
  return claimed < 2 ** 31 ? claimed : Math.min(claimed % 2 ** 32, LARGEST_WRITE);
}
