/**
 * Slot sizes of Go's allocator (runtime/sizeclasses.go); the same from 1.16 to 1.27; 1.15, which no dump tells from 1.16, had no 24. Larger
 * objects take whole pages.
 */
const CLASSES = [
  8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 288, 320, 352, 384, 416, 448, 480,
  512, 576, 640, 704, 768, 896, 1024, 1152, 1280, 1408, 1536, 1792, 2048, 2304, 2688, 3072, 3200, 3456, 4096, 4864,
  5376, 6144, 6528, 6784, 6912, 8192, 9472, 9728, 10240, 10880, 12288, 13568, 14336, 16384, 18432, 19072, 20480, 21760,
  24576, 27264, 28672, 32768,
];
/** The allocator packs pointer-free values of fewer bytes than this into one slot of so many. */
export const TINY_BYTES = 16;
/** Size classes end here; larger objects have a span of their own. */
export const LARGEST_SLOT = 32768;
/** The allocator's page: spans are whole pages. */
export const PAGE_BYTES = 8192;

/** The slot that an allocation of so many bytes takes; a malloc header counts as part of them. */
export function slotFor(bytes: number): number {
  if (bytes > LARGEST_SLOT) return Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES;
  let low = 0;
  let high = CLASSES.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (CLASSES[middle] >= bytes) high = middle;
    else low = middle + 1;
  }
  return CLASSES[low];
}
