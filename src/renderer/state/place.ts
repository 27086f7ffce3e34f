/**
 * Where a person is, as one value: view, selection, filters, sort, tab, what is unfolded. Everything on screen is a function of it and of the
 * dump; `place-url` writes it into the address, and back and forward walk it.
 */
import type {
  Address,
  ClosureColumn,
  CycleColumn,
  CycleGraph,
  CycleShapeColumn,
  Filters,
  GoroutineColumn,
  GoroutineKindColumn,
  HeldObjects,
  ObjectColumn,
  PackageColumn,
  PoolColumn,
  RetentionBy,
  RootColumn,
  RootKindColumn,
  RootKindKey,
  Sort,
  TypeColumn,
} from '../../../workers/api';

import { exactly } from './expressions';

/** What "Why is this alive?" explains. */
export type Selection =
  | { kind: 'object'; address: Address }
  | { kind: 'cycle'; id: number }
  | { kind: 'type'; name: string; shape: string }
  | { kind: 'node'; by: RetentionBy; id: string };

export const WHY_TABS = ['path', 'dominators', 'graph'] as const;
export const CYCLE_TABS = ['ties', 'graph', 'free', 'cuts', 'members', 'entering', 'leaving'] as const;
export const OBJECT_TABS = ['contents', 'references', 'referrers', 'free', 'cuts', 'dominated', 'graph'] as const;
/** How an object's contents are shown: field by field as its type reads them, or as the dump holds them. */
export const READINGS = ['values', 'words', 'hex'] as const;
export type WhyTab = (typeof WHY_TABS)[number];
export type CycleTab = (typeof CYCLE_TABS)[number];
export type ObjectTab = (typeof OBJECT_TABS)[number];
export type Reading = (typeof READINGS)[number];

/** How a list is ordered and narrowed; a filter that is empty is absent. */
export interface Listed<Column extends string> {
  sort: Sort<Column>;
  filters: Filters<Column>;
}

/** Objects of one type: the two things by which the session tells a row of types apart. */
export interface TypeKey {
  name: string;
  shape: string;
}

/** What a hue of the flame graph says: what holds a node, or the package of its type. */
export const HUES = ['holder', 'package'] as const;
export type Hue = (typeof HUES)[number];

export const GROUPS_OF_NODES = ['type', 'package'] as const;
export type Group = (typeof GROUPS_OF_NODES)[number];

/** Which part of the tree of retention is shown, and how. */
export interface MemoryShown {
  by: RetentionBy;
  /** Objects of which it is asked what holds them; null for the whole heap. */
  of: HeldObjects | null;
  /** What a node is: chains of the same types and fields, or of the same packages. */
  group: Group;
  /** The node that is zoomed to. */
  under: string | null;
  /** Texts or `/expressions/` over names, as pprof has them; a node is meant where one of them finds it. */
  focus: string[];
  ignore: string[];
  hide: string[];
  /** Fields that are not followed. */
  without: string[];
  search: string;
  hue: Hue;
  /** Nodes that are folded where they would be unfolded, or unfolded where they would not. */
  turned: string[];
}

/** Own objects of one node of a tree of retention. */
export interface NodeKey {
  by: RetentionBy;
  id: string;
  without: string[];
}

/** No finding has this id: their names end with a hash. */
export const NO_FINDING = 'none';

