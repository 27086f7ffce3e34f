/**
 * Reads the listed pointers of objects again from the file: the list behind the contents, and the words that it names,
 * in step.
 */
import { Damage } from '../../dump/damage';
import { FieldList } from '../../dump/field-list';
import type { DumpRecords } from '../../dump/records';
import { Window } from '../../dump/window';
import { MemoryAccount } from '../../lib/alloc';
import { CannotRead } from '../../lib/errors';
import { FileWords } from './file-words';

const BUFFER_BYTES = 2 ** 15;
const BATCH = 512;

/** For one look-up: its two buffers go with it, so nothing books them, and a look-up has no session's account to ask for. */
export function pointersOfOne(records: DumpRecords): ListedPointers {
  return new ListedPointers(records, new MemoryAccount());
}

/** An object's place in the file. */
export interface SlotInFile {
  contentsAt: number;
  size: number;
}

export class ListedPointers {
  private readonly list: Window;
  private readonly words: FileWords;
  private readonly batch = new Float64Array(BATCH);

  constructor(
    private readonly records: DumpRecords,
    account: MemoryAccount,
    onRead: () => void | Promise<void> = () => undefined,
  ) {
    const { source, params } = records;
    this.list = new Window(source, { account, bytes: BUFFER_BYTES }, onRead);
    this.words = new FileWords(source, params, account, BUFFER_BYTES, onRead);
  }

  /**
   * Visits the listed words of an object in order: offset in the slot, and the word as an address. Ends when `visit`
   * answers false.
   */
  async visit(slot: SlotInFile, visit: (offset: number, value: number) => boolean): Promise<void> {
    if (slot.contentsAt < 0) return;
    await this.visitList(slot.contentsAt + slot.size, slot.size, (offset) => {
      const at = slot.contentsAt + offset;
      if (this.words.holds(at)) return visit(offset, this.words.word(at));
      return this.words.load(at).then(() => visit(offset, this.words.word(at)));
    });
  }

  /** Visits the offsets of a field list at a file offset, of slots of this size. Ends when `visit` answers false. */
  async visitList(listAt: number, size: number, visit: (offset: number) => boolean | Promise<boolean>): Promise<void> {
    try {
      await this.visitEntries(listAt, size, visit);
    } catch (error) {
      // the list was whole when the dump was opened
      if (!(error instanceof Damage)) throw error;
      throw new CannotRead(
        `${this.records.source.name} is not the file that was opened any more: ${error.message}. Open it again.`,
      );
    }
  }

  private async visitEntries(
    listAt: number,
    size: number,
    visit: (offset: number) => boolean | Promise<boolean>,
  ): Promise<void> {
    this.list.seek(listAt);
    const fields = new FieldList(this.list, {
      pointerBytes: this.records.params.pointerBytes,
      contents: size,
      strict: true,
    });
    while (!fields.done) {
      const count = await fields.next(this.batch);
      for (let i = 0; i < count; i++) {
        // only what has to wait waits: there may be millions of pointers in one object
        const answer = visit(this.batch[i]);
        if (!(typeof answer === 'boolean' ? answer : await answer)) return;
      }
    }
  }

  release(): void {
    this.list.release();
    this.words.release();
  }
}
