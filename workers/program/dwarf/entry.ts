/**
 * One entry (DIE) of .debug_info at a time: `read` positions, the getters decode single attributes. The same object is used for all entries
 * of a walk: a program has hundreds of thousands.
 */
import { FORM } from './constants';
import { Cursor } from './cursor';
import type { DwarfSections } from './sections';
import type { Abbreviation, Unit } from './unit';

/** Where a variable lives: an expression, or an offset of a location list. */
export type LocationAttribute = { expression: Uint8Array } | { list: number };

export class Entry {
  /** 0 for the null entry that ends a list of children. */
  tag = 0;
  hasChildren = false;
  /** Offset of this entry and of the one that follows it. */
  offset = 0;
  next = 0;
  private unit!: Unit;
  private abbreviation!: Abbreviation;
  /** attribute position → offset of its value in .debug_info */
  private readonly valueAt: number[] = [];
  private readonly cursor: Cursor;

  constructor(private readonly sections: DwarfSections) {
    this.cursor = new Cursor(sections.info, sections.littleEndian);
  }

  read(unit: Unit, offset: number): void {
    const { cursor } = this;
    this.unit = unit;
    this.offset = offset;
    cursor.at = offset;
    const code = cursor.uleb();
    this.tag = 0;
    this.hasChildren = false;
    this.next = cursor.at;
    if (code === 0) return;
    const abbreviation = unit.abbreviations[code] as Abbreviation | undefined;
    if (!abbreviation) throw new RangeError(`no abbreviation ${code} at .debug_info+0x${offset.toString(16)}`);
    this.abbreviation = abbreviation;
    this.tag = abbreviation.tag;
    this.hasChildren = abbreviation.hasChildren;
    const { forms } = abbreviation;
    for (let i = 0; i < forms.length; i++) {
      this.valueAt[i] = cursor.at;
      skip(cursor, forms[i], unit);
    }
    this.next = cursor.at;
  }

  has(attribute: number): boolean {
    return this.tag !== 0 && this.abbreviation.attributes.includes(attribute);
  }

  /** A constant, flag, address, reference (as an offset in .debug_info) or section offset; null where the entry has none. */
  number(attribute: number): number | null {
    const i = this.position(attribute);
    return i < 0 ? null : this.decode(this.abbreviation.forms[i], this.abbreviation.implicit[i]);
  }

  text(attribute: number): string | null {
    const i = this.position(attribute);
    if (i < 0) return null;
    const { cursor, sections, unit } = this;
    const form = this.abbreviation.forms[i];
    const at = (section: Uint8Array, offset: number): string =>
      new Cursor(section, sections.littleEndian, offset).text();
    if (form === FORM.string) return cursor.text();
    if (form === FORM.strp) return at(sections.str, cursor.unsigned(unit.offsetBytes));
    if (form === FORM.lineStrp) return at(sections.lineStr, cursor.unsigned(unit.offsetBytes));
    const index = readIndex(cursor, form, FORM.strx, FORM.strx1);
    if (index === null) return null;
    const offsets = new Cursor(
      sections.strOffsets,
      sections.littleEndian,
      unit.strOffsetsBase + index * unit.offsetBytes,
    );
    return at(sections.str, offsets.unsigned(unit.offsetBytes));
  }

  location(attribute: number): LocationAttribute | null {
    const i = this.position(attribute);
    if (i < 0) return null;
    const { cursor, sections, unit } = this;
    const form = this.abbreviation.forms[i];
    const length = blockLength(cursor, form);
    if (length !== null) return { expression: sections.info.subarray(cursor.at, cursor.at + length) };
    if (form === FORM.loclistx) {
      const table = new Cursor(
        sections.loclists,
        sections.littleEndian,
        unit.loclistsBase + cursor.uleb() * unit.offsetBytes,
      );
      return { list: unit.loclistsBase + table.unsigned(unit.offsetBytes) };
    }
    return { list: cursor.unsigned(form === FORM.data8 ? 8 : unit.offsetBytes) };
  }

  /** The form of an attribute: `high_pc` is an address in one and a length in another. */
  isAddress(attribute: number): boolean {
    const form = this.abbreviation.forms[this.abbreviation.attributes.indexOf(attribute)];
    return form === FORM.addr || form === FORM.addrx || (form >= FORM.addrx1 && form <= FORM.addrx4);
  }

