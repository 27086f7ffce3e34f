/**
 * Address → object. The heap is looked at in pages of 8 KiB; a hash table of fixed records knows the pages where
 * objects begin or reach into. Ids ascend with addresses inside a page, because the runtime writes a page's slots one
 * after the other, so the object is found by
 *
 * - division, where the page's slots are of one size without gaps, as most are;
 * - counting bits otherwise: one bit for each possible start, a pointer's size apart, and for each word of bits the id
 *   of its first start.
 *
 * Either way a look-up touches one record, or a record and a word: linking is bound by cache misses, so what it needs to
 * know of a page lies side by side.
 *
 * Memory follows the objects and the bytes that the file holds, never the range of addresses: an object whose contents
 * are not in the file may claim any size, so those few stand in a list instead of on every page they claim.
 */
import type { ObjectTable } from '../dump/object-table';
import type { MemoryAccount } from '../lib/alloc';
import { popcount } from '../lib/bit-set';
import { NONE } from '../lib/none';
import type { AddressIndex } from './heap-graph';
import { LostObjects } from './lost-objects';

const PAGE = 8192;
const FIRST_PAGES = 256;
const FIRST_WORDS = 256;

// a page's record: eight 32-bit numbers
const RECORD = 8;
/**
 * Page number, counted from the arena's first page: low 32 bits, and the rest plus one, so that 0 marks an empty
 * record.
 */
const LOW = 0;
const HIGH = 1;
/** The object that begins on an earlier page and reaches into this one, or NONE. */
const COVER = 2;
/** Bytes of each slot, 0 where they differ; id of the first object that begins here, and how many do. */
const SLOT_BYTES = 3;
const FIRST_ID = 4;
const COUNT = 5;
/** Bytes of the page where the first object begins (low 16 bits) and where the last does (high 16). */
const FIRST_BYTE = 6;
/**
 * Index of the pair (start bits, id of the lowest start) for the word of bits where the first object begins; NONE where
 * division does.
 */
const WORDS = 7;

const DENSE = NONE;

export class PageIndex implements AddressIndex {
  private table: Uint32Array;
  private mask = FIRST_PAGES - 1;
  private pages = 0;
  /** Pairs of start bits and first id. */
  private words: Uint32Array;
  private wordsUsed = 0;
  private readonly lost = new LostObjects();
  private readonly origin: number;
  private readonly startShift: number;
  // the objects' columns, for the look-ups that the page cannot answer alone
  private slotAddress: Float64Array = new Float64Array(0);
  private shapeId: Uint32Array = new Uint32Array(0);
  private slotSize: Float64Array = new Float64Array(0);

  /** `arenaStart`: no object lies below it. */
  constructor(
    private readonly account: MemoryAccount,
    arenaStart: number,
    pointerBytes: 4 | 8,
  ) {
    this.origin = arenaStart - (arenaStart % PAGE);
    this.startShift = pointerBytes === 8 ? 3 : 2;
    this.table = account.uint32('address index: pages', FIRST_PAGES * RECORD);
    this.words = account.uint32('address index: starts', FIRST_WORDS);
  }

  /** Gives look-ups the objects' columns, whole and flat; before that, nothing can be looked up. */
  useSlots(slotAddress: Float64Array, shapeId: Uint32Array, slotSize: Float64Array): void {
    this.slotAddress = slotAddress;
    this.shapeId = shapeId;
    this.slotSize = slotSize;
  }

  /** Gives back all memory; nothing may be looked up afterwards. */
  release(): void {
    this.account.release(this.table, this.words);
  }

  objectAt(address: number): number {
    const offset = address - this.origin;
    if (!(offset >= 0)) return NONE;
    const page = Math.floor(offset / PAGE);
    const record = this.find(page);
    if (record === NONE) return this.lost.at(address);
    const { table } = this;
    const byte = offset - page * PAGE;
    const inside = byte - (table[record + FIRST_BYTE] & 0xffff);
    if (inside < 0 || table[record + COUNT] === 0) return this.covered(table[record + COVER], address);
    if (table[record + WORDS] !== DENSE) return this.counted(record, byte, address);
    const slot = Math.floor(inside / table[record + SLOT_BYTES]);
    return slot < table[record + COUNT] ? table[record + FIRST_ID] + slot : this.lost.at(address);
  }

