/** The words of a frame as its variables see them: where the dump does not list a pointer there is none, for dead variables hold junk. */
import type { LocationPiece } from '../../program/dwarf/locations';
import type { GoType } from '../types/go-type';
import type { Memory } from '../../graph/contents/memory';
import type { SegmentMemory } from '../../graph/contents/segment-memory';

/** A frame's memory, with the positions of the pointers that the dump lists in it. */
export interface FrameMemory {
  readonly memory: SegmentMemory;
  readonly live: ReadonlySet<number>;
}

/**
 * A variable of a frame, which the compiler may keep in pieces, as it does with slices, strings and interfaces: pointer here, length there, the rest
 * in registers. Pieces count from the frame's canonical address: before it they lie in the frame, from it on in the caller's, as arguments do.
 * Positions count from the variable; words that no piece holds, and pointers of its type that are not live, read as zero.
 */
export class VariableWords implements Memory {
  private readonly pointers: ReadonlySet<number>;

  constructor(
    private readonly frame: FrameMemory,
    /** Null for the outermost frame. */
    private readonly caller: FrameMemory | null,
    private readonly pieces: readonly LocationPiece[],
    type: GoType,
  ) {
    this.pointers = new Set(type.mask ?? []);
  }

  word(position: number): number {
    const found = this.find(position);
    if (!found || (this.pointers.has(position) && !found.place.live.has(found.at))) return 0;
    return found.place.memory.word(found.at);
  }

  u8(position: number): number {
    const found = this.find(position);
    return found ? found.place.memory.u8(found.at) : 0;
  }

  u16(position: number): number {
    const found = this.find(position);
    return found ? found.place.memory.u16(found.at) : 0;
  }

  private find(position: number): { place: FrameMemory; at: number } | null {
    const piece = this.pieces.find(({ from, bytes }) => position >= from && position < from + (bytes ?? Infinity));
    if (!piece) return null;
    const at = piece.at + position - piece.from;
    const place = at < 0 ? this.frame : this.caller;
    return place && { place, at: at < 0 ? this.frame.memory.size + at : at };
  }
}
