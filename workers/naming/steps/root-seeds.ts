/** What the records and the segments tell: runtime descriptors, finalizers, package variables. */
import { NONE } from '../../lib/none';
import type { Segment } from '../../dump/records';
import type { Dwarf } from '../../program/dwarf/dwarf';
import { SOURCE } from '../beliefs/assignments';
import type { Closures } from './closures';
import type { GoType } from '../types/go-type';
import { tellInterfaces } from './object-sweep';
import type { Propagation } from './propagation';
import type { SegmentMemory } from '../../graph/contents/segment-memory';
import type { TypeSpace } from '../types/type-space';

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
