/**
 * How the allocator lays out its spans (runtime/malloc.go, mbitmap.go, mgcmark_greenteagc.go): where types are noted, and which bytes at the
 * end of a page are the collector's own, which a dump has as objects (phantoms).
 */
import { LARGEST_SLOT } from './size-classes';
import { isFrom, type GoVersion } from './version';

/** Go 1.22: slots that hold pointers begin with a malloc header, or their page ends with a bitmap of pointers. */
export const FIRST_WITH_HEADERS = 22;
/** Green Tea, a collector that keeps mark bits at the end of a page: an experiment of Go 1.25, the rule since 1.26. */
const GREEN_TEA_OPTIONAL = 25;
const GREEN_TEA_DEFAULT = 26;

/** mallocHeaderSize. */
const HEADER_BYTES = 8;
/** A spanInlineMarkBits at the end of the page, in spans of slots from 16 bytes on (gcUsesSpanInlineMarkBits). */
const MARK_BYTES = 128;
const SMALLEST_WITH_MARKS = 16;

export interface HeapLayout {
  pointerBytes: 4 | 8;
  /** Slots that hold pointers begin with a header, or their page ends with a pointer bitmap. */
  hasHeaders: boolean;
  headerBytes: number;
  /** Slots up to this size have their bitmap at the end of the page; larger ones a header. */
  largestWithoutHeader: number;
  /** The largest slot that can have a header. */
  largestWithHeader: number;
  /** Green Tea: bytes of mark bits at the end of a page, 0 without. Slots smaller than `smallestWithMarks` have none. */
  markBytes: number;
  smallestWithMarks: number;
}

export function heapLayout(version: GoVersion, pointerBytes: 4 | 8): HeapLayout {
  return {
    pointerBytes,
    hasHeaders: hasMallocHeaders(version),
    headerBytes: HEADER_BYTES,
    // minSizeForMallocHeader: one word of bits for the words of a slot
    largestWithoutHeader: 8 * pointerBytes * pointerBytes,
    largestWithHeader: LARGEST_SLOT,
    markBytes: usesGreenTea(version) ? MARK_BYTES : 0,
    smallestWithMarks: SMALLEST_WITH_MARKS,
  };
}

/** They could be switched off in the release that brought them. */
export function hasMallocHeaders(version: GoVersion): boolean {
  return isFrom(version, FIRST_WITH_HEADERS) && !version.experiments.has('noallocheaders');
}

function usesGreenTea(version: GoVersion): boolean {
  const { experiments } = version;
  if (experiments.has('nogreenteagc')) return false;
  return isFrom(version, GREEN_TEA_DEFAULT) || (isFrom(version, GREEN_TEA_OPTIONAL) && experiments.has('greenteagc'));
}
