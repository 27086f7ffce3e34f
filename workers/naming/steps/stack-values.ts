/**
 * Values that live on a stack: `h := new(Hub)` of a hub that does not escape is a place in the frame, without a name, and a variable that points at
 * it. The dump lists no pointers there, so only what a live variable leads to is followed, and the heap's objects have to fit.
 */
import type { FrameRecord } from '../../dump/records';
import type { SegmentMemory } from '../../graph/contents/segment-memory';
import { isSlice, nameInVariable, typeInVariable, type GlobalVariable } from '../executable/package-variables';
import type { GoType } from '../types/go-type';
import type { KnownTypes } from '../types/known-types';

/** Values of one slice on a stack that are followed. */
const MOST_VALUES = 1 << 12;

export interface StackFrame {
  readonly frame: FrameRecord;
  readonly memory: SegmentMemory;
}

/** A value that was told and has not been walked. */
interface StackValue {
  /** What it is called: a variable's pointee, or part of one. */
  readonly owner: GlobalVariable;
  readonly type: GoType;
  readonly memory: SegmentMemory;
  readonly position: number;
}

export class StackValues {
  /** Values that variables of frames point at in their stack, in the order in which they were found; addresses are those of the dump. */
  readonly found: GlobalVariable[] = [];
  private frames: readonly StackFrame[] = [];
  private readonly pending: StackValue[] = [];
  private readonly seen = new Set<number>();
  private followed: GlobalVariable | null = null;

  constructor(private readonly known: KnownTypes) {}

  /** Goes on with the frames of one goroutine, innermost first, which is by address. */
  enter(frames: readonly StackFrame[]): void {
    this.frames = frames;
    this.seen.clear();
  }

  /** Says whose words are followed from now on; null for what lies in no stack. */
  follow(variable: GlobalVariable | null): void {
    this.followed = variable;
  }

  /** Says that `count` values of a type begin at an address. @param offset of the word that says so, in what is followed */
  tell(address: number, type: GoType, count: number, offset: number): void {
    if (!this.followed || type.role !== 'plain' || !type.mask || type.mask.length === 0) return;
    const place = this.frameAt(address);
    const size = type.size * Math.min(Math.max(count, 1), MOST_VALUES);
    if (!place || address + size > place.frame.address + place.frame.bytes || this.seen.has(address)) return;
    this.seen.add(address);
    const from = this.followed.address + offset;
    const role = isSlice(typeInVariable(this.followed, from)) ? 'elements' : 'pointee';
    const name = nameInVariable(this.followed, from, this.known);
    const owner: GlobalVariable = { name, address, size, type, count: size / type.size, role };
    this.found.push(owner);
    this.pending.push({ owner, type, memory: place.memory, position: address - place.frame.address });
  }

  /** The next value to walk. */
  take(): StackValue | undefined {
    return this.pending.pop();
  }

  private frameAt(address: number): StackFrame | null {
    const { frames } = this;
    let low = 0;
    let high = frames.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (frames[middle].frame.address <= address) low = middle;
      else high = middle - 1;
    }
    const found = frames.at(low);
    return found && address >= found.frame.address && address < found.frame.address + found.frame.bytes ? found : null;
  }
}
