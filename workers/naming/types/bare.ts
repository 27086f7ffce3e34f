/** Types that say how a value lies and leave open of what it is: any that says more goes before them. */
import { SWISS_TABLE } from '../../go/maps';
import { BARE_HEADERS } from '../../go/runtime-layout';
import { KIND } from '../../go/type-kinds';
import type { GoType } from './go-type';

/** Is a type one that generic code shares between instances (`main.Cached[go.shape.string]`)? It says how a value lies, not of which instance. */
export function isShape(type: GoType): boolean {
  return type.role !== 'closure' && type.name.includes('go.shape.');
}

/** `main.Listener[…]`: a name whose arguments generic code knows by their shapes only. */
export function withoutShapes(name: string): string {
  let shown = '';
  let from = 0;
  let depth = 0;
  let open = 0;
  for (let at = 0; at < name.length; at++) {
    if (name[at] === '[' && (depth > 0 || /\w/.test(name[at - 1] ?? ''))) {
      if (depth++ === 0) open = at;
    } else if (name[at] === ']' && depth > 0 && --depth === 0) {
      if (!name.slice(open, at).includes('go.shape.')) continue;
      shown += `${name.slice(from, open)}[…]`;
      from = at + 1;
    }
  }
  return shown + name.slice(from);
}

/** Parts of maps and channels as the runtime sees them: of which keys and elements their type does not say. */
const BARE_PARTS: ReadonlySet<string> = new Set([...BARE_HEADERS, SWISS_TABLE]);

/**
 * Inside generic code a type parameter is known by its shape only, and inside the runtime a channel or map by its parts: a directory of tables that
 * is large enough for a malloc header says `*maps.table` of itself, and the map that points at it says whose.
 */
export function isBare(type: GoType): boolean {
  if (isShape(type)) return true;
  const part = type.kind === KIND.pointer ? type.element : type;
  // The parts that naming makes of a map or channel refer to it.
  return part !== null && BARE_PARTS.has(part.name) && part.element === null;
}
