/**
 * Where a variable lives at a pc: pieces in the frame, counted from the canonical frame address (CFA). Go's frame base is the CFA always.
 * Registers are gone in a dump, so pieces in registers are left out.
 */
import { Cursor } from './cursor';
import type { DwarfSections } from './sections';
import type { DwarfVariable } from './dwarf';
import type { Unit } from './unit';

/** A piece of a variable in memory. `at` counts from the CFA for `frame`, and is a link-time address for `address`. */
export interface LocationPiece {
  kind: 'frame' | 'address';
  at: number;
  /** First byte of the variable that the piece holds, and how many; null where it holds the whole. */
  from: number;
  bytes: number | null;
}

const OP = { addr: 0x03, plusUconst: 0x23, piece: 0x93, fbreg: 0x91, callFrameCfa: 0x9c, consts: 0x11 } as const;

/** The pieces of a variable at a link-time pc; empty where it is dead there or lives in registers only. */
export function locate(sections: DwarfSections, unit: Unit, variable: DwarfVariable, pc: number): LocationPiece[] {
  const { location } = variable;
  if (!location) return [];
  try {
    const expression =
      'expression' in location ? location.expression : listExpression(sections, unit, location.list, pc);
    return expression ? evaluate(expression, sections, unit.addressBytes) : [];
  } catch (error) {
    if (error instanceof RangeError) return []; // a damaged list
    throw error;
  }
}

function evaluate(expression: Uint8Array, sections: DwarfSections, addressBytes: number): LocationPiece[] {
  const cursor = new Cursor(expression, sections.littleEndian);
  const pieces: LocationPiece[] = [];
  let top: { kind: 'frame' | 'address'; at: number } | null = null;
  let from = 0;
  while (cursor.at < expression.length) {
    const op = cursor.u8();
    if (op === OP.addr) top = { kind: 'address', at: cursor.unsigned(addressBytes) };
    else if (op === OP.fbreg) top = { kind: 'frame', at: cursor.sleb() };
    else if (op === OP.callFrameCfa) top = { kind: 'frame', at: 0 };
    else if (op === OP.plusUconst && top) top.at += cursor.uleb();
    else if (op >= 0x50 && op <= 0x6f)
      top = null; // in a register
    else if (op === OP.piece) {
      const bytes = cursor.uleb();
      if (top) pieces.push({ ...top, from, bytes });
      from += bytes;
      top = null;
    } else if (op === 0x22 && top)
      continue; // DW_OP_plus after a constant that was added already
    else if (op === OP.consts && top) top.at += cursor.sleb();
    else return pieces; // an operation that Go does not use for memory
  }
  if (top) pieces.push({ ...top, from, bytes: null });
  return pieces;
}

function listExpression(sections: DwarfSections, unit: Unit, offset: number, pc: number): Uint8Array | null {
  return unit.version >= 5 ? fromLoclists(sections, unit, offset, pc) : fromLoc(sections, unit, offset, pc);
}

/** DWARF 4: pairs of offsets from a base, ended by two zeros; a first word of all ones sets the base. */
function fromLoc(sections: DwarfSections, unit: Unit, offset: number, pc: number): Uint8Array | null {
  const cursor = new Cursor(sections.loc, sections.littleEndian, offset);
  const size = unit.addressBytes;
  const allOnes = size === 8 ? 2 ** 64 : 2 ** 32 - 1;
  let base = unit.lowPc;
  for (;;) {
    const low = cursor.unsigned(size);
    const high = cursor.unsigned(size);
    if (low === 0 && high === 0) return null;
    if (low >= allOnes) {
      base = high;
      continue;
    }
    const length = cursor.u16();
    if (pc >= base + low && pc < base + high) return sections.loc.subarray(cursor.at, cursor.at + length);
    cursor.at += length;
  }
}

/** DWARF 5: entry kinds 0–8 (section 7.7.3). */
function fromLoclists(sections: DwarfSections, unit: Unit, offset: number, pc: number): Uint8Array | null {
  const cursor = new Cursor(sections.loclists, sections.littleEndian, offset);
  const size = unit.addressBytes;
  const indexed = (index: number): number =>
    new Cursor(sections.addr, sections.littleEndian, unit.addrBase + index * size).unsigned(size);
  let base = unit.lowPc;
  for (;;) {
    const kind = cursor.u8();
    let low = 0;
    let high = Infinity;
    if (kind === 0) return null;
    if (kind === 1) base = indexed(cursor.uleb());
    else if (kind === 6) base = cursor.unsigned(size);
    else if (kind === 2) [low, high] = [indexed(cursor.uleb()), indexed(cursor.uleb())];
    else if (kind === 3) {
      low = indexed(cursor.uleb());
      high = low + cursor.uleb();
    } else if (kind === 4) [low, high] = [base + cursor.uleb(), base + cursor.uleb()];
    else if (kind === 7) [low, high] = [cursor.unsigned(size), cursor.unsigned(size)];
    else if (kind === 8) {
      low = cursor.unsigned(size);
      high = low + cursor.uleb();
    } else if (kind !== 5) throw new RangeError(`location list entry of kind ${kind}`);
    if (kind === 1 || kind === 6) continue;
    const length = cursor.uleb();
    if (pc >= low && pc < high) return sections.loclists.subarray(cursor.at, cursor.at + length);
    cursor.at += length;
  }
}
