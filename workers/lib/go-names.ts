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

/** A name for where it must be cut: `before` never is, of `name` the beginning goes, of `types` the end and first of all, of `after` the beginning. */
export interface GoNameParts {
  /** How a type is had: `[]*`, `map[string]*`. */
  readonly before: string;
  readonly name: string;
  /** Arguments of a generic type or function and what they lead to; a type that is written out; the place in a frame of what has no name. */
  readonly types: string;
  /** The function in a function or of a type that has arguments: `.func1`, `).push`. */
  readonly after: string;
}

/** Of a map only that it is one, where its key has more than this many letters. */
const BEFORE = /^(?:\*|\[\d*\]|<-chan |chan<- |chan |map\[(?:[^[\]]{0,16}\])?)*/;
/** A variable of a frame that nothing names: the function says more. */
const NAMELESS = / \+0x[\da-f]+$/;
/** Types that are written out have no name to keep. */
const WRITTEN_OUT = /^(?:func\(|struct \{|interface \{)/;

/**
 * Splits a short name by what tells names apart: of `server.(*client).readLoop` there may be left `…(*client).readLoop`, of
 * `[]*server.subscription` `[]*…scription`, of `sync.OnceValue[go.shape.*uint8].func1` `sync.OnceValue[….func1`.
 */
export function splitGoName(text: string): GoNameParts {
  const before = BEFORE.exec(text)?.[0] ?? '';
  const rest = text.slice(before.length);
  if (WRITTEN_OUT.test(rest)) return { before, name: '', types: rest, after: '' };
  const begin = rest.search(/[[\]]/);
  if (begin < 0) {
    const nameless = NAMELESS.exec(rest)?.[0] ?? '';
    return { before, name: rest.slice(0, rest.length - nameless.length), types: nameless, after: '' };
  }
  const end = rest.lastIndexOf(']') + 1;
  const isFunction = end > begin && (rest[end] === '.' || rest[end] === ')');
  const types = rest.slice(begin, isFunction ? end : undefined);
  return { before, name: rest.slice(0, begin), types, after: isFunction ? rest.slice(end) : '' };
}
