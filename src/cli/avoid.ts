/**
 * The language of `--avoid`: what a root path must not use. Terms are joined by commas or blanks, or by giving the option again.
 *
 *     0xc000010000              the object that this address lies in
 *     0xc000010000>0xc000020000 every reference from the first object to the second
 *     bss                       all roots of a kind: data, bss, stack, goroutine, finalizer, other
 *     root:0x57e280             the one root whose pointer lies at this address
 *     type:main.Cache           all objects of a type
 *     field:main.Node .parent   a field, in all objects that have it
 *     kind:main.serve: req      all roots of a variable
 *
 * The last three stand alone in their option, since types have blanks and commas.
 */
import type { Avoid, RootKind } from '../../workers/api';
import { UsageError } from './exit';
import { readAddress } from './options';

const ROOT_KINDS: readonly RootKind[] = ['data', 'bss', 'stack', 'goroutine', 'finalizer', 'other'];

/** What `--help` says of it. */
export const AVOID_HELP = `What --avoid understands; several terms are joined by commas, or the option is given again:
  0xc000010000                  no path through this object
  '0xc000010000>0xc000020000'   no path over a reference from the first to the second
  data, bss, stack, goroutine, finalizer, other
                                no path that begins at such a root
  root:0x57e280                 no path from the root whose pointer lies at this address
and alone in their option:
  type:main.Cache               no path through an object of this type
  'field:main.Node .parent'     no path over this field
  'kind:main.serve: req'        no path from this variable, whatever the goroutine`;

/** Reads the values of all `--avoid` options. */
export function readAvoid(queries: readonly string[]): Avoid {
  const objects: NonNullable<Avoid['objects']> = [];
  const references: NonNullable<Avoid['references']> = [];
  const roots: NonNullable<Avoid['roots']> = [];
  const [types, fields, rootKinds] = ['type:', 'field:', 'kind:'].map((prefix) =>
    queries.filter((query) => query.startsWith(prefix)).map((query) => query.slice(prefix.length).trim()),
  );
  const others = queries.filter((query) => !/^(type|field|kind):/.test(query));
  for (const term of others.flatMap((query) => query.split(/[\s,]+/)).filter((part) => part !== '')) {
    const kind = ROOT_KINDS.find((candidate) => candidate === term);
    const ends = term.split('>');
    const [from, to] = ends;
    if (kind !== undefined) roots.push(kind);
    else if (term.startsWith('root:')) roots.push(readAddress(term.slice('root:'.length)));
    else if (!term.startsWith('0x') || ends.length > 2) throw notUnderstood(term);
    else if (ends.length === 1) objects.push(readAddress(from));
    else references.push({ from: readAddress(from), to: readAddress(to) });
  }
  return { objects, references, roots, types, fields, rootKinds };
}

function notUnderstood(term: string): UsageError {
  return new UsageError(
    `--avoid: “${term}” is not understood; write an address, from>to, a root kind (${ROOT_KINDS.join(', ')}) or root:ADDRESS`,
  );
}
