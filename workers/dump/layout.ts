/** How the allocator of one Go version lays out its spans: what the version string of a dump decides. */
import { LARGEST_SLOT } from './format';
import type { DumpParams } from './records';

export interface HeapLayout {
  pointerBytes: 4 | 8;
  /** Go ≥ 1.22: slots that hold pointers begin with a malloc header, or their page ends with a pointer bitmap. */
  hasHeaders: boolean;
  /** Slots up to this size have their bitmap at the end of the page; larger ones a header. */
  largestWithoutHeader: number;
  /** Green Tea collector: 128 bytes of mark bits at the end of a page. */
  greenTea: boolean;
}

const HEADER_BYTES = 8;

const FIRST_WITH_HEADERS = 22;
const GREEN_TEA_OPTIONAL = 25;
const GREEN_TEA_DEFAULT = 26;

export function heapLayout(params: DumpParams): HeapLayout {
  const minor = goMinor(params.version);
  const { pointerBytes } = params;
  return {
    pointerBytes,
    hasHeaders: minor >= FIRST_WITH_HEADERS,
    largestWithoutHeader: 8 * pointerBytes * pointerBytes,
    greenTea: usesGreenTea(minor, params.version),
  };
}

/** The N of Go 1.N; 0 where the dump does not tell, which is so up to Go 1.15. */
export function goMinor(version: string): number {
  const match = /\bgo(\d+)\.(\d+)/.exec(version);
  if (!match) return 0;
  return match[1] === '1' ? Number(match[2]) : Infinity;
}

/** Experiments follow the version as ` X:a,b`, from 1.26 on as `-X:a,b`. */
function usesGreenTea(minor: number, version: string): boolean {
  const experiments = /[ -]X:(\S+)/.exec(version)?.[1].split(',') ?? [];
  if (experiments.includes('nogreenteagc')) return false;
  return minor >= GREEN_TEA_DEFAULT || (minor === GREEN_TEA_OPTIONAL && experiments.includes('greenteagc'));
}

/**
 * Tells whether slots of the largest class begin with a header. Up to that class size and pointers decide; a slot of
 * 32768 bytes may also be a span of its own, without header. A pointer at offset 0 proves that; otherwise the first
 * word decides: it is then the address of a type descriptor, which lies in the program's image, near the descriptors
 * that the dump's own type records name.
 */
export class HeaderRule {
  private low = Infinity;
  private high = -Infinity;

  constructor(readonly layout: HeapLayout) {}

  /** A type record: descriptors of one image lie together. */
  learn(typeAddress: number): void {
    this.low = Math.min(this.low, typeAddress);
    this.high = Math.max(this.high, typeAddress);
  }

  /**
   * Bytes before the value of a slot that holds pointers, the first of them at `firstPointer`; `firstWord` is needed
   * for 32768 bytes only.
   */
  valueOffset(slotBytes: number, firstPointer: number, firstWord: number): number {
    const { hasHeaders, largestWithoutHeader } = this.layout;
    if (!hasHeaders || slotBytes <= largestWithoutHeader || slotBytes > LARGEST_SLOT) return 0;
    if (slotBytes === LARGEST_SLOT && (firstPointer === 0 || !this.isDescriptor(firstWord))) return 0;
    return HEADER_BYTES;
  }

  private isDescriptor(word: number): boolean {
    const aligned = word % this.layout.pointerBytes === 0;
    // on 32-bit machines an image that begins low would make a zero look like a descriptor
    return aligned && word > 0 && word >= this.low - IMAGE_BYTES && word <= this.high + IMAGE_BYTES;
  }
}

/** Descriptors of one program are never further apart than this. */
const IMAGE_BYTES = 2 ** 26;
