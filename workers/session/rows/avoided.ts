/** What root paths must not use, by address and by kind, as what the search asks. */
import type { Avoid as AvoidIds, AvoidedFields } from '../../analysis/root-paths';
import { EngineError } from '../../api/errors';
import type { Avoid } from '../../api/session';
import { rootAddress } from '../../graph/contents/read-object';
import { ROOT_KINDS, type HeapGraph } from '../../graph/heap-graph';
import type { Kinds } from '../../kinds/kinds';
import { NONE } from '../../lib/none';
import { parseAddress } from '../dump/address';
import { fieldsNamed } from '../dump/named-fields';
import type { AnalysedDump } from '../dump/opened-dump';

/**
 * What to avoid, in ids. Addresses that are in no object, and roots at none, avoid nothing; types, fields and kinds of roots that the dump does not
 * have are told of by `NotFound`; `kinds` knows them. The object asked about may be of a type that is avoided.
 */
export function avoidIds(dump: AnalysedDump, kinds: Kinds | null, target: number, avoid: Avoid): AvoidIds {
  const { graph, reachability } = dump;
  const rootKindNames: readonly string[] = ROOT_KINDS;
  const rootNames = avoid.roots ?? [];
  const places = new Set(rootNames.filter((name) => !rootKindNames.includes(name)).map((name) => parseAddress(name)));
  const objects = new Set((avoid.objects ?? []).map((address) => graph.index.objectAt(parseAddress(address))));
  const roots = places.size === 0 ? new Set<number>() : rootsAt(graph, reachability.effectiveRoots, places);
  return {
    objects: kinds ? objectsOf(kinds, objects, target, avoid.types ?? []) : objects,
    references: new Set((avoid.references ?? []).flatMap(({ from, to }) => referencesBetween(graph, from, to))),
    rootKinds: new Set(rootNames.map((name) => rootKindNames.indexOf(name)).filter((kind) => kind >= 0)),
    roots: kinds ? rootsOf(kinds, roots, avoid.rootKinds ?? []) : roots,
    fields: kinds && (avoid.fields ?? []).length > 0 ? avoidedFields(kinds, avoid.fields ?? []) : null,
  };
}

/** Every reference from one address's object to another's, as indices of referenceTarget. */
function referencesBetween(graph: HeapGraph, from: string, to: string): number[] {
  const source = graph.index.objectAt(parseAddress(from));
  const target = graph.index.objectAt(parseAddress(to));
  if (source === NONE || target === NONE) return [];
  const found: number[] = [];
  for (let at = graph.referenceStart[source]; at < graph.referenceStart[source + 1]; at++) {
    if (graph.referenceTarget[at] === target) found.push(at);
  }
  return found;
}

/** The roots whose pointers lie at these addresses. */
function rootsAt(graph: HeapGraph, roots: Uint32Array, places: ReadonlySet<number>): Set<number> {
  const found = new Set<number>();
  for (const root of roots) {
    const address = rootAddress(graph, root);
    if (address !== null && places.has(address)) found.add(root);
  }
  return found;
}

/** Objects, and all of some types but the one that is asked about. */
function objectsOf(
  { objects }: Kinds,
  single: ReadonlySet<number>,
  target: number,
  types: readonly string[],
): Pick<ReadonlySet<number>, 'has'> {
  if (types.length === 0) return single;
  const avoided = numbersNamed('objects of a type', objects, types);
  return { has: (id) => single.has(id) || (id !== target && avoided[objects.ofObject[id]] === 1) };
}

function rootsOf(
  { roots }: Kinds,
  single: ReadonlySet<number>,
  names: readonly string[],
): Pick<ReadonlySet<number>, 'has'> {
  if (names.length === 0) return single;
  const avoided = numbersNamed('roots of a kind', roots, names);
  return { has: (root) => single.has(root) || avoided[roots.ofRoot[root]] === 1 };
}

function avoidedFields(kinds: Kinds, names: readonly string[]): AvoidedFields {
  const { objects, fields } = kinds;
  const avoided = fieldsNamed(kinds, names);
  const owners = new Uint8Array(objects.count);
  for (let field = 0; field < fields.count; field++) if (avoided[field] === 1) owners[fields.owner[field]] = 1;
  return {
    has: (reference) => avoided[fields.ofReference[reference]] === 1,
    mayBeOf: (id) => owners[objects.ofObject[id]] === 1,
  };
}

/** kind → 1 where it is called one of these. Throws `NotFound` for what nothing is called. */
function numbersNamed(
  what: string,
  { count, text }: { readonly count: number; text: (kind: number) => string },
  names: readonly string[],
): Uint8Array {
  const wanted = new Set(names);
  const found = new Set<string>();
  const numbers = Uint8Array.from({ length: count }, (_, kind) => {
    const name = text(kind);
    if (!wanted.has(name)) return 0;
    found.add(name);
    return 1;
  });
  const unknown = names.find((name) => !found.has(name));
  if (unknown === undefined) return numbers;
  throw new EngineError('NotFound', `This dump has no ${what} “${unknown}”`);
}