/** The views with their own parameters. `expanded` holds the ids of opened nodes or rows. */
export type Screen =
  | ({ view: 'memory' } & MemoryShown)
  | { view: 'overview' }
  /** `finding`: the id of the card that is open; null for the worst, NO_FINDING where all are closed. */
  | { view: 'findings'; finding: string | null }
  | ({ view: 'shapes'; graph: CycleGraph; harmless: boolean } & Listed<CycleShapeColumn>)
  | ({ view: 'cycles'; graph: CycleGraph; like: number | null } & Listed<CycleColumn>)
  /**
   * `tab`: null for what ties it where it is large, else the graph. `cut`: ids of the kinds of holders that are ticked, as in two others.
   * `without`: fields that it is told without.
   */
  | { view: 'cycle'; id: number; tab: CycleTab | null; cut: string[]; expanded: string[]; without: string[] }
  | ({ view: 'types' } & Listed<TypeColumn>)
  | ({ view: 'packages' } & Listed<PackageColumn>)
  | ({ view: 'objects'; cycle: number | null; of: TypeKey | null; node: NodeKey | null } & Listed<ObjectColumn>)
  /** `reading`: null for values where the type is known, else words. */
  | { view: 'object'; address: Address; tab: ObjectTab; reading: Reading | null; cut: string[]; expanded: string[] }
  /** What would free objects that have no page of their own; `of` is null where a link does not say which. */
  | { view: 'free'; of: HeldObjects | null; cut: string[] }
  /** `expanded`: addresses of objects, and the types that are opened below one (state/branch.ts). */
  | { view: 'dominators'; expanded: string[] }
  /** Goroutines by stack. `opened`: the first goroutine of the stack whose variables are shown. */
  | ({ view: 'stacks'; opened: number | null } & Listed<GoroutineKindColumn>)
  /** `like`: only those of the same stack as this one. */
  | ({ view: 'goroutines'; like: number | null } & Listed<GoroutineColumn>)
  | { view: 'goroutine'; id: number }
  | ({ view: 'rootKinds' } & Listed<RootKindColumn>)
  | ({ view: 'roots'; of: RootKindKey | null } & Listed<RootColumn>)
  | ({ view: 'closures'; opened: TypeKey | null } & Listed<ClosureColumn>)
  | ({ view: 'pools' } & Listed<PoolColumn>)
  | { view: 'pool'; address: Address };

export type ViewName = Screen['view'];

/** What every view shares: the selection and how the pane on the right explains it; `path` counts root paths from 0. */
export interface Explained {
  selected: Selection | null;
  why: WhyTab;
  path: number;
}

export type Place = Screen & Explained;

/** The place of one view. */
export type PlaceOf<View extends ViewName> = Extract<Screen, { view: View }> & Explained;

const UNEXPLAINED: Explained = { selected: null, why: 'path', path: 0 };

const byRetained = { column: 'retained', descending: true } as const;
export const BY_ALONE = { column: 'alone', descending: true } as const;

