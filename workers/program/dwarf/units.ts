/** Compile units and their abbreviations: how the entries of .debug_info are to be read. */
import { AT, FORM, LANGUAGE_GO } from './constants';
import { Cursor } from './cursor';
import { Entry } from './entry';
import type { DwarfSections } from './sections';
import type { Abbreviation, Unit } from './unit';

/** All units in order. Units that cannot be read end the list: the lengths behind them cannot be trusted. */
export function readUnits(sections: DwarfSections): Unit[] {
  const units: Unit[] = [];
  const known = new Map<number, Abbreviation[]>();
  const cursor = new Cursor(sections.info, sections.littleEndian);
  while (cursor.at + 11 < sections.info.length) {
    const unit = readUnit(sections, cursor, known);
    if (!unit) break;
    units.push(unit);
    cursor.at = unit.end;
  }
  return units;
}

function readUnit(sections: DwarfSections, cursor: Cursor, known: Map<number, Abbreviation[]>): Unit | null {
  const start = cursor.at;
  let length = cursor.u32();
  const wide = length === 0xffffffff;
  if (wide) length = cursor.u64();
  const end = cursor.at + length;
  const version = cursor.u16();
  if (version < 2 || version > 5 || end > sections.info.length) return null;
  const offsetBytes = wide ? 8 : 4;
  let addressBytes = 0;
  if (version === 5) {
    cursor.at += 1; // unit type: Go writes compile units only
    addressBytes = cursor.u8();
  }
  const abbrevAt = cursor.unsigned(offsetBytes);
  if (version < 5) addressBytes = cursor.u8();
  let abbreviations = known.get(abbrevAt);
  if (!abbreviations) {
    abbreviations = readAbbreviations(new Cursor(sections.abbrev, sections.littleEndian, abbrevAt));
    known.set(abbrevAt, abbreviations);
  }
  const bases = { lowPc: 0, addrBase: 0, strOffsetsBase: 0, loclistsBase: 0, isGo: false };
  const unit: Unit = { start, entries: cursor.at, end, version, addressBytes, offsetBytes, abbreviations, ...bases };
  readBases(sections, unit);
  return unit;
}

/** The unit's own entry tells its language and the bases that its indices count from; the bases go first, others need them. */
function readBases(sections: DwarfSections, unit: Unit): void {
  const entry = new Entry(sections);
  entry.read(unit, unit.entries);
  unit.addrBase = entry.number(AT.addrBase) ?? 0;
  unit.strOffsetsBase = entry.number(AT.strOffsetsBase) ?? 0;
  unit.loclistsBase = entry.number(AT.loclistsBase) ?? 0;
  unit.isGo = entry.number(AT.language) === LANGUAGE_GO;
  unit.lowPc = entry.number(AT.lowPc) ?? 0;
}

function readAbbreviations(cursor: Cursor): Abbreviation[] {
  const table: Abbreviation[] = [];
  for (let code = cursor.uleb(); code !== 0; code = cursor.uleb()) {
    const abbreviation: Abbreviation = {
      tag: cursor.uleb(),
      hasChildren: cursor.u8() !== 0,
      attributes: [],
      forms: [],
      implicit: [],
    };
    for (;;) {
      const attribute = cursor.uleb();
      const form = cursor.uleb();
      const implicit = form === FORM.implicitConst ? cursor.sleb() : 0;
      if (attribute === 0 && form === 0) break;
      abbreviation.attributes.push(attribute);
      abbreviation.forms.push(form);
      abbreviation.implicit.push(implicit);
    }
    table[code] = abbreviation;
  }
  return table;
}
