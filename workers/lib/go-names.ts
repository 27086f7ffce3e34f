/**
 * Names of Go as people read them, the same in window, pictures and terminals: each import path inside a name loses its directories, which say least
 * and take most of the room. Linear in the name, whoever wrote it.
 */

/** What ends a path inside a type or a function: brackets, pointers, separators of lists, quotes of tags. */
const BETWEEN_PATHS = /[\s[\]{}()*,;:"'`<>&|]+/;
/** The last element of a module's path from its second version on: the package is called after the element before. */
const VERSION = /^v\d+(?=\.|$)/;

/**
 * `github.com/acme/gw/session.(*Server).handle.func1` → `session.(*Server).handle.func1`, `map[*acme.org/a.Key]*acme.org/b.Value` →
 * `map[*a.Key]*b.Value`, `github.com/caddyserver/caddy/v2.Config` → `caddy.Config`. `mark` stands for what went.
 */
export function shortGoName(name: string, mark = ''): string {
  if (!name.includes('/')) return name;
  return name
    .split(new RegExp(`(${BETWEEN_PATHS.source})`))
    .map((part) => (part.includes('/') ? withoutDirectories(part, mark) : part))
    .join('');
}

function withoutDirectories(path: string, mark: string): string {
  const last = path.lastIndexOf('/');
  if (last === path.length - 1) return path;
  const name = path.slice(last + 1);
  const before = path.slice(path.lastIndexOf('/', last - 1) + 1, last);
  return mark + (VERSION.test(name) && before !== '' ? before + name.replace(VERSION, '') : name);
}

/** Letters of a name's tail that are kept where the name is cut. */
const TAIL = 22;

/** A short name in two parts, of which only the first may be cut: what comes last in a Go name tells functions apart. */
export function splitGoName(name: string): [head: string, tail: string] {
  if (name.length <= TAIL) return [name, ''];
  const dot = name.indexOf('.', name.length - TAIL);
  const at = dot >= 0 && dot < name.length - 1 ? dot : name.length - TAIL / 2;
  return [name.slice(0, at), name.slice(at)];
}
