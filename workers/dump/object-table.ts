/**
 * The objects read so far, as columns in the order of the file, and the pointers found in them, still as addresses. Row
 * 0 is the pseudo-root's. Objects of one page follow each other in the file: a page's run is closed when the page
 * changes, and only then is it known which of its slots are phantoms.
 */
import type { MemoryAccount } from '../lib/alloc';
import { Float64Column, Uint32Column } from '../lib/column';
import { NONE } from '../lib/none';
import { OutOfMemory } from '../lib/errors';
import { Damage } from './damage';
import type { HeapLayout } from '../go/malloc-headers';
import { PAGE_BYTES } from '../go/size-classes';
import { type PageLimits, pageLimits, realSlots } from './phantoms';
import { ShapeInterner } from './shapes';

/**
 * Told of each run of objects that is final; answers with the first one that cannot be, because its memory is taken
 * already, or NONE.
 */
export type RunSink = (objects: ObjectTable, first: number, end: number) => number;

const NO_PAGE = -1;
const MOST_IDS = NONE - 1;

export class ObjectTable {
  readonly slotAddress: Float64Column;
  readonly contentsAt: Float64Column;
  readonly shapeId: Uint32Column;
  /** objectId → end of its pointers in `pointers` */
  readonly pointerEnd: Uint32Column;
  /** Non-nil words that point into the arena, object by object. */
  readonly pointers: Float64Column;
  readonly shapes: ShapeInterner;
  bytes = 0;
  phantomRecords = 0;
  phantomBytes = 0;
  /** page → the slots on it that were taken for phantoms by a guess */
  private readonly guessed = new Map<number, { from: number; end: number }>();

  // the run of objects of the page that is being read
  private runFirst = 1;
  private runPage = NO_PAGE;
  private runEnd = 0;
  private runBytes = 0;
  private runLimits: PageLimits | null = null;
  private runPointersBelow = false;
  private lastAddress = 0;
  private lastByte = 0;

  constructor(
    account: MemoryAccount,
    private readonly layout: HeapLayout,
    private readonly sink: RunSink,
    /** Pages of which it is known that they hold no pointers, though nothing on them proves it. */
    private readonly pointerFree: ReadonlySet<number>,
  ) {
    this.slotAddress = new Float64Column(account, 'slotAddress');
    this.contentsAt = new Float64Column(account, 'contentsAt');
    this.shapeId = new Uint32Column(account, 'shapeId');
    this.pointerEnd = new Uint32Column(account, 'pointerEnd');
    this.pointers = new Float64Column(account, 'pointers');
    this.shapes = new ShapeInterner(account);
    this.slotAddress.push(0);
    this.contentsAt.push(-1);
    this.shapeId.push(0);
    this.pointerEnd.push(0);
  }

  /** Rows, the pseudo-root's included: the id of the next object. */
  get length(): number {
    return this.slotAddress.length;
  }

  sizeOf(objectId: number): number {
    return this.shapes.slotSize[this.shapeId.get(objectId)];
  }

  /**
   * To be called before the pointers of the next object are pushed: settles the page before, where it lies on another
   * one.
   */
  approach(address: number): void {
    if (address >= this.runEnd || address <= this.lastAddress) this.closeRun();
  }

  /** Adds an object that was approached and whose pointers were pushed. `lastByte` is the last of its contents. */
  add(address: number, size: number, contentsAt: number, shape: number, lastByte: number): void {
    if (this.runPage === NO_PAGE) this.openRun(address, size);
    const limits = this.runLimits;
    if (limits !== null) {
      // slots of two sizes on a page: not written by the runtime, so its rules do not apply
      if (size !== this.runBytes) this.runLimits = null;
      else if (this.shapes.pointerCount[shape] > 0 && address < this.runPage + limits.scan * size)
        this.runPointersBelow = true;
    }
    this.lastAddress = address;
    this.lastByte = lastByte;
    this.slotAddress.push(address);
    this.contentsAt.push(contentsAt);
    this.shapeId.push(shape);
    this.pointerEnd.push(this.pointers.length);
    this.bytes += size;
  }

