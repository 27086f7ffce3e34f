/** What the records and the memory outside the heap tell: runtime descriptors, finalizers, package variables, variables of frames. */
import { NONE } from '../lib/none';
import type { FrameRecord, Segment } from '../dump/records';
import type { Dwarf } from '../program/dwarf/dwarf';
import { locate } from '../program/dwarf/locations';
import { SOURCE } from './assignments';
import type { Closures } from './closures';
import type { GoType } from './go-type';
import { tellInterfaces } from './object-sweep';
import type { Memory } from './memory';
import type { Propagation } from './propagation';
import type { SegmentMemory } from './segment-memory';
import type { TypeSpace } from './type-space';

const NOBODY = { objectId: NONE, offset: 0 };

/** Objects that records name by address. */
export function seedRecords(
  walk: Propagation,
  types: TypeSpace,
  closures: Closures,
  find: (name: string) => GoType | null,
): void {
  const { records } = walk.graph;
  const record = (address: number, name: string): void => {
    const type = find(name);
    if (type) walk.tell(address, type, 1, SOURCE.record, NOBODY);
  };
  for (const goroutine of records.goroutines) {
    record(goroutine.address, 'runtime.g');
    record(goroutine.machine, 'runtime.m');
    closures.tell(walk, goroutine.context, SOURCE.record, NOBODY);
    for (const deferred of goroutine.defers) {
      record(deferred.address, 'runtime._defer');
      closures.tell(walk, deferred.funcval, SOURCE.record, NOBODY);
    }
    for (const panic of goroutine.panics) walk.tellInterface(panic.typeAddress, panic.value, SOURCE.record, NOBODY);
  }
  for (const thread of records.threads) record(thread.address, 'runtime.m');
  for (const finalizer of records.finalizers) {
    closures.tell(walk, finalizer.funcval, SOURCE.record, NOBODY);
    const element = types.at(finalizer.objectType)?.element;
    if (element) walk.tell(finalizer.object, element, 1, SOURCE.record, NOBODY);
  }
}

/** Interface values in data, bss or a frame. */
export function seedInterfaces(walk: Propagation, segment: Segment, memory: SegmentMemory): void {
  tellInterfaces(walk, segment.pointerOffsets, memory, 0, NOBODY);
}

/** Package variables, by DWARF. */
export function seedGlobals(
  walk: Propagation,
  dwarf: Dwarf,
  types: TypeSpace,
  slide: number,
  segment: Segment,
  memory: SegmentMemory,
): void {
  for (const global of dwarf.globals) {
    const at = global.address + slide - segment.address;
    if (at < 0 || at >= segment.bytes) continue;
    const type = types.entry(global.type);
    if (type) walk.walkVariable(type, memory, at);
  }
}

/** Variables of a frame, by DWARF: words that the dump lists as live and that a variable covers at the frame's pc. */
export function seedFrame(
  walk: Propagation,
  dwarf: Dwarf,
  types: TypeSpace,
  slide: number,
  frame: FrameRecord,
  memory: SegmentMemory,
): void {
  const found = dwarf.functionAt(frame.entryPc - slide);
  if (!found) return;
  const pc = frame.pc - slide;
  const lookup = frame.pc === frame.entryPc ? pc : pc - 1;
  const live = new LiveWords(memory, new Set(frame.pointerOffsets), walk.known.layout.pointerBytes);
  for (const offset of found.variables) {
    const variable = dwarf.variable(offset);
    const type = variable && types.entry(variable.type);
    if (!type) continue;
    for (const piece of locate(dwarf.sections, found.unit, variable, lookup)) {
      // The frame's canonical address is where the caller's frame begins.
      if (piece.kind !== 'frame' || (piece.bytes !== null && piece.bytes < type.size)) continue;
      walk.walkVariable(type, live, frame.bytes + piece.at);
    }
  }
}

/** A frame's memory in which words that are not live read as zero: dead variables hold junk. */
class LiveWords implements Memory {
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
