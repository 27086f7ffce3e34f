/**
 * How each view's place stands in the URL, one row a view: `#/` head `/` name `?` query. A view without a row does not compile. Reading never
 * fails: a name that no view of its head knows falls back to the head's own list, an unknown head to Memory.
 */
import {
  CLOSURE_KEYS,
  CYCLE_KEYS,
  CYCLE_SHAPE_KEYS,
  GOROUTINE_KEYS,
  GOROUTINE_KIND_KEYS,
  OBJECT_KEYS,
  PACKAGE_KEYS,
  POOL_KEYS,
  RETENTION_BY,
  ROOT_KEYS,
  ROOT_KIND_KEYS,
  TYPE_KEYS,
} from '../../../workers/api';
import { isBranchKey } from './branch';
import { BY_ALONE, CYCLE_TABS, GROUPS_OF_NODES, HUES, OBJECT_TABS, READINGS, places } from './place';
import type { PlaceOf, ViewName } from './place';
import {
  decoded,
  isAddress,
  readChoice,
  readExpanded,
  readGraph,
  readHeldObjects,
  readListed,
  readNodeKey,
  readRootKind,
  readSorted,
  readTypeKey,
  readWhole,
  writeChoice,
  writeExpanded,
  writeGraph,
  writeHeldObjects,
  writeListed,
  writeNodeKey,
  writeRootKind,
  writeSorted,
  writeTypeKey,
} from './place-query';

interface PlaceForm<View extends ViewName> {
  /** First part of the path; a list and the page of one of its things share it. */
  head: string;
  /** Second part of the path; '' for the head alone. */
  name: (place: PlaceOf<View>) => string;
  /** What else tells the place apart, where it differs from the default. */
  write: (query: URLSearchParams, place: PlaceOf<View>) => void;
  /** The place under a name; null where the name is none of this view's. */
  read: (name: string, query: URLSearchParams) => PlaceOf<View> | null;
}

export type PlaceForms = { readonly [View in ViewName]: PlaceForm<View> };

