/** A block of bytes that is read by words: a segment, a frame, one object. Reads past its end give 0. */
import type { Memory } from './memory';

/** Bytes of a segment or frame as memory at its own addresses. */
export class SegmentMemory implements Memory {
  private readonly view: DataView;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly littleEndian: boolean,
    private readonly pointerBytes: number,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get size(): number {
    return this.bytes.length;
  }

  word(position: number): number {
    if (position < 0 || position + this.pointerBytes > this.bytes.length) return 0;
    if (this.pointerBytes === 4) return this.view.getUint32(position, this.littleEndian);
    const low = this.view.getUint32(this.littleEndian ? position : position + 4, this.littleEndian);
    return this.view.getUint32(this.littleEndian ? position + 4 : position, this.littleEndian) * 0x1_0000_0000 + low;
  }

  u8(position: number): number {
    return this.bytes[position] ?? 0;
  }

  u16(position: number): number {
    return position + 2 <= this.bytes.length ? this.view.getUint16(position, this.littleEndian) : 0;
  }

  /** True where words have 8 bytes. */
  get wide(): boolean {
    return this.pointerBytes === 8;
  }

  u32(position: number): number {
    return this.holds(position, 4) ? this.view.getUint32(position, this.littleEndian) : 0;
  }

  unsigned64(position: number): bigint {
    return this.holds(position, 8) ? this.view.getBigUint64(position, this.littleEndian) : 0n;
  }

  signed64(position: number): bigint {
    return this.holds(position, 8) ? this.view.getBigInt64(position, this.littleEndian) : 0n;
  }

  float32(position: number): number {
    return this.holds(position, 4) ? this.view.getFloat32(position, this.littleEndian) : 0;
  }

  float64(position: number): number {
    return this.holds(position, 8) ? this.view.getFloat64(position, this.littleEndian) : 0;
  }

  /** Bytes from a position on; fewer where the block ends. */
  slice(position: number, length: number): Uint8Array {
    return this.bytes.subarray(position, position + length);
  }

  private holds(position: number, length: number): boolean {
    return position >= 0 && position + length <= this.bytes.length;
  }
}
