/**
 * Dictionaries of generic code: one body serves all instances of a shape, and what it needs to know of the instance it reads from a dictionary in the
 * executable, whose address its closures capture. Its symbol has the arguments in its name (`main..dict.NewCached[string]`); without symbols, the
 * type descriptors that its words lead to tell.
 */
import type { GoType } from '../types/go-type';
import type { TypeSpace } from '../types/type-space';
import type { MatchedProgram } from './program-match';

/** Words of a dictionary that are looked at. */
const MOST_WORDS = 256;

export class Dictionaries {
  private bySymbol: Map<number, string> | null = null;

  constructor(
    private readonly executable: MatchedProgram | null,
    private readonly types: TypeSpace,
  ) {}

  /** The arguments of the dictionary at an address of the dump, `string, *main.Trade`; null where no symbol says so. */
  argumentsAt(address: number): string | null {
    if (!this.executable) return null;
    const name = this.symbols(this.executable).get(address - this.executable.slide);
    return name === undefined ? null : argumentsIn(name);
  }

  /** Types that the words of the dictionary at an address lead to, and what those that are pointers or slices are made of. */
  typesAt(address: number, words: number): ReadonlySet<GoType> {
    const found = new Set<GoType>();
    if (!this.executable) return found;
    const { program, slide } = this.executable;
    const P = program.image.pointerBytes;
    for (let i = 0; i < Math.min(words, MOST_WORDS); i++) {
      const at = address - slide + i * P;
      if (!program.image.has(at, P)) break;
      let type = this.types.at(program.image.word(at) + slide);
      for (let depth = 0; type && depth < 4; depth++) {
        found.add(type);
        type = type.element;
      }
    }
    return found;
  }

  private symbols({ program }: MatchedProgram): Map<number, string> {
    if (this.bySymbol) return this.bySymbol;
    const found = new Map<number, string>();
    for (const { name, address } of program.image.symbols) if (name.includes('..dict.')) found.set(address, name);
    return (this.bySymbol = found);
  }
}

/** What stands between the first bracket of a name and the one that closes it: `go.shape.string` of `main.(*Cached[go.shape.string]).reset-fm`. */
export function argumentsIn(name: string): string | null {
  const open = name.indexOf('[');
  let depth = 0;
  for (let at = open; at >= 0 && at < name.length; at++) {
    if (name[at] === '[') depth++;
    else if (name[at] === ']' && --depth === 0) return name.slice(open + 1, at);
  }
  return null;
}

/** Arguments apart: commas inside brackets, braces and parentheses belong to one. */
export function splitArguments(text: string): string[] {
  const all: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if ('[{('.includes(text[at])) depth++;
    else if (']})'.includes(text[at])) depth--;
    else if (text[at] === ',' && depth === 0) {
      all.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  return [...all, text.slice(from).trim()];
}
