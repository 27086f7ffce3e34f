/** What several places write into the query of their URL, and how it is read again: sort, filters, a type, whole numbers. All of it total. */
import { HOLDERS, RETENTION_BY } from '../../../workers/api';
import type { Address, CycleGraph, Filters, HeldObjects, RootKindKey, Sort } from '../../../workers/api';
import type { Listed, NodeKey, TypeKey } from './place';

const byRetained = { column: 'retained', descending: true } as const;

/** `sort=-size&f.size=%3E1MB`; the default order is left out. */
export function writeListed(query: URLSearchParams, listed: Listed<string>): void {
  writeSorted(query, listed, byRetained.column);
}

/** The same for a list whose default order is that of another column, largest first. */
export function writeSorted(query: URLSearchParams, { sort, filters }: Listed<string>, first: string): void {
  if (sort.column !== first || !sort.descending) {
    query.set('sort', (sort.descending ? '-' : '') + sort.column);
  }
  for (const [column, text] of Object.entries(filters)) if (text) query.set(`f.${column}`, text);
}

export function readListed<Column extends string>(
  query: URLSearchParams,
  columns: readonly (Column | 'retained')[],
): Listed<Column | 'retained'> {
  return readSorted(query, columns, byRetained.column);
}

/** The same for a list whose default order is that of another column, largest first. */
export function readSorted<Column extends string>(
  query: URLSearchParams,
  columns: readonly Column[],
  first: Column,
): Listed<Column> {
  const filters: Filters<Column> = {};
  for (const column of columns) {
    const text = query.get(`f.${column}`);
    if (text) filters[column] = text;
  }
  return { sort: readSort(query.get('sort') ?? '', columns) ?? { column: first, descending: true }, filters };
}

function readSort<Column extends string>(text: string, columns: readonly Column[]): Sort<Column> | null {
  const descending = text.startsWith('-');
  const column = columns.find((known) => known === text.slice(descending ? 1 : 0));
  return column === undefined ? null : { column, descending };
}

export function writeTypeKey(query: URLSearchParams, key: TypeKey | null): void {
  if (key === null) return;
  query.set('type', key.name);
  query.set('shape', key.shape);
}

export function readTypeKey(query: URLSearchParams): TypeKey | null {
  const name = query.get('type');
  return name === null ? null : { name, shape: query.get('shape') ?? '' };
}

export function writeRootKind(query: URLSearchParams, key: RootKindKey | null): void {
  if (key === null) return;
  query.set('root', key.name);
  query.set('holder', key.holder);
}

export function readRootKind(query: URLSearchParams): RootKindKey | null {
  const name = query.get('root');
  const holder = HOLDERS.find((known) => known === query.get('holder'));
  return name === null || holder === undefined ? null : { name, holder };
}

/** `of=cycle:3`, `of=type:main.T:shape`: the kind, then what tells it apart. */
export function writeHeldObjects(query: URLSearchParams, of: HeldObjects | null): void {
  if (of !== null) query.set('of', heldText(of));
}

function heldText(of: HeldObjects): string {
  if ('type' in of) return `type:${encodeURIComponent(of.type.name)}:${encodeURIComponent(of.type.shape)}`;
  if ('cycle' in of) return `cycle:${String(of.cycle)}`;
  if ('finding' in of) return `finding:${of.finding}`;
  if ('node' in of) return `node:${of.node}`;
  if ('addresses' in of) return `addresses:${of.addresses.join(',')}`;
  return `matching:${of.matching}`;
}

/** Null where nothing is asked about, or nothing that can be read. */
export function readHeldObjects(query: URLSearchParams): HeldObjects | null {
  const [, kind, what] = /^([a-z]+):(.+)$/su.exec(query.get('of') ?? '') ?? [];
  switch (kind) {
    case 'type': {
      const [name = '', shape = ''] = what.split(':');
      return { type: { name: decoded(name), shape: decoded(shape) } };
    }
    case 'cycle': {
      const cycle = readWhole(what);
      return cycle === null ? null : { cycle };
    }
    case 'finding':
      return { finding: what };
    case 'node':
      return { node: what };
    case 'addresses': {
      const addresses = what.split(',').filter(isAddress);
      return addresses.length === 0 ? null : { addresses };
    }
    case 'matching':
      return { matching: what };
    default:
      return null;
  }
}

export function writeNodeKey(query: URLSearchParams, node: NodeKey | null): void {
  if (node === null) return;
  query.set('node', `${node.by}:${node.id}`);
  for (const field of node.without) query.append('without', field);
}

export function readNodeKey(query: URLSearchParams): NodeKey | null {
  const [by, ...id] = (query.get('node') ?? '').split(':');
  const known = RETENTION_BY.find((choice) => choice === by);
  return known === undefined ? null : { by: known, id: id.join(':'), without: query.getAll('without') };
}

export function writeGraph(query: URLSearchParams, graph: CycleGraph): void {
  if (graph !== 'full') query.set('graph', graph);
}

export function readGraph(query: URLSearchParams): CycleGraph {
  return query.get('graph') === 'heap' ? 'heap' : 'full';
}

/** Writes a choice that is not the first of its kind. */
export function writeChoice<Choice extends string>(
  query: URLSearchParams,
  name: string,
  choices: readonly Choice[],
  choice: Choice,
): void {
  if (choice !== choices[0]) query.set(name, choice);
}

export function readChoice<Choice extends string>(
  query: URLSearchParams,
  name: string,
  choices: readonly Choice[],
): Choice {
  return choices.find((choice) => choice === query.get(name)) ?? choices[0];
}

/** What is unfolded: one parameter each. */
export function writeExpanded(query: URLSearchParams, expanded: readonly string[]): void {
  for (const id of expanded) query.append('open', id);
}

export function readExpanded(query: URLSearchParams): string[] {
  return query.getAll('open');
}

/** A whole number that a double holds exactly, or null. */
export function readWhole(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** Percent signs taken back; a text that has them wrong is taken as it stands. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether a text is an address as the wire writes it. */
export function isAddress(text: string): text is Address {
  return /^0x[0-9a-f]{1,16}$/.test(text);
}
