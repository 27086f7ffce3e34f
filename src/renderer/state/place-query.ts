/** What several places write into the query of their URL, and how it is read again: sort, filters, a type, whole numbers. All of it total. */
import { HOLDERS } from '../../../workers/api';
import type { Address, CycleGraph, Filters, RootKindKey, Sort } from '../../../workers/api';
import type { Listed, TypeKey } from './place';

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
