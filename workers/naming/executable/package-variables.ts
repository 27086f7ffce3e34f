/** Package variables by debug information or symbols, and the values in data and bss that have a name only through them. By address. */
import { KIND } from '../../go/type-kinds';
import type { Dwarf } from '../../program/dwarf/dwarf';
import { fieldPath, typeAt } from '../types/field-path';
import type { GoType } from '../types/go-type';
import type { KnownTypes } from '../types/known-types';
import type { TypeSpace } from '../types/type-space';
import type { MatchedProgram } from './program-match';

/** A package variable at an address of the dump, or what one points at. */
export interface GlobalVariable {
  name: string;
  address: number;
  size: number;
  /** Of one value; null where only the symbol table knows the variable. */
  type: GoType | null;
  /** Values side by side, at least 1. */
  count: number;
  /** `variable` has the name; a `pointee` is what that points at, the `elements` those of the slice there. */
  role: 'variable' | 'pointee' | 'elements';
}

/** The last variable that begins at or before an address; by address, without overlaps. Null where it ends before. */
export function variableAt(variables: readonly GlobalVariable[], address: number): GlobalVariable | null {
  let low = 0;
  let high = variables.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (variables[middle].address <= address) low = middle;
    else high = middle - 1;
  }
  const found = variables.at(low);
  return found && address >= found.address && address < found.address + Math.max(found.size, 1) ? found : null;
}

/** `main.cache.items`, `main.cache+0x18`; behind a pointer `main.literal.items` as Go writes it, or `*main.count`. */
export function nameInVariable(variable: GlobalVariable, address: number, known: KnownTypes): string {
  const { name, type, count, role } = variable;
  const inside = address - variable.address;
  const unknown = inside === 0 ? '' : `+0x${inside.toString(16)}`;
  const path = type && elementPath(type, count, inside, role === 'elements', known);
  if (role === 'variable') return name + (path ?? unknown);
  return path === null || path === '' ? `*${name}${path ?? unknown}` : name + path;
}

/** The whole of it: `main.cache`, or `*main.cache` of what that points at. */
export function nameOfVariable({ name, role }: GlobalVariable): string {
  return role === 'variable' ? name : `*${name}`;
}

/** The type of the word at an address of a variable; null where nothing tells it. */
export function typeInVariable({ address, type, size }: GlobalVariable, at: number): GoType | null {
  return type && size > 0 ? typeAt(type, (at - address) % Math.max(type.size, 1)) : null;
}

/** A slice has an index also where it has one element. */
function elementPath(type: GoType, count: number, inside: number, indexed: boolean, known: KnownTypes): string | null {
  if (!indexed || count > 1) return fieldPath(type, count, inside, known);
  const path = fieldPath(type, 1, inside, known);
  return path === null ? null : `[0]${path}`;
}

/** By address. */
export function packageVariables(
  executable: MatchedProgram | null,
  dwarf: Dwarf | null,
  types: TypeSpace,
): GlobalVariable[] {
  if (!executable || executable.dataSlide === null) return [];
  const { program, dataSlide } = executable;
  const all: GlobalVariable[] = [];
  const add = (name: string, address: number, size: number, type: GoType | null): void =>
    void all.push({ name, address: address + dataSlide, size, type, count: 1, role: 'variable' });
  if (dwarf) {
    for (const { name, address, type } of dwarf.globals) {
      const known = types.entry(type);
      if (known) add(name, address, known.size, known);
    }
  } else if (program.module) {
    const { data, ebss } = program.module;
    for (const { name, address, size } of program.image.symbols)
      if (address >= data && address < ebss && size > 0) add(name, address, size, null);
  }
  return all.sort((a, b) => a.address - b.address);
}

/** Does a value refer to others by an index? */
export function isSlice(type: GoType | null): boolean {
  return type?.kind === KIND.slice;
}