/** Constructors: a view as one first sees it. */
export const places = {
  /** Where the memory is; `of` turns it upside down. */
  memory: (of: HeldObjects | null = null): PlaceOf<'memory'> => ({
    ...UNEXPLAINED,
    view: 'memory',
    by: 'path',
    of,
    group: 'type',
    under: null,
    focus: [],
    ignore: [],
    hide: [],
    without: [],
    search: '',
    hue: 'holder',
    turned: [],
  }),
  overview: (): PlaceOf<'overview'> => ({ ...UNEXPLAINED, view: 'overview' }),
  findings: (finding: string | null = null): PlaceOf<'findings'> => ({ ...UNEXPLAINED, view: 'findings', finding }),
  /** Cycles by what they look like; `harmless` ones are folded until asked for. */
  shapes: (graph: CycleGraph = 'full'): PlaceOf<'shapes'> => ({
    ...UNEXPLAINED,
    view: 'shapes',
    graph,
    harmless: false,
    sort: byRetained,
    filters: {},
  }),
  cycles: (filters: Filters<CycleColumn> = {}, graph: CycleGraph = 'full'): PlaceOf<'cycles'> => ({
    ...UNEXPLAINED,
    view: 'cycles',
    graph,
    like: null,
    sort: byRetained,
    filters,
  }),
  /** The cycles of one shape. */
  cyclesLike: (like: number, graph: CycleGraph): PlaceOf<'cycles'> => ({ ...places.cycles({}, graph), like }),
  cycle: (id: number, tab: CycleTab | null = null): PlaceOf<'cycle'> => ({
    ...UNEXPLAINED,
    view: 'cycle',
    id,
    tab,
    cut: [],
    expanded: [],
    without: [],
    selected: { kind: 'cycle', id },
  }),
  types: (filters: Filters<TypeColumn> = {}): PlaceOf<'types'> => ({
    ...UNEXPLAINED,
    view: 'types',
    sort: byRetained,
    filters,
  }),
  packages: (): PlaceOf<'packages'> => ({ ...UNEXPLAINED, view: 'packages', sort: byRetained, filters: {} }),
  /** The types of one package; null for those of none. */
  typesOf: (path: string | null): PlaceOf<'types'> =>
    places.types({ name: path === null ? '/^(?![^]*^pkg:)/' : exactly(`pkg:${path}`) }),
  objects: (filters: Filters<ObjectColumn> = {}): PlaceOf<'objects'> => ({
    ...UNEXPLAINED,
    view: 'objects',
    cycle: null,
    of: null,
    node: null,
    sort: byRetained,
    filters,
  }),
  objectsOf: (name: string, shape: string): PlaceOf<'objects'> => ({ ...places.objects(), of: { name, shape } }),
  objectsOfNode: (node: NodeKey): PlaceOf<'objects'> => ({ ...places.objects(), node }),
  membersOf: (cycle: number): PlaceOf<'objects'> => ({ ...places.objects(), cycle }),
  object: (address: Address, tab: ObjectTab = 'contents'): PlaceOf<'object'> => ({
    ...UNEXPLAINED,
    view: 'object',
    address,
    tab,
    reading: null,
    cut: [],
    expanded: [],
    selected: { kind: 'object', address },
  }),
  free: (of: HeldObjects | null = null): PlaceOf<'free'> => ({ ...UNEXPLAINED, view: 'free', of, cut: [] }),
  dominators: (): PlaceOf<'dominators'> => ({ ...UNEXPLAINED, view: 'dominators', expanded: [] }),
  stacks: (filters: Filters<GoroutineKindColumn> = {}): PlaceOf<'stacks'> => ({
    ...UNEXPLAINED,
    view: 'stacks',
    opened: null,
    sort: BY_ALONE,
    filters,
  }),
  goroutines: (filters: Filters<GoroutineColumn> = {}): PlaceOf<'goroutines'> => ({
    ...UNEXPLAINED,
    view: 'goroutines',
    like: null,
    sort: byRetained,
    filters,
  }),
  /** The goroutines of one stack. */
  goroutinesLike: (like: number): PlaceOf<'goroutines'> => ({ ...places.goroutines(), like }),
  goroutine: (id: number): PlaceOf<'goroutine'> => ({ ...UNEXPLAINED, view: 'goroutine', id }),
  rootKinds: (filters: Filters<RootKindColumn> = {}): PlaceOf<'rootKinds'> => ({
    ...UNEXPLAINED,
    view: 'rootKinds',
    sort: BY_ALONE,
    filters,
  }),
  roots: (filters: Filters<RootColumn> = {}): PlaceOf<'roots'> => ({
    ...UNEXPLAINED,
    view: 'roots',
    of: null,
    sort: byRetained,
    filters,
  }),
  /** The roots of one kind. */
  rootsOf: (of: RootKindKey): PlaceOf<'roots'> => ({ ...places.roots(), of: { name: of.name, holder: of.holder } }),
  closures: (opened: TypeKey | null = null): PlaceOf<'closures'> => ({
    ...UNEXPLAINED,
    view: 'closures',
    opened,
    sort: byRetained,
    filters: {},
  }),
  pools: (): PlaceOf<'pools'> => ({ ...UNEXPLAINED, view: 'pools', sort: byRetained, filters: {} }),
  /** `object` is the one that contains the pool; null for a package variable. */
  pool: (address: Address, object: Address | null = null): PlaceOf<'pool'> => ({
    ...UNEXPLAINED,
    view: 'pool',
    address,
    selected: object === null ? null : { kind: 'object', address: object },
  }),
};

/** The same place with another selection, explained from its first path. */
export function select<P extends Place>(place: P, selected: Selection | null): P {
  return { ...place, selected, path: 0 };
}

/** The place with an object selected. */
export function selectObject<P extends Place>(place: P, address: Address): P {
  return select(place, { kind: 'object', address });
}

/** Whether two selections name the same thing. */
export function sameSelection(a: Selection | null, b: Selection | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.kind === 'object') return b.kind === 'object' && a.address === b.address;
  if (a.kind === 'cycle') return b.kind === 'cycle' && a.id === b.id;
  if (a.kind === 'node') return b.kind === 'node' && a.by === b.by && a.id === b.id;
  return b.kind === 'type' && a.name === b.name && a.shape === b.shape;
}
