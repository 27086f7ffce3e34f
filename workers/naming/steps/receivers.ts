/** Receivers of methods on the stack: the first argument's place in the caller's frame, where the dump lists it as live, holds the receiver. */
import { receiverType } from '../../go/calls';
import { NONE } from '../../lib/none';
import { SOURCE } from '../beliefs/assignments';
import type { Propagation } from './propagation';
import type { SegmentMemory } from '../../graph/contents/segment-memory';
import type { TypeNames } from '../types/type-names';

/**
 * @param callee the function whose receiver it is
 * @param caller its caller's frame: offset 0 is where the callee's arguments begin (amd64; other architectures keep a link register there)
 */
export function tellReceiver(
  walk: Propagation,
  names: TypeNames,
  callee: string,
  caller: { pointerOffsets: Uint32Array; memory: SegmentMemory },
): void {
  const receiver = receiverType(callee);
  if (receiver === null || caller.pointerOffsets.length === 0 || caller.pointerOffsets[0] !== 0) return;
  const type = names.find(receiver);
  if (type) walk.tell(caller.memory.word(0), type, 1, SOURCE.receiver, { objectId: NONE, offset: 0 });
}
