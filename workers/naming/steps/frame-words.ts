/** The words of a frame as its variables see them: where the dump does not list a pointer there is none, for dead variables hold junk. */
import type { LocationPiece } from '../../program/dwarf/locations';
import type { GoType } from '../types/go-type';
import type { Memory } from '../../graph/contents/memory';
import type { SegmentMemory } from '../../graph/contents/segment-memory';

/** A frame's memory in which words that are not live read as zero: dead variables hold junk. */
export class LiveWords implements Memory {
  constructor(
    private readonly memory: SegmentMemory,
    private readonly live: ReadonlySet<number>,
    private readonly pointerBytes: number,
  ) {}

  word(position: number): number {
    // Lengths and type words stand beside a live word and are not listed themselves.
    const P = this.pointerBytes;
    const near =
      this.live.has(position) ||
      this.live.has(position + P) ||
      this.live.has(position - P) ||
      this.live.has(position - 2 * P);
    return near ? this.memory.word(position) : 0;
  }

  u8(position: number): number {
    return this.memory.u8(position);
  }

  u16(position: number): number {
    return this.memory.u16(position);
  }
}

/**
 * A variable that the compiler keeps in pieces, as it does with slices, strings and interfaces: pointer here, length there, the rest in registers.
 * Positions count from the variable; words that no piece holds, and pointers of its type that are not live, read as zero.
 */
export class PiecedWords implements Memory {
  private readonly pointers: ReadonlySet<number>;

  /** @param canonical where the frame's canonical address lies in its memory */
  constructor(
    private readonly memory: SegmentMemory,
    private readonly live: ReadonlySet<number>,
    private readonly canonical: number,
    private readonly pieces: readonly LocationPiece[],
    type: GoType,
  ) {
    this.pointers = new Set(type.mask ?? []);
  }

  word(position: number): number {
    const at = this.find(position);
    return at === null || (this.pointers.has(position) && !this.live.has(at)) ? 0 : this.memory.word(at);
  }

  u8(position: number): number {
    const at = this.find(position);
    return at === null ? 0 : this.memory.u8(at);
  }

  u16(position: number): number {
    const at = this.find(position);
    return at === null ? 0 : this.memory.u16(at);
  }

  private find(position: number): number | null {
    const piece = this.pieces.find(({ from, bytes }) => position >= from && position < from + (bytes ?? Infinity));
    return piece ? this.canonical + piece.at + position - piece.from : null;
  }
}