  /** Looks up many addresses in one loop: `into[at + i]` becomes the object at the i-th, or NONE. */
  objectsAt(addresses: Float64Array, into: Uint32Array, at: number): void {
    for (let i = 0; i < addresses.length; i++) into[at + i] = this.objectAt(addresses[i]);
  }

  /**
   * Enters the objects first … end - 1, which lie on one page, ascending. Answers with the first that lies in memory
   * taken by an object before, or on a page that was left already; NONE when there is none.
   */
  add(objects: ObjectTable, first: number, end: number): number {
    if (first === end) return NONE;
    const page = this.pageOf(objects.slotAddress.get(first));
    const good = this.firstOverlap(objects, first, end, page);
    if (good > first) this.enterRun(objects, first, good, page);
    return good === end ? NONE : good;
  }

  /** The first object of a run that cannot be entered, or `end`. */
  private firstOverlap(objects: ObjectTable, first: number, end: number, page: number): number {
    let reach = 0;
    const record = this.find(page);
    if (record !== NONE) {
      if (this.table[record + COUNT] > 0) return first;
      const cover = this.table[record + COVER];
      reach = objects.slotAddress.get(cover) + objects.sizeOf(cover);
    }
    for (let id = first; id < end; id++) {
      const address = objects.slotAddress.get(id);
      if (address < reach || this.lost.at(address) !== NONE) return id;
      reach = address + objects.sizeOf(id);
    }
    const last = end - 1;
    return this.isFree(page, objects.slotAddress.get(last), reach) ? end : last;
  }

  /** False where another object has a page after the first of an object that reaches to `reach`. */
  private isFree(page: number, from: number, reach: number): boolean {
    const last = this.pageOf(reach - 1);
    if (this.lost.mayHold(from, reach)) return this.lost.isFree(from, reach) && !this.hasPages(page + 1, last);
    for (let next = page + 1; next <= last; next++) {
      if (this.find(next) !== NONE || this.lost.at(this.origin + next * PAGE) !== NONE) return false;
    }
    return true;
  }

  /** Looks through all pages: for the few ranges that may be longer than the table. */
  private hasPages(first: number, last: number): boolean {
    for (let record = 0; record < this.table.length; record += RECORD) {
      if (this.table[record + HIGH] === 0) continue;
      const page = this.pageNumber(record);
      if (page >= first && page <= last) return true;
    }
    return false;
  }

  private enterRun(objects: ObjectTable, first: number, end: number, page: number): void {
    const from = objects.slotAddress.get(first);
    const size = objects.sizeOf(first);
    let isUniform = true;
    for (let id = first; id < end; id++) isUniform &&= objects.sizeOf(id) === size;
    const last = objects.slotAddress.get(end - 1);
    const isDense = isUniform && last - from === (end - 1 - first) * size && !this.lost.mayHold(from, from + size);

    const record = this.enter(page);
    this.table[record + SLOT_BYTES] = isUniform ? size : 0;
    this.table[record + FIRST_ID] = first;
    this.table[record + COUNT] = end - first;
    const pageStart = this.origin + page * PAGE;
    this.table[record + FIRST_BYTE] = from - pageStart + (last - pageStart) * 0x1_0000;
    this.table[record + WORDS] = isDense ? DENSE : this.enterStarts(objects, first, end, page);
    this.enterCover(end - 1, page, last, last + objects.sizeOf(end - 1));
  }

  /** Writes the words of start bits of a run and answers with the index of the first. */
  private enterStarts(objects: ObjectTable, first: number, end: number, page: number): number {
    const pageStart = this.origin + page * PAGE;
    const startOf = (id: number): number => (objects.slotAddress.get(id) - pageStart) >>> this.startShift;
    const low = startOf(first) >>> 5;
    const index = this.wordsUsed;
    this.wordsUsed += 2 * ((startOf(end - 1) >>> 5) - low + 1);
    while (this.words.length < this.wordsUsed) this.growWords();
    this.words.fill(0, index, this.wordsUsed);
    for (let id = first; id < end; id++) {
      const start = startOf(id);
      const at = index + 2 * ((start >>> 5) - low);
      if (this.words[at] === 0) this.words[at + 1] = id;
      this.words[at] |= 1 << (start & 31);
    }
    return index;
  }

