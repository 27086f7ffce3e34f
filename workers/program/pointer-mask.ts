/**
 * Which words of a value are pointers, as the collector sees them: the descriptor's own bitmap where it is stored, else derived from the
 * fields. Interfaces mark only their data word; pointers to memory outside the heap (`*mspan`) are in neither, which is why the bitmap goes first.
 */
import type { ProgramImage } from './image';
import type { RuntimeType, RuntimeTypes } from './runtime-types';
import { KIND } from '../go/type-kinds';

/** Larger masks are not listed: their users work with the element's mask, repeated. */
const LARGEST_MASK_WORDS = 1 << 20;
/** Values nest a few levels; a type inside itself is a damaged descriptor. */
const DEEPEST = 32;

export class PointerMasks {
  private readonly cache = new Map<number, Uint32Array | null>();

  constructor(
    private readonly image: ProgramImage,
    private readonly types: RuntimeTypes,
  ) {}

  /** Offsets in bytes of the pointer words of one value, ascending; null for values of more than 2^20 pointer words. */
  of(type: RuntimeType): Uint32Array | null {
    const known = this.cache.get(type.address);
    if (known !== undefined) return known;
    const mask = this.read(type);
    this.cache.set(type.address, mask);
    return mask;
  }

  private read(type: RuntimeType): Uint32Array | null {
    const P = this.image.pointerBytes;
    const words = type.pointerBytes / P;
    if (words === 0) return new Uint32Array(0);
    if (words > LARGEST_MASK_WORDS) return null;
    const offsets: number[] = [];
    if (type.derivedMask) this.derive(type, 0, offsets);
    else {
      const bits = this.image.has(type.gcData, Math.ceil(words / 8))
        ? this.image.bytes(type.gcData, Math.ceil(words / 8))
        : null;
      for (let i = 0; bits && i < words; i++) if (bits[i >> 3] & (1 << (i & 7))) offsets.push(i * P);
    }
    return Uint32Array.from(offsets);
  }

  /** Values nest a few levels; arrays are unrolled, bounded by LARGEST_MASK_WORDS above. */
  private derive(type: RuntimeType, at: number, offsets: number[], depth = 0): void {
    const P = this.image.pointerBytes;
    if (type.pointerBytes === 0 || depth > DEEPEST || offsets.length > LARGEST_MASK_WORDS) return;
    switch (type.kind) {
      case KIND.interface:
        offsets.push(at + P);
        return;
      case KIND.struct:
        for (const field of type.fields) {
          const fieldType = this.types.at(field.type);
          if (fieldType) this.derive(fieldType, at + field.offset, offsets, depth + 1);
        }
        return;
      case KIND.array: {
        const element = this.types.at(type.element);
        const pointers = element && element.pointerBytes > 0 ? Math.min(type.length, LARGEST_MASK_WORDS) : 0;
        for (let i = 0; element && i < pointers; i++) this.derive(element, at + i * element.size, offsets, depth + 1);
        return;
      }
      default:
        offsets.push(at);
    }
  }
}
