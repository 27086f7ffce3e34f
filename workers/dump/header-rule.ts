/**
 * Tells whether slots begin with a header. Up to the largest class size and pointers decide; a slot of 32768 bytes may
 * also be a span of its own, without header. A pointer where the header would lie proves that there is none, whatever
 * the version says; otherwise the first word decides of the largest class: it is then the address of a type descriptor, which lies in the program's image, near the descriptors
 * that the dump's own type records name.
 */
import type { HeapLayout } from '../go/malloc-headers';

/** Descriptors of one program are never further apart than this. */
const IMAGE_BYTES = 2 ** 26;

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
    const { hasHeaders, headerBytes, largestWithoutHeader, largestWithHeader } = this.layout;
    if (!hasHeaders || slotBytes <= largestWithoutHeader || slotBytes > largestWithHeader) return 0;
    if (firstPointer < headerBytes || (slotBytes === largestWithHeader && !this.isDescriptor(firstWord))) return 0;
    return headerBytes;
  }

  private isDescriptor(word: number): boolean {
    const aligned = word % this.layout.pointerBytes === 0;
    // on 32-bit machines an image that begins low would make a zero look like a descriptor
    return aligned && word > 0 && word >= this.low - IMAGE_BYTES && word <= this.high + IMAGE_BYTES;
  }
}
