/**
 * The part of a file that is in memory: a window that moves forward. Values are read synchronously; a reading that runs
 * past the window throws SHORTAGE, and whoever drives it fills the window (`more`) and starts that reading over: see
 * `whole`.
 *
 * Behind the last byte stand zeros, which end any number or list: hot loops decode without looking at the end and check
 * once per record.
 */
import type { MemoryAccount } from '../lib/alloc';
import { decodeUtf8 } from '../lib/utf8';
import type { ByteSource } from './byte-source';
import { cutShort, Damage, inDigits } from './damage';

/** One shared instance: making errors is slow, and with small windows there are many. */
export const SHORTAGE = new Error('the window ends inside a value');

const PADDING = 16;
/** No name or text of the runtime comes near this. */
const LONGEST_TEXT = 2 ** 20;
/** No record without contents comes near this. */
const LARGEST_READING = 2 ** 26;
const LONGEST_VARINT = 10;

export interface WindowOptions {
  account: MemoryAccount;
  /** Bytes to hold at a time; a reading that needs more grows the window for itself. */
  bytes: number;
}

export class Window {
  bytes: Uint8Array;
  view: DataView;
  /** Next byte to read and end of what is held, as indices into `bytes`. */
  at = 0;
  end = 0;
  /** File offset of bytes[0]. */
  base = 0;
  private fileBytes: number;
  private wantedAt = 0;
  private wanted = '';
  private readonly texts = new Map<string, string>();

  constructor(
    private readonly source: ByteSource,
    private readonly options: WindowOptions,
    /** Called after each read: reports, waits, or throws to stop. */
    public onFill: () => void | Promise<void> = () => undefined,
  ) {
    this.fileBytes = source.size;
    this.bytes = options.account.uint8('file window', Math.min(options.bytes, source.size) + PADDING);
    this.view = viewOf(this.bytes);
  }

  /** File offset of the next byte. */
  get offset(): number {
    return this.base + this.at;
  }

  /** Bytes of the file from here on. */
  get left(): number {
    return this.fileBytes - this.offset;
  }

  /** True when the window holds the bytes at this file offset. */
  holds(offset: number, length: number): boolean {
    return offset >= this.base && offset + length <= this.base + this.end;
  }

  /** Goes to a file offset; what lies between is not read. */
  seek(offset: number): void {
    const at = offset - this.base;
    if (at >= 0 && at <= this.end) {
      this.at = at;
    } else {
      this.base = offset;
      this.at = this.end = 0;
      this.pad();
    }
  }

  /** Drops what was read and fills the window, or makes it larger where nothing was. False at the end of the file. */
  async more(): Promise<boolean> {
    const unread = this.end - this.at;
    if (unread > LARGEST_READING)
      throw new Damage(this.offset, 'a record without contents', `more than ${unread} bytes`);
    const want = Math.min(Math.max(this.options.bytes, 2 * unread), this.left);
    if (want <= unread) return false;
    this.makeRoom(want);
    while (this.end < want) {
      const read = await this.source.read(this.base + this.end, this.bytes.subarray(this.end, want));
      if (read === 0) this.fileBytes = this.base + this.end;
      if (read === 0) break;
      this.end += read;
    }
    this.pad();
    await this.onFill();
    return this.end > unread;
  }

  /** An unsigned LEB128 number as a double: exact below 2^53. */
  uvarint(): number {
    const bytes = this.bytes;
    let at = this.at;
    let byte = bytes[at++];
    let value = byte & 0x7f;
    let scale = 128;
    while (byte >= 0x80 && at - this.at < LONGEST_VARINT) {
      byte = bytes[at++];
      value += (byte & 0x7f) * scale;
      scale *= 128;
    }
    if (at > this.end) throw this.shortage(this.offset, 'a number');
    if (byte >= 0x80) throw new Damage(this.offset, 'a number of at most 10 bytes', 'a longer one');
    if (at - this.at === LONGEST_VARINT && byte > 1)
      throw new Damage(this.offset, 'a number below 2^64', 'a larger one');
    this.at = at;
    return value;
  }

  /** An unsigned LEB128 number in decimal digits: exact up to 2^64. */
  digits(): string {
    const start = this.at;
    this.uvarint();
    let value = 0n;
    for (let at = this.at - 1; at >= start; at--) value = (value << 7n) | BigInt(this.bytes[at] & 0x7f);
    return value.toString();
  }

  bool(): boolean {
    const start = this.offset;
    const value = this.uvarint();
    if (value > 1) throw new Damage(start, '0 or 1', inDigits(value));
    return value === 1;
  }

  /** A length and so many bytes of UTF-8. Equal texts are one string: a million frames name few functions. */
  text(): string {
    const start = this.offset;
    const length = this.uvarint();
    if (length > LONGEST_TEXT) throw new Damage(start, 'a text of at most 1 MiB', `a length of ${inDigits(length)}`);
    if (this.at + length > this.end) throw this.shortage(this.offset, `${length} bytes of text`);
    const text = decodeUtf8(this.bytes, this.at, this.at + length);
    this.at += length;
    const known = this.texts.get(text);
    if (known === undefined) this.texts.set(text, text);
    return known ?? text;
  }

  /** Passes over bytes that need not be looked at. */
  skip(bytes: number): void {
    if (this.at + bytes > this.end) throw this.shortage(this.offset, `${bytes} bytes`);
    this.at += bytes;
  }

  /** What to say when the file ends inside the value that was last found short. */
  truncation(): Damage {
    return cutShort(this.wantedAt, this.wanted, this.fileBytes - this.wantedAt);
  }

  release(): void {
    this.options.account.release(this.bytes);
  }

  private shortage(offset: number, wanted: string): Error {
    this.wantedAt = offset;
    this.wanted = wanted;
    return SHORTAGE;
  }

  /** Moves the unread bytes to the front of a buffer that holds `want`. */
  private makeRoom(want: number): void {
    const { account } = this.options;
    const before = this.bytes;
    if (want + PADDING > before.length) {
      this.bytes = account.uint8('file window', want + PADDING);
      this.view = viewOf(this.bytes);
      this.bytes.set(before.subarray(this.at, this.end));
      account.release(before);
    } else {
      before.copyWithin(0, this.at, this.end);
    }
    this.base += this.at;
    this.end -= this.at;
    this.at = 0;
  }

  private pad(): void {
    this.bytes.fill(0, this.end, this.end + PADDING);
  }
}

/** Does a reading that needs all its values at once, filling the window until it has them. */
export async function whole<T>(window: Window, read: () => T): Promise<T> {
  const start = window.offset;
  for (;;) {
    try {
      return read();
    } catch (error) {
      if (error !== SHORTAGE) throw error;
    }
    window.seek(start);
    if (!(await window.more())) throw window.truncation();
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