  /** Notes an object on the pages after its first. */
  private enterCover(id: number, page: number, from: number, reach: number): void {
    if (this.lost.mayHold(from, reach)) {
      this.lost.add(from, reach, id);
      return;
    }
    const last = this.pageOf(reach - 1);
    for (let next = page + 1; next <= last; next++) {
      const record = this.enter(next);
      this.table[record + COVER] = id;
    }
  }

  /** The object whose start is the last at or before a byte of a page with gaps or slots of several sizes. */
  private counted(record: number, byte: number, address: number): number {
    const { table, words } = this;
    const first = table[record + WORDS];
    const low = ((table[record + FIRST_BYTE] & 0xffff) >>> this.startShift) >>> 5;
    const high = ((table[record + FIRST_BYTE] >>> 16) >>> this.startShift) >>> 5;
    const start = byte >>> this.startShift;
    // bits up to and with our own, in the word where it lies; all of the words before
    let word = start >>> 5;
    let mask = 0xffff_ffff >>> (31 - (start & 31));
    if (word > high) {
      word = high;
      mask = 0xffff_ffff;
    }
    let at = first + 2 * (word - low);
    for (; (words[at] & mask) === 0; at -= 2) mask = 0xffff_ffff;
    const bits = words[at] & mask;
    const id = words[at + 1] + popcount(bits) - 1;
    const slotBytes = table[record + SLOT_BYTES];
    if (slotBytes === 0) return this.covered(id, address);
    const slotStart = (((low + ((at - first) >>> 1)) << 5) + 31 - Math.clz32(bits)) << this.startShift;
    return byte - slotStart < slotBytes ? id : this.lost.at(address);
  }

  /** The object, where it reaches over the address. */
  private covered(id: number, address: number): number {
    if (id === NONE) return this.lost.at(address);
    const isInside = address - this.slotAddress[id] < this.slotSize[this.shapeId[id]];
    return isInside ? id : this.lost.at(address);
  }

  private pageOf(address: number): number {
    return Math.floor((address - this.origin) / PAGE);
  }

  private pageNumber(record: number): number {
    return this.table[record + LOW] + (this.table[record + HIGH] - 1) * 2 ** 32;
  }

  /** Index of a page's record, or NONE. */
  private find(page: number): number {
    const low = page >>> 0;
    const high = Math.floor(page / 2 ** 32) + 1;
    const { table, mask } = this;
    for (let at = home(low, high) & mask; ; at = (at + 1) & mask) {
      const record = at * RECORD;
      if (table[record + LOW] === low && table[record + HIGH] === high) return record;
      if (table[record + HIGH] === 0) return NONE;
    }
  }

  /** Index of a page's record, made where there is none. */
  private enter(page: number): number {
    const known = this.find(page);
    if (known !== NONE) return known;
    if (2 * ++this.pages > this.mask) this.growPages();
    const record = this.place(page >>> 0, Math.floor(page / 2 ** 32) + 1);
    this.table[record + COVER] = NONE;
    this.table[record + WORDS] = DENSE;
    return record;
  }

  private place(low: number, high: number): number {
    let at = home(low, high) & this.mask;
    while (this.table[at * RECORD + HIGH] !== 0) at = (at + 1) & this.mask;
    this.table[at * RECORD + LOW] = low;
    this.table[at * RECORD + HIGH] = high;
    return at * RECORD;
  }

  private growPages(): void {
    const before = this.table;
    this.table = this.account.uint32('address index: pages', 2 * before.length);
    this.mask = 2 * this.mask + 1;
    for (let record = 0; record < before.length; record += RECORD) {
      if (before[record + HIGH] === 0) continue;
      const at = this.place(before[record + LOW], before[record + HIGH]);
      this.table.set(before.subarray(record, record + RECORD), at);
    }
    this.account.release(before);
  }

  private growWords(): void {
    const before = this.words;
    this.words = this.account.uint32('address index: starts', 2 * before.length);
    this.words.set(before);
    this.account.release(before);
  }
}

/**
 * Where to look for a page first: 64 neighbours lie together, so walks over the heap stay in the cache; blocks of 64
 * are scattered.
 */
function home(low: number, high: number): number {
  const mixed = Math.imul((low >>> 6) + Math.imul(high, 0x85eb_ca6b), 0x9e37_79b1);
  return ((mixed ^ (mixed >>> 15)) << 6) | (low & 63);
}
