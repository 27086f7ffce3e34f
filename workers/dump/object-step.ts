/**
 * One object, value by value: for objects that do not fit the window, for lists of millions of pointers, and for
 * records that look wrong. Two cursors over the file: one reads the pointer list behind the contents, the other the
 * listed words; neither holds more than a window.
 */
import { cutShort, Damage, inDigits } from './damage';
import { FieldList } from './field-list';
import { LARGEST_SLOT } from '../go/size-classes';
import { bytesInFile } from './format';
import type { HeaderRule } from './header-rule';
import { wordAt } from './object-scan';
import type { ObjectTable } from './object-table';
import type { DumpParams } from './records';
import { hashA, hashB, LIST_SEED_A, LIST_SEED_B } from './shapes';
import { whole, type Window } from './window';

const BATCH = 4096;

interface Slot {
  address: number;
  size: number;
  contentsAt: number;
  /** Bytes of the contents that are in the file. */
  present: number;
}

export class ObjectStepper {
  private readonly offsets = new Float64Array(BATCH);

  constructor(
    private readonly window: Window,
    /** The second cursor. */
    private readonly contents: Window,
    private readonly params: DumpParams,
    private readonly rule: HeaderRule,
    private readonly table: ObjectTable,
  ) {}

  /**
   * Reads the object record at the window's position. Resolves with its slot where the writer lost contents of 2 GiB or
   * more, else null.
   */
  async read(): Promise<{ address: number; size: number } | null> {
    const slot = await this.head();
    const { table, window } = this;
    window.seek(slot.contentsAt + slot.present);
    table.approach(slot.address);
    const lost = slot.present < slot.size;
    const firstPointer = table.pointers.length;
    try {
      const shape = await this.list(slot, lost);
      table.add(slot.address, slot.size, slot.contentsAt, shape, await this.lastByte(slot));
    } catch (error) {
      table.pointers.truncate(firstPointer);
      throw error;
    }
    if (!lost) return null;
    table.closeRun();
    table.contentsAt.truncate(table.length - 1);
    table.contentsAt.push(-1);
    return slot;
  }

  private async head(): Promise<Slot> {
    const { window, params } = this;
    const start = window.offset;
    const slot = await whole(window, () => {
      window.uvarint();
      const address = window.uvarint();
      const sizeAt = window.offset;
      return { address, sizeAt, size: window.uvarint() };
    });
    const { address, size, sizeAt } = slot;
    const { arenaStart, arenaEnd, pointerBytes } = params;
    if (address < arenaStart || address >= arenaEnd || address % pointerBytes !== 0) {
      const arena = `0x${arenaStart.toString(16)} … 0x${arenaEnd.toString(16)}`;
      throw new Damage(start + 1, `the address of a slot in the heap (${arena})`, `0x${address.toString(16)}`);
    }
    if (size === 0 || address + size > arenaEnd) {
      throw new Damage(
        sizeAt,
        `a slot of 1 to ${arenaEnd - address} bytes`,
        size <= Number.MAX_SAFE_INTEGER ? `${size} bytes` : inDigits(size),
      );
    }
    const present = bytesInFile(size);
    if (present > window.left) throw cutShort(window.offset, `${present} bytes of contents`, window.left);
    return { address, size, contentsAt: window.offset, present };
  }

  /** Reads the pointer list and pushes the words that it names; contents that were lost name none. */
  private async list(slot: Slot, lost: boolean): Promise<number> {
    const { window, table, params } = this;
    const { arenaStart, arenaEnd, pointerBytes } = params;
    const listAt = window.offset;
    const fields = new FieldList(window, { pointerBytes, contents: slot.size, strict: true });
    let count = 0;
    let first = 0;
    let a = LIST_SEED_A;
    let b = LIST_SEED_B;
    while (!fields.done) {
      const batch = await fields.next(this.offsets);
      if (count === 0) first = this.offsets[0];
      count += batch;
      for (let i = 0; i < batch; i++) {
        const offset = this.offsets[i];
        a = hashA(a, offset);
        b = hashB(b, offset);
        if (lost) continue;
        if (!this.contents.holds(slot.contentsAt + offset, pointerBytes)) await this.load(slot.contentsAt + offset);
        const value = this.word(slot.contentsAt + offset);
        if (value >= arenaStart && value < arenaEnd) table.pointers.push(value);
      }
    }
    const valueOffset = count === 0 || lost ? 0 : await this.valueOffset(slot, first);
    return table.shapes.intern(slot.size, count, valueOffset, a, b, listAt);
  }

  private async valueOffset(slot: Slot, firstPointer: number): Promise<number> {
    if (slot.size !== LARGEST_SLOT) return this.rule.valueOffset(slot.size, firstPointer, 0);
    await this.load(slot.contentsAt);
    return this.rule.valueOffset(slot.size, firstPointer, this.word(slot.contentsAt));
  }

  private async lastByte(slot: Slot): Promise<number> {
    if (slot.size > this.rule.layout.largestWithoutHeader) return 0;
    const at = slot.contentsAt + slot.size - 1;
    if (!this.contents.holds(at, 1)) await this.load(at);
    return this.contents.bytes[at - this.contents.base];
  }

  /** Brings a word of the contents, and what follows it, into the second window. */
  private async load(offset: number): Promise<void> {
    const { contents } = this;
    contents.seek(offset);
    while (!contents.holds(offset, this.params.pointerBytes) && (await contents.more()));
  }

  private word(offset: number): number {
    const { contents, params } = this;
    return wordAt(contents.view, offset - contents.base, params.pointerBytes === 8, !params.bigEndian);
  }
}