export const PLACE_FORMS: PlaceForms = {
  memory: {
    ...list('memory', (query) => ({
      ...places.memory(readHeldObjects(query)),
      by: readChoice(query, 'by', RETENTION_BY),
      group: readChoice(query, 'group', GROUPS_OF_NODES),
      under: query.get('under'),
      focus: query.getAll('focus'),
      ignore: query.getAll('ignore'),
      hide: query.getAll('hide'),
      without: query.getAll('without'),
      search: query.get('search') ?? '',
      hue: readChoice(query, 'hue', HUES),
      turned: readExpanded(query),
    })),
    write: (query, place) => {
      writeHeldObjects(query, place.of);
      writeChoice(query, 'by', RETENTION_BY, place.by);
      writeChoice(query, 'group', GROUPS_OF_NODES, place.group);
      if (place.under !== null) query.set('under', place.under);
      for (const name of ['focus', 'ignore', 'hide', 'without'] as const)
        for (const text of place[name]) query.append(name, text);
      if (place.search !== '') query.set('search', place.search);
      writeChoice(query, 'hue', HUES, place.hue);
      writeExpanded(query, place.turned);
    },
  },
  overview: list('overview', places.overview),
  findings: {
    head: 'findings',
    name: ({ finding }) => (finding === null ? '' : encodeURIComponent(finding)),
    write: nothing,
    read: (name) => places.findings(name === '' ? null : decoded(name)),
  },
  shapes: {
    head: 'cycles',
    name: () => 'shapes',
    write: (query, place) => {
      writeGraph(query, place.graph);
      if (place.harmless) query.set('harmless', '1');
      writeListed(query, place);
    },
    read: (name, query) => {
      if (name !== 'shapes') return null;
      const harmless = query.get('harmless') === '1';
      return { ...places.shapes(readGraph(query)), harmless, ...readListed(query, CYCLE_SHAPE_KEYS) };
    },
  },
  cycles: {
    ...list('cycles', (query) => {
      const like = readWhole(query.get('like'));
      return { ...places.cycles({}, readGraph(query)), like, ...readListed(query, CYCLE_KEYS) };
    }),
    write: (query, place) => {
      writeGraph(query, place.graph);
      if (place.like !== null) query.set('like', String(place.like));
      writeListed(query, place);
    },
  },
  cycle: {
    head: 'cycles',
    name: ({ id }) => String(id),
    write: (query, place) => {
      if (place.tab !== null) query.set('tab', place.tab);
      for (const id of place.cut) query.append('cut', id);
      writeExpanded(query, place.expanded);
      for (const field of place.without) query.append('without', field);
    },
    read: (name, query) => {
      const id = readWhole(name);
      if (id === null) return null;
      const tab = CYCLE_TABS.find((known) => known === query.get('tab')) ?? null;
      const lists = { expanded: readExpanded(query), cut: query.getAll('cut'), without: query.getAll('without') };
      return { ...places.cycle(id, tab), ...lists };
    },
  },
  packages: {
    head: 'types',
    name: () => 'packages',
    write: writeListed,
    read: (name, query) => (name === 'packages' ? { ...places.packages(), ...readListed(query, PACKAGE_KEYS) } : null),
  },
  types: {
    ...list('types', (query) => ({ ...places.types(), ...readListed(query, TYPE_KEYS) })),
    write: writeListed,
  },
  objects: {
    ...list('objects', (query) => {
      const cycle = readWhole(query.get('cycle'));
      const of = readTypeKey(query);
      return { ...places.objects(), cycle, of, node: readNodeKey(query), ...readListed(query, OBJECT_KEYS) };
    }),
    write: (query, place) => {
      if (place.cycle !== null) query.set('cycle', String(place.cycle));
      writeTypeKey(query, place.of);
      writeNodeKey(query, place.node);
      writeListed(query, place);
    },
  },
  object: {
    head: 'objects',
    name: ({ address }) => address,
    write: (query, place) => {
      writeChoice(query, 'tab', OBJECT_TABS, place.tab);
      if (place.reading !== null) query.set('as', place.reading);
      for (const id of place.cut) query.append('cut', id);
      writeExpanded(query, place.expanded);
    },
    read: (name, query) => {
      if (!isAddress(name)) return null;
      const reading = READINGS.find((known) => known === query.get('as')) ?? null;
      const tab = readChoice(query, 'tab', OBJECT_TABS);
      return { ...places.object(name, tab), reading, cut: query.getAll('cut'), expanded: readExpanded(query) };
    },
  },
  free: {
    ...list('free', (query) => ({ ...places.free(readHeldObjects(query)), cut: query.getAll('cut') })),
    write: (query, place) => {
      writeHeldObjects(query, place.of);
      for (const id of place.cut) query.append('cut', id);
    },
  },
  dominators: {
    ...list('dominators', (query) => ({ ...places.dominators(), expanded: readExpanded(query).filter(isBranchKey) })),
    write: (query, place) => {
      writeExpanded(query, place.expanded);
    },
  },
  stacks: {
    head: 'goroutines',
    name: () => 'stacks',
    write: (query, place) => {
      if (place.opened !== null) query.set('opened', String(place.opened));
      writeSorted(query, place, BY_ALONE.column);
    },
    read: (name, query) => {
      if (name !== 'stacks') return null;
      const opened = readWhole(query.get('opened'));
      return { ...places.stacks(), opened, ...readSorted(query, GOROUTINE_KIND_KEYS, BY_ALONE.column) };
    },
  },
  goroutines: {
    ...list('goroutines', (query) => {
      const like = readWhole(query.get('like'));
      return { ...places.goroutines(), like, ...readListed(query, GOROUTINE_KEYS) };
    }),
    write: (query, place) => {
      if (place.like !== null) query.set('like', String(place.like));
      writeListed(query, place);
    },
  },
  goroutine: {
    head: 'goroutines',
    name: ({ id }) => String(id),
    write: nothing,
    read: (name) => {
      const id = readWhole(name);
      return id === null ? null : places.goroutine(id);
    },
  },
  rootKinds: {
    head: 'roots',
    name: () => 'kinds',
    write: (query, place) => {
      writeSorted(query, place, BY_ALONE.column);
    },
    read: (name, query) =>
      name === 'kinds' ? { ...places.rootKinds(), ...readSorted(query, ROOT_KIND_KEYS, BY_ALONE.column) } : null,
  },
  roots: {
    ...list('roots', (query) => ({
      ...places.roots(),
      of: readRootKind(query),
      ...readListed(query, ROOT_KEYS),
    })),
    write: (query, place) => {
      writeRootKind(query, place.of);
      writeListed(query, place);
    },
  },
  closures: {
    ...list('closures', (query) => ({ ...places.closures(readTypeKey(query)), ...readListed(query, CLOSURE_KEYS) })),
    write: (query, place) => {
      writeTypeKey(query, place.opened);
      writeListed(query, place);
    },
  },
  pools: {
    ...list('pools', (query) => ({ ...places.pools(), ...readListed(query, POOL_KEYS) })),
    write: writeListed,
  },
  pool: {
    head: 'pools',
    name: ({ address }) => address,
    write: nothing,
    read: (name) => (isAddress(name) ? places.pool(name) : null),
  },
};

/** A view that is its head alone. */
function list<View extends ViewName>(head: string, read: (query: URLSearchParams) => PlaceOf<View>): PlaceForm<View> {
  return { head, name: () => '', write: nothing, read: (name, query) => (name === '' ? read(query) : null) };
}

/** The path says it all. */
function nothing(): void {
  // no parameters
}
