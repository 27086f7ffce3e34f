/**
 * Reads small pieces of the dump again, near each other as often as not: one buffer, filled forward from where it was
 * asked.
 */
import type { ByteSource } from '../../dump/byte-source';
import type { DumpParams } from '../../dump/records';
import { wordAt } from '../../dump/object-scan';
import type { MemoryAccount } from '../../lib/alloc';
import { CannotRead } from '../../lib/errors';

export class FileWords {
  private bytes: Uint8Array;
  private view: DataView;
  private base = 0;
  private held = 0;

  constructor(
    private readonly source: ByteSource,
    private readonly params: DumpParams,
    private readonly account: MemoryAccount,
    bytes: number,
    /** Called after each read; may wait, or throw to stop. */
    private readonly onRead: () => void | Promise<void>,
  ) {
    this.bytes = account.uint8('file buffer', Math.max(8, Math.min(bytes, source.size)));
    this.view = new DataView(this.bytes.buffer);
  }

  /** True when the word at this file offset can be had at once. */
  holds(offset: number): boolean {
    return offset >= this.base && offset + this.params.pointerBytes <= this.base + this.held;
  }

  /** Fills the buffer from this file offset on. */
  async load(offset: number): Promise<void> {
    this.base = offset;
    this.held = 0;
    while (this.held < this.bytes.length) {
      const read = await this.source.read(offset + this.held, this.bytes.subarray(this.held));
      if (read === 0) break;
      this.held += read;
    }
    if (this.held < this.params.pointerBytes) {
      throw new CannotRead(
        `${this.source.name} has become shorter: there is nothing at offset ${offset} any more. Open it again.`,
      );
    }
    await this.onRead();
  }

  /** The pointer-sized word at a file offset that is held. */
  word(offset: number): number {
    return wordAt(this.view, offset - this.base, this.params.pointerBytes === 8, !this.params.bigEndian);
  }

  release(): void {
    this.account.release(this.bytes);
  }
}
