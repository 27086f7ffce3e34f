/** The variables of a frame at its pc, by debug information: parameters, locals and those of inlined calls, with where they lie. */
import type { FrameRecord } from '../../dump/records';
import type { Dwarf } from '../../program/dwarf/dwarf';
import { locate, type LocationPiece } from '../../program/dwarf/locations';
import type { GoType } from '../types/go-type';
import type { TypeSpace } from '../types/type-space';

export interface FrameVariable {
  name: string;
  type: GoType;
  /**
   * Those in memory. They count from the frame's canonical address, where the caller's frame begins: below it in the frame itself, from it on in
   * the caller's, where arguments have their place.
   */
  pieces: readonly LocationPiece[];
}

/** Variables that have a part in memory. @param slide see MatchedProgram */
export function* variablesOf(
  frame: FrameRecord,
  dwarf: Dwarf,
  types: TypeSpace,
  slide: number,
): Generator<FrameVariable> {
  const found = dwarf.functionAt(frame.entryPc - slide);
  if (!found) return;
  // A return address is that of the next instruction.
  const pc = frame.pc - slide - (frame.pc === frame.entryPc ? 0 : 1);
  for (const offset of found.variables) {
    const variable = dwarf.variable(offset);
    const type = variable && types.entry(variable.type);
    if (!type) continue;
    const pieces = locate(dwarf.sections, found.unit, variable, pc).filter(({ kind }) => kind === 'frame');
    if (pieces.length > 0) yield { name: variable.name, type, pieces };
  }
}

/** The variable that has a byte, with the byte's offset in it; null where none has. @param at from the canonical address */
export function variableHolding(
  variables: Iterable<FrameVariable>,
  at: number,
): { variable: FrameVariable; inside: number } | null {
  for (const variable of variables) {
    for (const piece of variable.pieces) {
      const inside = at - piece.at;
      if (inside >= 0 && inside < (piece.bytes ?? variable.type.size)) return { variable, inside: piece.from + inside };
    }
  }
  return null;
}
