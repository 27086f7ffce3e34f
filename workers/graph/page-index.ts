/**
 * Address → object. The heap is looked at in pages of 8 KiB; a hash table knows the pages where objects begin or reach into. In a page,
 * one bit for each possible start (a pointer's size apart) and the id of the first start in each word of bits give the object by
 * counting bits: ids ascend with addresses inside a page, because the runtime writes a page's slots one after the other. Free slots cost nothing, slots of
 * any size and objects over many pages need no case of their own.
 *
 * Memory follows the objects and the bytes that the file holds, never the range of addresses: an object whose contents are not in the file may
 * claim any size, so those few stand in a list instead of in every page they claim.
 */
import type { ObjectTable } from '../dump/object-table';
import type { MemoryAccount } from '../lib/alloc';
import { popcount } from '../lib/bit-set';
import { NONE } from '../lib/none';
import type { AddressIndex } from './heap-graph';

const PAGE = 8192;
const FIRST = 256;
/** Larger than anything that the file holds in one piece: see `bytesInFile`. */
const ALWAYS_WHOLE = 2 ** 31;
const MOST_LOST = 4096;

export class PageIndex implements AddressIndex {
  private pages = 0;
  private words = 0;
  private readonly startShift: number;

  /** hash slot → page entry, NONE where empty */
  private table: Uint32Array;
  /** page entry → page number, counted from the start of the arena's first page */
  private number: Float64Array;
  /** page entry → object that begins on an earlier page and reaches into this one, or NONE */
  private cover: Uint32Array;
  /** page entry → bytes of each of its slots where all are equal, else 0 */
  private slotBytes: Float64Array;
  /** page entry → its words of start bits: index of the first in `starts`, which word of the page that is, and their number */
  private firstWord: Uint32Array;
  private lowWord: Uint8Array;
  private wordCount: Uint8Array;
  /** word → start bits, and id of the object at the lowest */
  private starts: Uint32Array;
  private startId: Uint32Array;

  private readonly lost: { from: number; to: number; id: number }[] = [];
  // the objects' columns, for the few look-ups that the page cannot answer alone
  private slotAddress: Float64Array = new Float64Array(0);
  private shapeId: Uint32Array = new Uint32Array(0);
  private slotSize: Float64Array = new Float64Array(0);
  private readonly origin: number;

  /** `arenaStart`: no object lies below it. */
  constructor(
    private readonly account: MemoryAccount,
    arenaStart: number,
    pointerBytes: 4 | 8,
  ) {
    this.origin = arenaStart - (arenaStart % PAGE);
    this.startShift = pointerBytes === 8 ? 3 : 2;
    this.table = account.uint32('index: table', 2 * FIRST).fill(NONE);
    this.number = account.float64('index: page', FIRST);
    this.cover = account.uint32('index: cover', FIRST);
    this.slotBytes = account.float64('index: slot', FIRST);
    this.firstWord = account.uint32('index: first word', FIRST);
    this.lowWord = account.uint8('index: low word', FIRST);
    this.wordCount = account.uint8('index: words', FIRST);
    this.starts = account.uint32('index: starts', FIRST);
    this.startId = account.uint32('index: ids', FIRST);
  }

  /** Gives look-ups the objects' columns, whole and flat; before that, nothing can be looked up. */
  useSlots(slotAddress: Float64Array, shapeId: Uint32Array, slotSize: Float64Array): void {
    this.slotAddress = slotAddress;
    this.shapeId = shapeId;
    this.slotSize = slotSize;
  }

  objectAt(address: number): number {
    const offset = address - this.origin;
    if (!(offset >= 0)) return NONE;
    const page = Math.floor(offset / PAGE);
    const entry = this.find(page);
    if (entry === NONE) return this.lostAt(address);
    const start = (offset - page * PAGE) >>> this.startShift;
    let word = (start >>> 5) - this.lowWord[entry];
    const words = this.wordCount[entry];
    // bits up to and with our own, in the word where it lies, or all of the last word before
    let mask = 0xffff_ffff >>> (31 - (start & 31));
    if (word >= words) {
      word = words - 1;
      mask = 0xffff_ffff;
    }
    for (let at = this.firstWord[entry] + word; word >= 0; word--, at--, mask = 0xffff_ffff) {
      const bits = this.starts[at] & mask;
      if (bits === 0) continue;
      const id = this.startId[at] + popcount(bits) - 1;
      const size = this.slotBytes[entry];
      if (size === 0) return this.within(id, address);
      const from = ((this.lowWord[entry] + word) * 32 + 31 - Math.clz32(bits)) << this.startShift;
      return offset - page * PAGE - from < size ? id : this.lostAt(address);
    }
    return this.cover[entry] === NONE ? this.lostAt(address) : this.within(this.cover[entry], address);
  }

  /**
   * Enters the objects first … end - 1, which lie on one page, ascending. Answers with the first that lies in memory taken by an object
   * before, or on a page that was left already; NONE when there is none.
   */
  add(objects: ObjectTable, first: number, end: number): number {
    if (first === end) return NONE;
    const page = this.pageOf(objects.slotAddress.get(first));
    const size = objects.sizeOf(first);
    if (this.isTaken(objects, page, first)) return first;
    const entry = this.enter(page);
    this.firstWord[entry] = this.words;
    this.lowWord[entry] = this.startOf(objects, first, page) >>> 5;
    this.slotBytes[entry] = size;
    let reach = 0;
    for (let id = first; id < end; id++) {
      const address = objects.slotAddress.get(id);
      const bytes = objects.sizeOf(id);
      if (address < reach || this.lostAt(address) !== NONE) return id;
      reach = address + bytes;
      if (id === end - 1 && !this.isFree(page, address, reach)) return id;
      if (bytes !== size) this.slotBytes[entry] = 0;
      this.addStart(entry, this.startOf(objects, id, page), id);
    }
    this.addCover(end - 1, page, objects.slotAddress.get(end - 1), reach);
    return NONE;
  }

