/**
 * What DWARF adds to Go's own tables: package variables with types, the variables of every function with where they live, captured variables
 * of closures (Go ≥ 1.23), and types that the runtime has no descriptor for. One pass over .debug_info collects offsets; entries are decoded
 * when somebody asks.
 */
import type { Work } from '../../lib/work';
import type { ProgramImage } from '../image';
import { AT, TAG } from './constants';
import { Cursor } from './cursor';
import { Entry, type LocationAttribute } from './entry';
import { dwarfSections, type DwarfSections } from './sections';
import type { Unit } from './unit';
import { readUnits } from './units';

export interface DwarfGlobal {
  name: string;
  /** Link-time address. */
  address: number;
  /** Offset of its type. */
  type: number;
}

export interface DwarfFunction {
  lowPc: number;
  highPc: number;
  unit: Unit;
  /** Offsets of its parameters and variables, those of inlined calls too. */
  variables: number[];
}

export interface DwarfVariable {
  name: string;
  type: number;
  isParameter: boolean;
  /** Offset of the captured variable in the closure's object (Go ≥ 1.23). */
  closureOffset: number | null;
  location: LocationAttribute | null;
}

export interface DwarfMember {
  name: string;
  offset: number;
  type: number;
  embedded: boolean;
}

export interface DwarfType {
  offset: number;
  tag: number;
  name: string;
  /** Go kind, 0 where the entry does not say. */
  kind: number;
  size: number | null;
  /** Offset of the runtime's descriptor from the start of the types; 0 where there is none. */
  runtimeType: number;
  /** Type behind a typedef or pointer, element of an array, slice or chan; 0 where there is none. */
  element: number;
  key: number;
  count: number;
  members: DwarfMember[];
}

export class Dwarf {
  readonly globals: DwarfGlobal[] = [];
  private readonly functions = new Map<number, DwarfFunction>();
  private readonly types = new Map<number, DwarfType | null>();
  private readonly units: Unit[];
  private readonly entry: Entry;

  private constructor(readonly sections: DwarfSections) {
    this.units = readUnits(sections);
    this.entry = new Entry(sections);
  }

  /** Null where the executable has no DWARF. Throws RangeError where it is damaged. */
  static *read(image: ProgramImage): Work<Dwarf | null> {
    if (!image.debug.has('info')) return null;
    const dwarf = new Dwarf(dwarfSections(image));
    for (const unit of dwarf.units) {
      if (unit.isGo) dwarf.collect(unit);
      yield unit.end;
    }
    return dwarf;
  }

  /** The function that begins at a link-time pc. */
  functionAt(entryPc: number): DwarfFunction | null {
    return this.functions.get(entryPc) ?? null;
  }

  /** A variable or parameter by its offset; null where the entry says too little or is damaged. */
  variable(at: number): DwarfVariable | null {
    return orNull(() => this.readVariable(at));
  }

  private readVariable(at: number): DwarfVariable | null {
    const entry = this.at(at);
    if (!entry) return null;
    const location = entry.location(AT.location);
    const closureOffset = entry.number(AT.goClosureOffset);
    const isParameter = entry.tag === TAG.formalParameter;
    // A copy in a concrete or inlined function leaves name and type with the abstract one.
    const origin = entry.number(AT.abstractOrigin);
    if (origin !== null && !this.at(origin)) return null;
    const name = entry.text(AT.name);
    const type = entry.number(AT.type);
    return name === null || type === null ? null : { name, type, isParameter, closureOffset, location };
  }

  /** A type by its offset; null where there is none or it is damaged. */
  type(at: number): DwarfType | null {
    const known = this.types.get(at);
    if (known !== undefined) return known;
    const type = orNull(() => this.readType(at));
    this.types.set(at, type);
    return type;
  }

  unitOf(offset: number): Unit | null {
    let low = 0;
    let high = this.units.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.units[middle].start <= offset) low = middle;
      else high = middle - 1;
    }
    const unit = this.units[low] as Unit | undefined;
    return unit && offset >= unit.entries && offset < unit.end ? unit : null;
  }

  /** Positions the shared entry. */
  private at(offset: number): Entry | null {
    const unit = this.unitOf(offset);
    if (!unit) return null;
    this.entry.read(unit, offset);
    return this.entry;
  }

  /** The one pass: globals, functions and the variables below each, by depth of nesting. */
  private collect(unit: Unit): void {
    const { entry } = this;
    let current: DwarfFunction | null = null;
    let functionDepth = -1;
    let depth = 0;
    for (let at = unit.entries; at < unit.end; at = entry.next) {
      entry.read(unit, at);
      if (entry.tag === 0) {
        depth--;
        if (depth <= functionDepth) [current, functionDepth] = [null, -1];
        continue;
      }
      if (entry.tag === TAG.subprogram && !current) {
        current = this.collectFunction(unit);
        if (entry.hasChildren) functionDepth = depth;
        else current = null;
      } else if (entry.tag === TAG.variable || entry.tag === TAG.formalParameter) {
        if (current) current.variables.push(at);
        else if (functionDepth < 0) this.collectGlobal();
      }
      if (entry.hasChildren) depth++;
    }
  }

  private collectFunction(unit: Unit): DwarfFunction | null {
    const { entry } = this;
    const lowPc = entry.number(AT.lowPc);
    const high = entry.number(AT.highPc);
    if (lowPc === null || high === null) return null;
    const found = { lowPc, highPc: entry.isAddress(AT.highPc) ? high : lowPc + high, unit, variables: [] };
    this.functions.set(lowPc, found);
    return found;
  }

  /** Package variables have a location of just DW_OP_addr. */
  private collectGlobal(): void {
    const { entry, sections } = this;
    const location = entry.location(AT.location);
    if (!location || !('expression' in location) || location.expression[0] !== 3) return;
    const type = entry.number(AT.type);
    const name = entry.text(AT.name);
    if (type === null || name === null) return;
    const cursor = new Cursor(location.expression, sections.littleEndian, 1);
    this.globals.push({ name, address: cursor.unsigned(location.expression.length - 1), type });
  }

  private readType(at: number): DwarfType | null {
    const entry = this.at(at);
    if (!entry || entry.tag === 0) return null;
    const type: DwarfType = {
      offset: at,
      tag: entry.tag,
      name: entry.text(AT.name) ?? '',
      kind: entry.number(AT.goKind) ?? 0,
      size: entry.number(AT.byteSize),
      runtimeType: entry.number(AT.goRuntimeType) ?? 0,
      element: entry.number(AT.goElement) ?? entry.number(AT.type) ?? 0,
      key: entry.number(AT.goKey) ?? 0,
      count: 0,
      members: [],
    };
    if (entry.hasChildren) this.readChildren(type, entry);
    return type;
  }

  private readChildren(type: DwarfType, entry: Entry): void {
    const unit = this.unitOf(type.offset);
    if (!unit) return;
    for (let at = entry.next; at < unit.end; at = entry.next) {
      entry.read(unit, at);
      if (entry.tag === 0) return;
      if (entry.tag === TAG.subrangeType) type.count = entry.number(AT.count) ?? 0;
      if (entry.tag === TAG.member) {
        type.members.push({
          name: entry.text(AT.name) ?? '',
          offset: entry.number(AT.dataMemberLocation) ?? 0,
          type: entry.number(AT.type) ?? 0,
          embedded: entry.number(AT.goEmbedded) === 1,
        });
      }
    }
  }
}

/** Reads behind the end of a damaged section are no answer. */
function orNull<T>(read: () => T | null): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
