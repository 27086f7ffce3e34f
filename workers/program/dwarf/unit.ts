/** A compile unit and its abbreviations, as read (units.ts). */

/** One abbreviation: the attributes of an entry, as parallel lists. */
export interface Abbreviation {
  tag: number;
  hasChildren: boolean;
  attributes: number[];
  forms: number[];
  /** Values of implicit_const attributes, by position. */
  implicit: number[];
}

export interface Unit {
  /** Offset of the unit's header in .debug_info. */
  start: number;
  /** Offset of its first entry. */
  entries: number;
  end: number;
  version: number;
  addressBytes: number;
  /** 4 or 8: width of offsets between sections. */
  offsetBytes: number;
  abbreviations: Abbreviation[];
  isGo: boolean;
  /** Start of its code: base of DWARF 4 location lists. */
  lowPc: number;
  addrBase: number;
  strOffsetsBase: number;
  loclistsBase: number;
}
