/** Reads numbers out of a file's bytes; a read past the end is a `NotAnExecutable`, never an undefined that travels on. */
export class NotAnExecutable extends Error {
  override name = 'NotAnExecutable';
}

export class FileView {
  private readonly view: DataView;

  constructor(
    readonly bytes: Uint8Array,
    readonly littleEndian: boolean,
    readonly wide: boolean,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  u8(at: number): number {
    this.check(at, 1);
    return this.view.getUint8(at);
  }

  u16(at: number): number {
    this.check(at, 2);
    return this.view.getUint16(at, this.littleEndian);
  }

  u32(at: number): number {
    this.check(at, 4);
    return this.view.getUint32(at, this.littleEndian);
  }

  u64(at: number): number {
    this.check(at, 8);
    const [low, high] = this.littleEndian ? [at, at + 4] : [at + 4, at];
    return this.view.getUint32(high, this.littleEndian) * 0x1_0000_0000 + this.view.getUint32(low, this.littleEndian);
  }

  /** A word of the file's own width. */
  word(at: number): number {
    return this.wide ? this.u64(at) : this.u32(at);
  }

  /** Bytes that the headers promise; cut where the file ends before them. */
  slice(at: number, length: number): Uint8Array {
    return this.bytes.subarray(Math.min(at, this.bytes.length), Math.min(at + length, this.bytes.length));
  }

  /** Text up to a NUL. */
  text(at: number, limit: number): string {
    let text = '';
    for (let i = at; i < at + limit && i < this.bytes.length && this.bytes[i] !== 0; i++) {
      text += String.fromCharCode(this.bytes[i]);
    }
    return text;
  }

  private check(at: number, length: number): void {
    if (at < 0 || at + length > this.bytes.length) {
      throw new NotAnExecutable(
        `the executable ends at byte ${this.bytes.length}, its headers point to ${at + length}`,
      );
    }
  }
}
