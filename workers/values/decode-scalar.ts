/** Numbers and truth values in words. */
import { KIND } from '../go/type-kinds';
import type { SegmentMemory } from '../graph/contents/segment-memory';

/** The text of a scalar at a position; null for kinds that are none. */
export function scalarText(kind: number, memory: SegmentMemory, at: number): string | null {
  switch (kind) {
    case KIND.bool:
      return memory.u8(at) === 0 ? 'false' : 'true';
    case KIND.int8:
      return String((memory.u8(at) << 24) >> 24);
    case KIND.uint8:
      return String(memory.u8(at));
    case KIND.int16:
      return String((memory.u16(at) << 16) >> 16);
    case KIND.uint16:
      return String(memory.u16(at));
    case KIND.int32:
      return String(memory.u32(at) | 0);
    case KIND.uint32:
      return String(memory.u32(at));
    case KIND.int64:
      return String(memory.signed64(at));
    case KIND.uint64:
      return String(memory.unsigned64(at));
    case KIND.int:
      return memory.wide ? String(memory.signed64(at)) : String(memory.word(at) | 0);
    case KIND.uint:
    case KIND.uintptr:
      return memory.wide ? String(memory.unsigned64(at)) : String(memory.word(at));
    case KIND.float32:
      return String(memory.float32(at));
    case KIND.float64:
      return String(memory.float64(at));
    case KIND.complex64:
      return complexText(memory.float32(at), memory.float32(at + 4));
    case KIND.complex128:
      return complexText(memory.float64(at), memory.float64(at + 8));
    default:
      return null;
  }
}

/** `(1-2i)`, as Go prints it. */
function complexText(real: number, imaginary: number): string {
  return `(${real}${imaginary < 0 || Object.is(imaginary, -0) ? '' : '+'}${Object.is(imaginary, -0) ? '-0' : imaginary}i)`;
}
