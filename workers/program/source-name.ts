/**
 * What the source calls a closure. The compiler names one after the function that it was compiled for, and counts it there: where `pages` was inlined
 * into `first`, which has a closure before it, the one that `pages` returns is `main.first.pages.func2`; of which package `pages` is the name does not
 * tell. The inlined calls of `main.first` do, and where the closures of `pages` begin in the file tells that this is its func1.
 */
import type { FunctionTable } from './function-table';

/** What follows the name of a function in that of a closure in it: `func1`, `gowrap2`, `func1-range2`, and in a closure `1`. */
const OF_CLOSURE = /^(func|gowrap|deferwrap|)(\d+)((?:-range\d+)*)$/;
const IN_BRACKETS = /\[.*\]$/;

/** `main.first.pages.func2` → `main.pages.func1`; the name itself for all others, and where the file is broken. */
export function sourceName(functions: FunctionTable, name: string): string {
  try {
    return resolved(functions, name);
  } catch (error) {
    if (error instanceof RangeError) return name;
    throw error;
  }
}

function resolved(functions: FunctionTable, name: string): string {
  const parts = partsOf(name);
  for (let split = parts.length - 1; split > 1; split--) {
    const outer = parts.slice(0, split).join('.');
    const index = functions.ofName(outer).at(0);
    if (index === undefined) continue;
    const rest = parts.slice(split);
    const closure = rest.findIndex((part) => OF_CLOSURE.test(part));
    if (closure === 0) return [resolved(functions, outer), ...rest].join('.');
    const inlined = closure < 0 ? null : calledIn(functions.inlinedInto(index), rest.slice(0, closure));
    if (inlined === null) return name;
    const before = parts.slice(0, split + closure).join('.');
    return [inlined, sourcePart(functions, before, rest[closure], inlined), ...rest.slice(closure + 1)].join('.');
  }
  return name;
}

/** Of inlined functions the one that these parts of a name end with: all of them name calls, the last one made the closure. */
function calledIn(inlined: ReadonlySet<string>, parts: readonly string[]): string | null {
  for (let from = 0; from < parts.length; from++) {
    const called = parts.slice(from);
    const same = [...inlined].filter((name) => withoutBrackets(partsOf(name).slice(1)) === withoutBrackets(called));
    if (same.length > 0) return same.find((name) => partsOf(name).slice(1).join('.') === called.join('.')) ?? same[0];
  }
  return null;
}

/**
 * `func2` as the function itself would have it: the number of its own closure that begins on the same line, where it is in the program for itself too;
 * else how many of its closures that were inlined here begin elsewhere, up to this one.
 */
function sourcePart(functions: FunctionTable, before: string, part: string, inlined: string): string {
  const [, word = '', digits = '0', ranges = ''] = OF_CLOSURE.exec(part) ?? [];
  const index = functions.ofName(`${before}.${part}`).at(0);
  const line = index === undefined ? '' : functions.startOf(index);
  const own = word || 'func';
  const starts = new Set<string>();
  for (let number = 1; number <= Number(digits); number++) {
    const itself = functions.ofName(`${inlined}.${own}${number}${ranges}`).at(0);
    if (itself !== undefined && functions.startOf(itself) === line) return `${own}${number}${ranges}`;
    const copy = functions.ofName(`${before}.${word}${number}${ranges}`).at(0);
    if (copy !== undefined) starts.add(functions.startOf(copy));
  }
  return `${own}${[...starts].indexOf(line) + 1}${ranges}`;
}

function withoutBrackets(parts: readonly string[]): string {
  return parts.map((part) => part.replace(IN_BRACKETS, '')).join('.');
}

/** The package with its path, then what dots part outside of brackets. */
function partsOf(name: string): string[] {
  const parts: string[] = [];
  const bracket = name.indexOf('[');
  const slash = name.lastIndexOf('/', bracket < 0 ? name.length : bracket);
  let depth = 0;
  let start = 0;
  for (let at = slash + 1; at < name.length; at++) {
    if (name[at] === '[') depth++;
    else if (name[at] === ']') depth--;
    else if (name[at] === '.' && depth === 0) {
      parts.push(name.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, name.slice(start)];
}
