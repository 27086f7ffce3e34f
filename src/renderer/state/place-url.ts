/** Place ⇄ fragment of the URL. Both functions are total: what cannot be read falls back to its default, an unknown view to the overview. */
import {
  CLOSURE_KEYS,
  CYCLE_KEYS,
  CYCLE_SHAPE_KEYS,
  GOROUTINE_KEYS,
  OBJECT_KEYS,
  POOL_KEYS,
  ROOT_KEYS,
  TYPE_KEYS,
} from '../../../workers/api';
import type { Address, Filters, Sort } from '../../../workers/api';
import { CYCLE_TABS, OBJECT_TABS, READINGS, WHY_TABS, places } from './place';
import type { Explained, Listed, Place, Screen, Selection, TypeKey } from './place';

/** `#/objects?sort=-size&f.size=%3E1MB&sel=0xc000…`; what stands at its default is left out. */
export function placeToHash(place: Place): string {
  const query = new URLSearchParams();
  writeScreen(query, place);
  writeExplained(query, place);
  const text = query.toString();
  return `#/${pathOf(place)}${text === '' ? '' : `?${text}`}`;
}

/** Reads any fragment; `''` and what is unknown mean the overview. */
export function placeFromHash(hash: string): Place {
  const [path = '', ...rest] = hash.replace(/^#?\/?/, '').split('?');
  const query = new URLSearchParams(rest.join('?'));
  const screen = readScreen(path.split('/'), query);
  return { ...screen, ...readExplained(query, screen.selected) };
}

function pathOf(place: Place): string {
  if (place.view === 'findings')
    return place.finding === null ? 'findings' : `findings/${encodeURIComponent(place.finding)}`;
  if (place.view === 'shapes') return 'cycles/shapes';
  if (place.view === 'cycle') return `cycles/${place.id}`;
  if (place.view === 'object') return `objects/${place.address}`;
  if (place.view === 'pool') return `pools/${place.address}`;
  return place.view === 'goroutine' ? `goroutines/${place.id}` : place.view;
}

function writeScreen(query: URLSearchParams, place: Screen): void {
  switch (place.view) {
    case 'cycle':
    case 'object':
      if (place.tab !== (place.view === 'cycle' ? CYCLE_TABS[0] : OBJECT_TABS[0])) query.set('tab', place.tab);
      if (place.view === 'object' && place.reading !== null) query.set('as', place.reading);
      for (const id of place.expanded) query.append('open', id);
      return;
    case 'dominators':
      for (const address of place.expanded) query.append('open', address);
      return;
    case 'objects':
      if (place.cycle !== null) query.set('cycle', String(place.cycle));
      writeTypeKey(query, place.of);
      writeListed(query, place);
      return;
    case 'closures':
      writeTypeKey(query, place.opened);
      writeListed(query, place);
      return;
    case 'shapes':
      if (place.graph !== 'full') query.set('graph', place.graph);
      if (place.harmless) query.set('harmless', '1');
      writeListed(query, place);
      return;
    case 'cycles':
      if (place.graph !== 'full') query.set('graph', place.graph);
      if (place.like !== null) query.set('like', String(place.like));
      writeListed(query, place);
      return;
    case 'types':
    case 'goroutines':
    case 'roots':
    case 'pools':
      writeListed(query, place);
      return;
    case 'overview':
    case 'findings':
    case 'goroutine':
    case 'pool':
      return;
  }
}

function readScreen(path: string[], query: URLSearchParams): Place {
  const name = path.at(1);
  switch (path.at(0)) {
    case 'cycles':
      return readCycles(name, query);
    case 'findings':
      return places.findings(name ? decoded(name) : null);
    case 'types':
      return { ...places.types(), ...readListed(query, TYPE_KEYS) };
    case 'objects':
      return name === undefined ? readObjects(query) : readObject(name, query);
    case 'dominators':
      return { ...places.dominators(), expanded: query.getAll('open').filter(isAddress) };
    case 'goroutines':
      return name === undefined
        ? { ...places.goroutines(), ...readListed(query, GOROUTINE_KEYS) }
        : whole(name, places.goroutine, places.goroutines);
    case 'roots':
      return { ...places.roots(), ...readListed(query, ROOT_KEYS) };
    case 'closures':
      return { ...places.closures(readTypeKey(query)), ...readListed(query, CLOSURE_KEYS) };
    case 'pools':
      return name === undefined ? { ...places.pools(), ...readListed(query, POOL_KEYS) } : readPool(name);
    default:
      return places.overview();
  }
}

function readCycles(name: string | undefined, query: URLSearchParams): Place {
  const graph = query.get('graph') === 'heap' ? 'heap' : 'full';
  if (name === 'shapes') {
    const harmless = query.get('harmless') === '1';
    return { ...places.shapes(graph), harmless, ...readListed(query, CYCLE_SHAPE_KEYS) };
  }
  if (name !== undefined) return readCycle(name, query);
  return { ...places.cycles({}, graph), like: readWhole(query.get('like')), ...readListed(query, CYCLE_KEYS) };
}

function readCycle(name: string, query: URLSearchParams): Place {
  const tab = oneOf(CYCLE_TABS, query.get('tab'));
  const expanded = query.getAll('open');
  return whole(name, (id) => ({ ...places.cycle(id, tab), expanded }), places.cycles);
}

function readObjects(query: URLSearchParams): Place {
  const cycle = readWhole(query.get('cycle'));
  return { ...places.objects(), cycle, of: readTypeKey(query), ...readListed(query, OBJECT_KEYS) };
}

function readPool(name: string): Place {
  return isAddress(name) ? places.pool(name) : places.pools();
}

function readObject(name: string, query: URLSearchParams): Place {
  if (!isAddress(name)) return places.objects();
  const reading = READINGS.find((known) => known === query.get('as')) ?? null;
  return { ...places.object(name, oneOf(OBJECT_TABS, query.get('tab'))), reading, expanded: query.getAll('open') };
}

function writeTypeKey(query: URLSearchParams, key: TypeKey | null): void {
  if (key === null) return;
  query.set('type', key.name);
  query.set('shape', key.shape);
}

function readTypeKey(query: URLSearchParams): TypeKey | null {
  const name = query.get('type');
  return name === null ? null : { name, shape: query.get('shape') ?? '' };
}

const byRetained = { column: 'retained', descending: true } as const;

function writeListed(query: URLSearchParams, { sort, filters }: Listed<string>): void {
  if (sort.column !== byRetained.column || !sort.descending) {
    query.set('sort', (sort.descending ? '-' : '') + sort.column);
  }
  for (const [column, text] of Object.entries(filters)) if (text) query.set(`f.${column}`, text);
}

function readListed<Column extends string>(
  query: URLSearchParams,
  columns: readonly (Column | 'retained')[],
): Listed<Column | 'retained'> {
  const filters: Filters<Column | 'retained'> = {};
  for (const column of columns) {
    const text = query.get(`f.${column}`);
    if (text) filters[column] = text;
  }
  return { sort: readSort(query.get('sort') ?? '', columns), filters };
}

function readSort<Column extends string>(text: string, columns: readonly Column[]): Sort<Column | 'retained'> {
  const descending = text.startsWith('-');
  const column = columns.find((known) => known === text.slice(descending ? 1 : 0));
  return column === undefined ? byRetained : { column, descending };
}

/** What a place explains when its URL says nothing: the thing itself on its own page, else nothing. `sel=none` empties that. */
function ownSelection(place: Screen): Selection | null {
  if (place.view === 'cycle') return { kind: 'cycle', id: place.id };
  if (place.view === 'object') return { kind: 'object', address: place.address };
  return null;
}

function writeExplained(query: URLSearchParams, place: Place): void {
  const selected = selectionText(place.selected);
  if (selected !== selectionText(ownSelection(place))) query.set('sel', selected);
  if (place.why !== WHY_TABS[0]) query.set('why', place.why);
  if (place.path !== 0) query.set('path', String(place.path));
}

function readExplained(query: URLSearchParams, own: Selection | null): Explained {
  const text = query.get('sel');
  const selected = text === null ? own : readSelection(text);
  return { selected, why: oneOf(WHY_TABS, query.get('why')), path: readWhole(query.get('path')) ?? 0 };
}

function selectionText(selected: Selection | null): string {
  if (selected === null) return 'none';
  if (selected.kind === 'object') return selected.address;
  if (selected.kind === 'cycle') return `cycle:${String(selected.id)}`;
  return `type:${encodeURIComponent(selected.name)}:${encodeURIComponent(selected.shape)}`;
}

function readSelection(text: string): Selection | null {
  if (isAddress(text)) return { kind: 'object', address: text };
  const [kind, first = '', second = ''] = text.split(':');
  if (kind === 'cycle') {
    const id = readWhole(first);
    return id === null ? null : { kind: 'cycle', id };
  }
  return kind === 'type' ? { kind: 'type', name: decoded(first), shape: decoded(second) } : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A whole number that a double holds exactly, or null. */
function readWhole(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function whole(text: string, known: (id: number) => Place, unknown: () => Place): Place {
  const id = readWhole(text);
  return id === null ? unknown() : known(id);
}

function oneOf<Choice extends string>(choices: readonly Choice[], text: string | null): Choice {
  return choices.find((choice) => choice === text) ?? choices[0];
}

/** Whether a text is an address as the wire writes it. */
export function isAddress(text: string): text is Address {
  return /^0x[0-9a-f]{1,16}$/.test(text);
}
