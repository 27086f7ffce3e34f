/** Names of what roots lie in: package variables by DWARF or symbols, variables of frames by DWARF, with the path of the field inside. */
import { ROOT, type HeapGraph } from '../../graph/heap-graph';
import type { Dwarf } from '../../program/dwarf/dwarf';
import { locate } from '../../program/dwarf/locations';
import type { MatchedProgram } from '../executable/program-match';
import { fieldPath } from '../types/field-path';
import type { GoType } from '../types/go-type';
import type { KnownTypes } from '../types/known-types';
import type { TypeSpace } from '../types/type-space';

/** A package variable at an address of the dump. */
export interface GlobalVariable {
  name: string;
  address: number;
  size: number;
  /** Null where only the symbol table knows it. */
  type: GoType | null;
}

export class RootNames {
  /** By address, without overlaps. */
  readonly globals: readonly GlobalVariable[];

  constructor(
    private readonly graph: HeapGraph,
    private readonly executable: MatchedProgram | null,
    private readonly dwarf: Dwarf | null,
    private readonly types: TypeSpace,
    private readonly known: KnownTypes,
  ) {
    this.globals = collectGlobals(executable, dwarf, types);
  }

  /** See Naming.rootName. */
  name(root: number): string | null {
    const { records, roots } = this.graph;
    const offset = roots.offset[root];
    switch (roots.kind[root]) {
      case ROOT.data:
        return records.data && this.globalAt(records.data.address + offset, `data+0x${offset.toString(16)}`);
      case ROOT.bss:
        return records.bss && this.globalAt(records.bss.address + offset, `bss+0x${offset.toString(16)}`);
      case ROOT.stack:
        return this.frameVariable(roots.owner[root], offset);
      default:
        return null;
    }
  }

  /** The variable that contains an address, with the path inside it; `otherwise` where none does. */
  globalAt(address: number, otherwise: string): string {
    const global = this.variableAt(address);
    if (!global) return otherwise;
    const inside = address - global.address;
    const path = global.type && fieldPath(global.type, 1, inside, this.known);
    return global.name + (path ?? (inside === 0 ? '' : `+0x${inside.toString(16)}`));
  }

  /** The package variable that contains an address, or null. */
  variableAt(address: number): GlobalVariable | null {
    const { globals } = this;
    let low = 0;
    let high = globals.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (globals[middle].address <= address) low = middle;
      else high = middle - 1;
    }
    const found = globals.at(low);
    return found && address >= found.address && address < found.address + Math.max(found.size, 1) ? found : null;
  }

  private frameVariable(frameIndex: number, offset: number): string | null {
    const frame = this.graph.records.frames[frameIndex];
    const { dwarf, executable } = this;
    const unnamed = `${frame.function} +0x${offset.toString(16)}`;
    if (!dwarf || !executable) return unnamed;
    const found = dwarf.functionAt(frame.entryPc - executable.slide);
    if (!found) return unnamed;
    const pc = frame.pc - executable.slide - (frame.pc === frame.entryPc ? 0 : 1);
    for (const at of found.variables) {
      const variable = dwarf.variable(at);
      const type = variable && this.types.entry(variable.type);
      if (!type) continue;
      for (const piece of locate(dwarf.sections, found.unit, variable, pc)) {
        const inside = offset - (frame.bytes + piece.at);
        if (piece.kind !== 'frame' || inside < 0 || inside >= (piece.bytes ?? type.size)) continue;
        return `${frame.function}: ${variable.name}${fieldPath(type, 1, piece.from + inside, this.known) ?? ''}`;
      }
    }
    return unnamed;
  }
}

function collectGlobals(executable: MatchedProgram | null, dwarf: Dwarf | null, types: TypeSpace): GlobalVariable[] {
  if (!executable || executable.dataSlide === null) return [];
  const { program, dataSlide } = executable;
  const all: GlobalVariable[] = [];
  if (dwarf) {
    for (const { name, address, type } of dwarf.globals) {
      const known = types.entry(type);
      if (known) all.push({ name, address: address + dataSlide, size: known.size, type: known });
    }
  } else if (program.module) {
    const { data, ebss } = program.module;
    for (const { name, address, size } of program.image.symbols) {
      if (address >= data && address < ebss && size > 0)
        all.push({ name, address: address + dataSlide, size, type: null });
    }
  }
  return all.sort((a, b) => a.address - b.address);
}
