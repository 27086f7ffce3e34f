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

/** What stands before a type's name and says how it is had; of a map only that it is one, where its key has more than this many letters. */
const BEFORE_TYPE = /^(?:\*|\[\d*\]|<-chan |chan<- |chan |map\[(?:[^[\]]{0,16}\])?)*/;
/** Types that are written out have no name to keep. */
const WRITTEN_OUT = /^(?:func\(|struct \{|interface \{)/;

/**
 * A short name in two parts, for where it must be cut: of the first the end goes, and only when the other is gone; of the other the beginning,
 * where packages stand. What is left of `server.(*client).readLoop` is `…(*client).readLoop`, of `[]*server.subscription` `[]*…scription`.
 */
export function splitGoName(name: string): [before: string, name: string] {
  const before = BEFORE_TYPE.exec(name)?.[0] ?? '';
  const rest = name.slice(before.length);
  return WRITTEN_OUT.test(rest) ? [name, ''] : [before, rest];
}
