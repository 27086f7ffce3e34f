/** Names of types for people: the runtime prints `*http.conn`, which several packages may have; here every package has its full path. */
import type { RuntimeType, RuntimeTypes } from './runtime-types';
import { KIND } from '../go/type-kinds';

/** How deep unnamed types nest at most in a name; deeper ones are printed as the runtime does. */
const DEEPEST = 8;

type Types = Pick<RuntimeTypes, 'at'>;

/** address of a type → its name, where the runtime's does not tell it from others; see local-types.ts */
export type OwnNames = ReadonlyMap<number, string>;

const NONE_OWN: OwnNames = new Map();

/** What begins the names of the structs that hold a map's entries. */
const MAP_PART = /^(noalg\.)?map\.(group|bucket)(?=\[)/;

/** `*net/http.conn`, `map[string][]main.Session`; falls back on the runtime's own text for struct and interface literals. */
export function fullName(types: Types, type: RuntimeType, own = NONE_OWN, depth = 0): string {
  const name = own.get(type.address);
  if (name !== undefined) return name;
  // Shape types carry a literal as their name: `go.shape.struct { isEntry bool }`.
  if (type.named && type.packagePath !== null) return type.packagePath === 'go.shape' ? type.text : qualified(type);
  if (depth > DEEPEST) return type.text;
  const of = (address: number): string => {
    const found = types.at(address);
    return found ? fullName(types, found, own, depth + 1) : '?';
  };
  switch (type.kind) {
    case KIND.pointer:
      return `*${of(type.element)}`;
    case KIND.slice:
      return `[]${of(type.element)}`;
    case KIND.array:
      return `[${type.length}]${of(type.element)}`;
    case KIND.chan:
      return (
        type.text.slice(0, type.text.indexOf('chan') + 4) +
        (type.text.startsWith('chan<-') ? '<- ' : ' ') +
        of(type.element)
      );
    case KIND.map:
      return `map[${of(type.key)}]${of(type.element)}`;
    case KIND.func:
      return functionName(type, of);
    case KIND.struct:
      return mapPartName(types, type, of) ?? type.text;
    default:
      return type.text;
  }
}

/** Groups and buckets are called after key and element: `map.group[string]main.Session`. Null for other structs, and where those lie elsewhere. */
function mapPartName(types: Types, type: RuntimeType, of: (address: number) => string): string | null {
  const part = MAP_PART.exec(type.text)?.[0];
  if (part === undefined) return null;
  const field = (struct: RuntimeType | null, name: string): RuntimeType | null =>
    types.at(struct?.fields.find((one) => one.name === name)?.type ?? 0);
  const inner = (list: string): RuntimeType | null => types.at(field(type, list)?.element ?? 0);
  const slot = inner('slots');
  const key = slot ? field(slot, 'key') : inner('keys');
  const element = slot ? field(slot, 'elem') : inner('elems');
  if (!key || !element || type.text !== `${part}[${key.text}]${element.text}`) return null;
  return `${part}[${of(key.address)}]${of(element.address)}`;
}

/** As the runtime prints a type, but with full paths of what pointers, slices and arrays are made of. */
export function printedName(types: Types, type: RuntimeType, own = NONE_OWN): string {
  if (type.named) return fullName(types, type, own);
  const element = types.at(type.element);
  if (!element) return type.text;
  const printed = (): string => printedName(types, element, own);
  if (type.kind === KIND.pointer) return `*${printed()}`;
  if (type.kind === KIND.slice) return `[]${printed()}`;
  return type.kind === KIND.array && element.named ? `[${type.length}]${printed()}` : type.text;
}

function functionName(type: RuntimeType, of: (address: number) => string): string {
  const parameters = type.parameters.map((parameter, i) => {
    const name = of(parameter);
    return type.variadic && i === type.parameters.length - 1 ? `...${name.slice(2)}` : name;
  });
  const results = type.results.map(of);
  const tail = results.length === 0 ? '' : results.length === 1 ? ` ${results[0]}` : ` (${results.join(', ')})`;
  return `func(${parameters.join(', ')})${tail}`;
}

/** The part of the name after its last dot outside brackets, behind the whole import path. */
function qualified(type: RuntimeType): string {
  let depth = 0;
  for (let i = type.text.length - 1; i >= 0; i--) {
    const c = type.text[i];
    if (c === ']') depth++;
    else if (c === '[') depth--;
    else if (c === '.' && depth === 0) return `${type.packagePath ?? ''}${type.text.slice(i)}`;
  }
  return type.text;
}
