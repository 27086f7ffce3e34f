/**
 * The records that hold a block of memory outside the heap: data, bss, stack frames. Contents are skipped; their
 * pointer lists are kept.
 */
import type { MemoryAccount } from '../lib/alloc';
import { Uint32Column } from '../lib/column';
import { cutShort, Damage, inDigits } from './damage';
import { FieldList } from './field-list';
import { bytesInFile } from './format';
import type { FrameRecord, Segment } from './records';
import { whole, type Window } from './window';

const BATCH = 4096;
const MOST_BYTES = 2 ** 32;

export class SegmentReader {
  private readonly batch = new Float64Array(BATCH);

  constructor(
    private readonly window: Window,
    private readonly pointerBytes: 4 | 8,
    private readonly account: MemoryAccount,
  ) {}

  /** data or bss, after the tag. */
  async segment(): Promise<Segment> {
    const { window } = this;
    const address = await whole(window, () => window.uvarint());
    const block = await this.contents();
    return { address, ...block, pointerOffsets: await this.offsets(block.bytes, true) };
  }

  /** A stack frame, after the tag, of the goroutine with this index. */
  async frame(goroutine: number): Promise<FrameRecord> {
    const { window } = this;
    const head = await whole(window, () => ({
      address: window.uvarint(),
      depth: window.uvarint(),
      calleeSp: window.uvarint(),
    }));
    const block = await this.contents();
    const code = await whole(window, () => ({
      entryPc: window.uvarint(),
      pc: window.uvarint(),
      continuationPc: window.uvarint(),
      function: window.text(),
    }));
    return { goroutine, ...head, ...block, ...code, pointerOffsets: await this.offsets(block.bytes, false) };
  }

  /** Reads the length of the contents and goes past them. */
  private async contents(): Promise<{ contentsAt: number; bytes: number }> {
    const { window } = this;
    const lengthAt = window.offset;
    const claimed = await whole(window, () => window.uvarint());
    const bytes = bytesInFile(claimed);
    if (claimed > Number.MAX_SAFE_INTEGER || bytes >= MOST_BYTES) {
      throw new Damage(lengthAt, 'a length of contents', inDigits(claimed));
    }
    const contentsAt = window.offset;
    if (bytes > window.left) throw cutShort(contentsAt, `${bytes} bytes of contents`, window.left);
    window.seek(contentsAt + bytes);
    return { contentsAt, bytes };
  }

  /**
   * Listed offsets inside the contents, ascending. Up to Go 1.16 frames of runtime.goexit list offsets outside of
   * theirs.
   */
  private async offsets(bytes: number, strict: boolean): Promise<Uint32Array> {
    const { pointerBytes, batch } = this;
    const fields = new FieldList(this.window, { pointerBytes, contents: bytes, strict });
    const first = await fields.next(batch);
    const inside = (offset: number): boolean => offset + pointerBytes <= bytes;
    // most lists are short: no column for those
    if (fields.done) return ascending(Uint32Array.from(batch.subarray(0, first).filter(inside)), strict);
    const column = new Uint32Column(this.account, 'segment pointers');
    for (let count = first; count > 0; count = await fields.next(batch)) {
      for (let i = 0; i < count; i++) if (inside(batch[i])) column.push(batch[i]);
    }
    return ascending(column.flatten(), strict);
  }
}

/** Lists of frames come by variables and arguments, not by offset. */
function ascending(offsets: Uint32Array, isAlready: boolean): Uint32Array {
  return isAlready ? offsets : offsets.sort().filter((offset, i, all) => i === 0 || offset !== all[i - 1]);
}