  /**
   * Settles the objects of the page being read. Throws Damage, and forgets the object, where one lies in memory that
   * another has.
   */
  closeRun(): void {
    if (this.runPage === NO_PAGE) return;
    if (this.runLimits !== null) this.dropPhantoms(this.runLimits);
    this.runPage = NO_PAGE;
    if (this.length > MOST_IDS || this.pointers.length > MOST_IDS) {
      throw new OutOfMemory(`This dump has more than ${MOST_IDS} objects or pointers; ids are 32-bit numbers.`);
    }
    const taken = this.sink(this, this.runFirst, this.length);
    if (taken !== NONE) throw this.refuse(taken);
  }

  private openRun(address: number, size: number): void {
    this.runFirst = this.length;
    this.runPage = address - (address % PAGE_BYTES);
    this.runEnd = this.runPage + PAGE_BYTES;
    this.runBytes = size;
    this.runPointersBelow = false;
    const mayHavePhantoms = this.layout.hasHeaders && size <= this.layout.largestWithoutHeader;
    this.runLimits = mayHavePhantoms ? pageLimits(this.layout, size) : null;
  }

  private dropPhantoms(limits: PageLimits): void {
    const size = this.runBytes;
    const firstAbove = this.firstFrom(this.runPage + limits.scan * size);
    const real = realSlots(this.layout, limits, {
      slotBytes: size,
      anyBelow: firstAbove > this.runFirst,
      pointersBelow: this.runPointersBelow,
      above: this.length - firstAbove,
      lastByte: this.lastByte,
    });
    const isPointerFree = real.guessed && this.pointerFree.has(this.runPage);
    const end = this.runPage + limits.noscan * size;
    const from = isPointerFree ? end : this.runPage + real.slots * size;
    const firstPhantom = this.firstFrom(from);
    const phantoms = this.length - firstPhantom;
    if (real.guessed && from < end && phantoms > 0) this.guessed.set(this.runPage, { from, end });
    this.phantomRecords += phantoms;
    this.phantomBytes += phantoms * size;
    this.forgetFrom(firstPhantom);
  }

  /** Pages where a pointer of an object leads to what was taken for a phantom by a guess: they hold no pointers, and the guess was wrong. */
  wronglyGuessed(): Set<number> {
    const pages = new Set<number>();
    if (this.guessed.size === 0) return pages;
    for (const part of this.pointers.parts()) {
      for (const address of part) {
        const page = address - (address % PAGE_BYTES);
        const dropped = this.guessed.get(page);
        if (dropped && address >= dropped.from && address < dropped.end) pages.add(page);
      }
    }
    return pages;
  }

  /** Gives back all memory; nothing may be asked afterwards. */
  release(): void {
    for (const column of [this.slotAddress, this.contentsAt, this.shapeId, this.pointerEnd, this.pointers])
      column.release();
    this.shapes.release();
  }

  /** The first object of the run at or after an address: they ascend, and phantoms are few, so from the end. */
  private firstFrom(address: number): number {
    let first = this.length;
    while (first > this.runFirst && this.slotAddress.get(first - 1) >= address) first--;
    return first;
  }

  private forgetFrom(objectId: number): void {
    for (let id = objectId; id < this.length; id++) this.bytes -= this.sizeOf(id);
    this.slotAddress.truncate(objectId);
    this.contentsAt.truncate(objectId);
    this.shapeId.truncate(objectId);
    this.pointerEnd.truncate(objectId);
    this.pointers.truncate(this.pointerEnd.get(objectId - 1));
  }

  private refuse(objectId: number): Damage {
    const address = this.slotAddress.get(objectId);
    const size = this.sizeOf(objectId);
    const offset = this.contentsAt.get(objectId) - varintBytes(address) - varintBytes(size);
    this.forgetFrom(objectId);
    return new Damage(
      offset,
      'the address of memory that no other object has',
      `0x${address.toString(16)}, ${size} bytes, which overlap an object before it`,
    );
  }
}

/** Bytes of a number in the file; the runtime writes the shortest form. */
function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = value; rest >= 128; rest /= 128) bytes++;
  return bytes;
}