  private position(attribute: number): number {
    if (this.tag === 0) return -1;
    const i = this.abbreviation.attributes.indexOf(attribute);
    if (i >= 0) this.cursor.at = this.valueAt[i];
    return i;
  }

  private decode(form: number, implicit: number): number | null {
    const { cursor, unit, sections } = this;
    switch (form) {
      case FORM.addr:
        return cursor.unsigned(unit.addressBytes);
      case FORM.data1:
      case FORM.flag:
        return cursor.u8();
      case FORM.ref1:
        return unit.start + cursor.u8();
      case FORM.data2:
        return cursor.u16();
      case FORM.ref2:
        return unit.start + cursor.u16();
      case FORM.data4:
        return cursor.u32();
      case FORM.ref4:
        return unit.start + cursor.u32();
      case FORM.data8:
        return cursor.u64();
      case FORM.ref8:
        return unit.start + cursor.u64();
      case FORM.udata:
        return cursor.uleb();
      case FORM.refUdata:
        return unit.start + cursor.uleb();
      case FORM.sdata:
        return cursor.sleb();
      case FORM.flagPresent:
        return 1;
      case FORM.implicitConst:
        return implicit;
      case FORM.refAddr:
      case FORM.secOffset:
        return cursor.unsigned(unit.offsetBytes);
      default: {
        const index = readIndex(cursor, form, FORM.addrx, FORM.addrx1);
        if (index === null) return null;
        return new Cursor(sections.addr, sections.littleEndian, unit.addrBase + index * unit.addressBytes).unsigned(
          unit.addressBytes,
        );
      }
    }
  }
}

/** The index behind `strx`/`addrx` (LEB128) and their 1- to 4-byte forms; null for another form. */
function readIndex(cursor: Cursor, form: number, leb: number, first: number): number | null {
  if (form === leb) return cursor.uleb();
  if (form < first || form > first + 3) return null;
  return form === first
    ? cursor.u8()
    : form === first + 1
      ? cursor.u16()
      : form === first + 2
        ? cursor.u24()
        : cursor.u32();
}

function blockLength(cursor: Cursor, form: number): number | null {
  switch (form) {
    case FORM.exprloc:
    case FORM.block:
      return cursor.uleb();
    case FORM.block1:
      return cursor.u8();
    case FORM.block2:
      return cursor.u16();
    case FORM.block4:
      return cursor.u32();
    default:
      return null;
  }
}

/** form → bytes of its value; 0 for those whose length is decided in `skip` */
const FIXED: number[] = [];
for (const form of [FORM.data1, FORM.flag, FORM.ref1, FORM.strx1, FORM.addrx1]) FIXED[form] = 1;
for (const form of [FORM.data2, FORM.ref2, FORM.strx2, FORM.addrx2]) FIXED[form] = 2;
for (const form of [FORM.strx3, FORM.addrx3]) FIXED[form] = 3;
for (const form of [FORM.data4, FORM.ref4, FORM.strx4, FORM.addrx4]) FIXED[form] = 4;
for (const form of [FORM.data8, FORM.ref8, FORM.refSig8]) FIXED[form] = 8;
FIXED[FORM.data16] = 16;

function skip(cursor: Cursor, form: number, unit: Unit): void {
  const fixed = FIXED[form] as number | undefined;
  if (fixed !== undefined) {
    cursor.at += fixed;
    return;
  }
  switch (form) {
    case FORM.addr:
      cursor.at += unit.addressBytes;
      return;
    case FORM.strp:
    case FORM.lineStrp:
    case FORM.secOffset:
    case FORM.refAddr:
      cursor.at += unit.offsetBytes;
      return;
    case FORM.flagPresent:
    case FORM.implicitConst:
      return;
    case FORM.string:
      cursor.at = cursor.bytes.indexOf(0, cursor.at) + 1;
      return;
    case FORM.udata:
    case FORM.sdata:
    case FORM.refUdata:
    case FORM.strx:
    case FORM.addrx:
    case FORM.loclistx:
    case FORM.rnglistx:
      cursor.uleb();
      return;
    default: {
      const length = blockLength(cursor, form);
      if (length === null) throw new RangeError(`DWARF form 0x${form.toString(16)} is not known`);
      cursor.at += length;
    }
  }
}