  private startOf(objects: ObjectTable, id: number, page: number): number {
    return (objects.slotAddress.get(id) - this.origin - page * PAGE) >>> this.startShift;
  }

  /** True when the page has starts already, or an object from before reaches over the first of the new ones. */
  private isTaken(objects: ObjectTable, page: number, first: number): boolean {
    const entry = this.find(page);
    if (entry === NONE) return false;
    const cover = this.cover[entry];
    const reach = cover === NONE ? 0 : objects.slotAddress.get(cover) + objects.sizeOf(cover);
    return this.wordCount[entry] > 0 || objects.slotAddress.get(first) < reach;
  }

  private addStart(entry: number, start: number, id: number): void {
    const word = start >>> 5;
    while (this.lowWord[entry] + this.wordCount[entry] <= word) {
      if (this.words === this.starts.length) this.growWords();
      this.starts[this.words] = 0;
      this.startId[this.words++] = id;
      this.wordCount[entry]++;
    }
    const at = this.firstWord[entry] + word - this.lowWord[entry];
    if (this.starts[at] === 0) this.startId[at] = id;
    this.starts[at] |= 1 << (start & 31);
  }

  /** False where another object has a page after the first of an object that reaches to `reach`. */
  private isFree(page: number, from: number, reach: number): boolean {
    const last = this.pageOf(reach - 1);
    if (reach - from >= ALWAYS_WHOLE) return this.isFreeForLost(from, reach);
    for (let next = page + 1; next <= last; next++) {
      if (this.find(next) !== NONE || this.lostAt(this.origin + next * PAGE) !== NONE) return false;
    }
    return true;
  }

  /** The same for an object without contents in the file. Pages are looked through one by one: there are few such objects. */
  private isFreeForLost(from: number, reach: number): boolean {
    if (this.lost.length === MOST_LOST) return false;
    const firstPage = this.pageOf(from);
    const lastPage = this.pageOf(reach - 1);
    for (let entry = 0; entry < this.pages; entry++) {
      if (this.number[entry] > firstPage && this.number[entry] <= lastPage) return false;
    }
    return !this.lost.some((other) => from < other.to && other.from < reach);
  }

  /** Notes an object on the pages after its first. */
  private addCover(id: number, page: number, from: number, reach: number): void {
    if (reach - from >= ALWAYS_WHOLE) {
      this.lost.push({ from, to: reach, id });
      return;
    }
    const last = this.pageOf(reach - 1);
    for (let next = page + 1; next <= last; next++) this.cover[this.enter(next)] = id;
  }

  private pageOf(address: number): number {
    return Math.floor((address - this.origin) / PAGE);
  }

  private lostAt(address: number): number {
    if (this.lost.length === 0) return NONE;
    return this.lost.find(({ from, to }) => address >= from && address < to)?.id ?? NONE;
  }

  private within(id: number, address: number): number {
    return address - this.slotAddress[id] < this.slotSize[this.shapeId[id]] ? id : this.lostAt(address);
  }

  private find(page: number): number {
    const mask = this.table.length - 1;
    let at = home(page) & mask;
    for (; this.table[at] !== NONE; at = (at + 1) & mask) {
      if (this.number[this.table[at]] === page) return this.table[at];
    }
    return NONE;
  }

  /** The entry of a page, made where there is none. */
  private enter(page: number): number {
    const known = this.find(page);
    if (known !== NONE) return known;
    if (this.pages === this.number.length) this.growPages();
    const entry = this.pages++;
    this.number[entry] = page;
    this.cover[entry] = NONE;
    this.place(entry);
    return entry;
  }

  private place(entry: number): void {
    const mask = this.table.length - 1;
    let at = home(this.number[entry]) & mask;
    while (this.table[at] !== NONE) at = (at + 1) & mask;
    this.table[at] = entry;
  }

  private growPages(): void {
    const { account } = this;
    const length = 2 * this.number.length;
    this.number = this.moved(this.number, account.float64('index: page', length));
    this.cover = this.moved(this.cover, account.uint32('index: cover', length));
    this.slotBytes = this.moved(this.slotBytes, account.float64('index: slot', length));
    this.firstWord = this.moved(this.firstWord, account.uint32('index: first word', length));
    this.lowWord = this.moved(this.lowWord, account.uint8('index: low word', length));
    this.wordCount = this.moved(this.wordCount, account.uint8('index: words', length));
    account.release(this.table);
    this.table = account.uint32('index: table', 2 * length).fill(NONE);
    for (let entry = 0; entry < this.pages; entry++) this.place(entry);
  }

  private growWords(): void {
    const length = 2 * this.starts.length;
    this.starts = this.moved(this.starts, this.account.uint32('index: starts', length));
    this.startId = this.moved(this.startId, this.account.uint32('index: ids', length));
  }

  private moved<A extends Uint8Array | Uint32Array | Float64Array>(from: A, to: A): A {
    to.set(from);
    this.account.release(from);
    return to;
  }
}

/** Where to look for a page first: 64 neighbours lie together, so walks over the heap stay in the cache; blocks of 64 are scattered. */
function home(page: number): number {
  const block = Math.floor(page / 64);
  const mixed = Math.imul(block + Math.imul(Math.floor(page / 2 ** 32), 0x85eb_ca6b), 0x9e37_79b1);
  return ((mixed ^ (mixed >>> 15)) << 6) | (page & 63);
}
