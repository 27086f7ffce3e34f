/** Names of types for people: the runtime prints `*http.conn`, which several packages may have; here every package has its full path. */
import type { RuntimeType, RuntimeTypes } from './runtime-types';
import { KIND } from './type-kinds';

/** How deep unnamed types nest at most in a name; deeper ones are printed as the runtime does. */
const DEEPEST = 8;

/** `*net/http.conn`, `map[string][]main.Session`; falls back on the runtime's own text for struct and interface literals. */
export function fullName(types: RuntimeTypes, type: RuntimeType, depth = 0): string {
  // Shape types carry a literal as their name: `go.shape.struct { isEntry bool }`.
  if (type.named && type.packagePath !== null) return type.packagePath === 'go.shape' ? type.text : qualified(type);
  if (depth > DEEPEST) return type.text;
  const of = (address: number): string => {
    const found = types.at(address);
    return found ? fullName(types, found, depth + 1) : '?';
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
    default:
      return type.text;
  }
}

/** As the runtime prints a type, but with full paths of what pointers, slices and arrays are made of. */
export function printedName(types: RuntimeTypes, type: RuntimeType): string {
  if (type.named) return fullName(types, type);
  const element = types.at(type.element);
  if (!element) return type.text;
  if (type.kind === KIND.pointer) return `*${printedName(types, element)}`;
  if (type.kind === KIND.slice) return `[]${printedName(types, element)}`;
  return type.kind === KIND.array && element.named ? `[${type.length}]${printedName(types, element)}` : type.text;
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
