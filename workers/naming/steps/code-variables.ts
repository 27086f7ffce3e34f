/**
 * Package variables of programs without debug information: what code says of each by how it uses it. Code that a branch lies between says wrong things
 * at times, so what is said less often than something else counts only where the object fits nothing that is said more often.
 */
import { NONE } from '../../lib/none';
import type { SegmentMemory } from '../../graph/contents/segment-memory';
import type { VariableUse, VariableUses } from '../../program/variable-uses';
import { SOURCE } from '../beliefs/assignments';
import type { GoType } from '../types/go-type';
import type { TypeNames } from '../types/type-names';
import type { TypeSpace } from '../types/type-space';
import type { Propagation } from './propagation';
import type { Teller } from './telling';

const NOBODY: Teller = { objectId: NONE, offset: 0 };

/** A segment of variables, at its address in the dump. */
export interface VariableSegment {
  readonly address: number;
  readonly bytes: number;
  readonly memory: SegmentMemory;
}

/** @param slide of the variables: their addresses in the dump are so much above those of the executable; `typeSlide` likewise of the types */
export function tellCodeVariables(
  walk: Propagation,
  uses: VariableUses,
  segments: readonly VariableSegment[],
  types: TypeSpace,
  names: TypeNames,
  { slide, typeSlide }: { slide: number; typeSlide: number },
): void {
  const typeOf = ({ type }: VariableUse): GoType | null =>
    typeof type === 'string' ? names.find(type) : types.at(type + typeSlide);
  for (const [linked, said] of uses.all()) {
    const address = linked + slide;
    const segment = segments.find((one) => address >= one.address && address < one.address + one.bytes);
    if (!segment) continue;
    for (const use of said) {
      const type = typeOf(use);
      if (type) tell(walk, use, type, address, segment);
    }
  }
}

function tell(
  walk: Propagation,
  { use }: VariableUse,
  type: GoType,
  address: number,
  { memory, address: start, bytes }: VariableSegment,
): void {
  const P = walk.known.layout.pointerBytes;
  const at = address - start;
  if (use === 'value') {
    walk.tell(address, type, 1, SOURCE.code, NOBODY);
    return;
  }
  if (at + (use === 'array' ? 3 : 1) * P > bytes) return;
  const word = memory.word(at);
  switch (use) {
    case 'pointer':
      walk.tell(word, type, 1, SOURCE.code, NOBODY);
      return;
    case 'array':
      walk.tell(word, type, memory.word(at + 2 * P), SOURCE.code, NOBODY);
      return;
    case 'map':
      walk.tell(word, walk.known.mapHeader(type), 1, SOURCE.code, NOBODY);
      return;
    case 'channel':
      if (type.element) walk.tell(word, walk.known.channel(type.element), 1, SOURCE.code, NOBODY);
  }
}
