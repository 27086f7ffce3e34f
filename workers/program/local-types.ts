/**
 * Types that functions declare. The runtime prints `main.item` of each, as of one that the package declares; where several read the same, the
 * function that declares it tells them apart. No table says which that is, but no other code speaks of such a type: one that several functions
 * load is the package's.
 */
import { groupBy } from '../lib/group-by';
import type { Work } from '../lib/work';
import type { FunctionTable } from './function-table';
import type { RuntimeType, RuntimeTypes } from './runtime-types';
import { fullName } from './type-names';

/** Descriptors that are read between two yields: each is some ten microseconds. */
const TYPES_BETWEEN = 1 << 10;

type Lines = Pick<FunctionTable, 'lines'>;

/** What the compiler appends to a function for the functions inside it. */
const INNER_FUNCTION = /(\.func\d+|\.gowrap\d+|\.deferwrap\d+|-range\d+|-fm|\.\d+)+$/;

/**
 * Names for the types that share theirs: `main.f.item`, with a number behind where that does not do.
 * @param loadedAt address of a type → pcs of code that loads it
 * @returns address of a type → its name; nothing of types whose name is theirs alone
 */
export function* localTypeNames(
  types: Pick<RuntimeTypes, 'scan' | 'at'>,
  functions: Lines,
  loadedAt: ReadonlyMap<number, readonly number[]>,
): Work<Map<number, string>> {
  const named: RuntimeType[] = [];
  let read = 0;
  for (const type of types.scan()) {
    if (type.named && type.packagePath !== null) named.push(type);
    if (++read % TYPES_BETWEEN === 0) yield read;
  }
  const names = new Map<number, string>();
  for (const [name, alike] of groupBy(named, (type) => fullName(types, type))) {
    // A descriptor may stand twice; its hash is that of the type.
    if (new Set(alike.map(({ hash }) => hash)).size < 2) continue;
    for (const [own, rest] of groupBy(alike, (type) => ownName(name, type, functions, loadedAt)))
      for (const [i, { address }] of rest.entries()) names.set(address, rest.length === 1 ? own : `${own}·${i + 1}`);
  }
  return names;
}

/** `main.f.item` of `main.item`; the name as it is where several functions use the type, or none is seen to. */
function ownName(
  name: string,
  { address, text }: RuntimeType,
  functions: Lines,
  loadedAt: ReadonlyMap<number, readonly number[]>,
): string {
  const pcs = loadedAt.get(address) ?? [];
  const users = new Set(pcs.map((pc) => functions.lines(pc).at(0)?.function.replace(INNER_FUNCTION, '') ?? ''));
  const [user] = users;
  return users.size === 1 && user !== '' ? `${user}${text.slice(text.indexOf('.'))}` : name;
}
