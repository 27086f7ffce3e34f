/** The debug sections of one executable, inflated once. */
import type { ProgramImage } from '../image';

export interface DwarfSections {
  littleEndian: boolean;
  info: Uint8Array;
  abbrev: Uint8Array;
  str: Uint8Array;
  lineStr: Uint8Array;
  addr: Uint8Array;
  strOffsets: Uint8Array;
  loc: Uint8Array;
  loclists: Uint8Array;
}

export function dwarfSections(image: ProgramImage): DwarfSections {
  const section = (name: string): Uint8Array => image.debug.get(name)?.() ?? new Uint8Array(0);
  return {
    littleEndian: !image.bigEndian,
    info: section('info'),
    abbrev: section('abbrev'),
    str: section('str'),
    lineStr: section('line_str'),
    addr: section('addr'),
    strOffsets: section('str_offsets'),
    loc: section('loc'),
    loclists: section('loclists'),
  };
}
