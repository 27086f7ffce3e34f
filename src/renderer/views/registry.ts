/**
 * The views, one row each: a kind of place without a row does not compile, nor does a row without its parts. The rail, the palette, the keys,
 * the window's title and CurrentView read this table; how a place stands in the URL is told by its row in `state/place-forms`.
 */
import {
  Anchor,
  Box,
  Braces,
  Database,
  Flame,
  LayoutDashboard,
  ListTree,
  Network,
  RefreshCw,
  TriangleAlert,
  Type,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import type { Counts } from '../state/counts';
import { places } from '../state/place';
import type { PlaceOf, ViewName } from '../state/place';
import { ClosuresView } from './closures/ClosuresView';
import { CycleView } from './cycle/CycleView';
import { CycleShapesView } from './cycles/CycleShapesView';
import { CyclesView } from './cycles/CyclesView';
import { DominatorsView } from './dominators/DominatorsView';
import { FindingsView } from './findings/FindingsView';
import { FreeView } from './free/FreeView';
import { GoroutinesView } from './goroutines/GoroutinesView';
import { GoroutineView } from './goroutines/GoroutineView';
import { StacksView } from './goroutines/StacksView';
import { MemoryView } from './memory/MemoryView';
import { ObjectView } from './object/ObjectView';
import { ObjectsView } from './objects/ObjectsView';
import { OverviewView } from './overview/OverviewView';
import { PoolsView } from './pools/PoolsView';
import { PoolView } from './pools/PoolView';
import { RootKindsView } from './roots/RootKindsView';
import { RootsView } from './roots/RootsView';
import { PackagesView } from './types/PackagesView';
import { TypesView } from './types/TypesView';

/** The groups of the rail, in its order; the first has no title. */
export const GROUPS = ['', 'Heap', 'Why alive', 'Lenses'] as const;

/** A view's line in the rail and in the palette. */
export interface ViewLine<View extends ViewName = ViewName> {
  group: (typeof GROUPS)[number];
  icon: LucideIcon;
  /** The letter that goes there after `G`. */
  key: string;
  /** The view as one first sees it. */
  place: () => PlaceOf<View>;
  /** What the rail counts beside its word. */
  count: keyof Counts | null;
}

interface ViewEntry<View extends ViewName> {
  /** What the view is called in rail, palette, sheet of keys and title. */
  word: string;
  /** A page of its own in the rail, or the view that it is reached from. */
  line: ViewLine<View> | { under: ViewName };
  /** Which one the page is of, as the title says it after the word; another one is drawn anew. Null for a list. */
  which: (place: PlaceOf<View>) => string | null;
  View: ComponentType<{ place: PlaceOf<View> }>;
}

type Registry = { readonly [View in ViewName]: ViewEntry<View> };

const all = (): null => null;

export const VIEWS: Registry = {
  memory: {
    word: 'Memory',
    line: { group: '', icon: Flame, key: 'm', place: () => places.memory(), count: null },
    which: all,
    View: MemoryView,
  },
  overview: {
    word: 'Overview',
    line: { group: '', icon: LayoutDashboard, key: 'o', place: places.overview, count: null },
    which: all,
    View: OverviewView,
  },
  findings: {
    word: 'Findings',
    line: { group: '', icon: TriangleAlert, key: 'f', place: () => places.findings(), count: 'findings' },
    which: all,
    View: FindingsView,
  },
  shapes: {
    word: 'Cycles',
    line: { group: 'Heap', icon: RefreshCw, key: 'c', place: () => places.shapes(), count: 'cycles' },
    which: all,
    View: CycleShapesView,
  },
  cycles: { word: 'Cycles', line: { under: 'shapes' }, which: all, View: CyclesView },
  cycle: { word: 'Cycle', line: { under: 'shapes' }, which: ({ id }) => String(id), View: CycleView },
  packages: { word: 'Types', line: { under: 'types' }, which: all, View: PackagesView },
  types: {
    word: 'Types',
    line: { group: 'Heap', icon: Type, key: 't', place: () => places.types(), count: 'types' },
    which: all,
    View: TypesView,
  },
  objects: {
    word: 'Objects',
    line: { group: 'Heap', icon: Box, key: 'b', place: () => places.objects(), count: 'objects' },
    which: all,
    View: ObjectsView,
  },
  object: { word: 'Object', line: { under: 'objects' }, which: ({ address }) => address, View: ObjectView },
  free: { word: 'What would free it', line: { under: 'memory' }, which: all, View: FreeView },
  dominators: {
    word: 'Dominators',
    line: { group: 'Heap', icon: Network, key: 'd', place: places.dominators, count: null },
    which: all,
    View: DominatorsView,
  },
  stacks: {
    word: 'Goroutines',
    line: { group: 'Why alive', icon: ListTree, key: 'g', place: () => places.stacks(), count: 'goroutines' },
    which: all,
    View: StacksView,
  },
  goroutines: { word: 'Goroutines', line: { under: 'stacks' }, which: all, View: GoroutinesView },
  goroutine: { word: 'Goroutine', line: { under: 'stacks' }, which: ({ id }) => String(id), View: GoroutineView },
  rootKinds: {
    word: 'Roots',
    line: { group: 'Why alive', icon: Anchor, key: 'r', place: () => places.rootKinds(), count: 'roots' },
    which: all,
    View: RootKindsView,
  },
  roots: { word: 'Roots', line: { under: 'rootKinds' }, which: all, View: RootsView },
  closures: {
    word: 'Closures',
    line: { group: 'Lenses', icon: Braces, key: 'l', place: () => places.closures(), count: 'closures' },
    which: all,
    View: ClosuresView,
  },
  pools: {
    word: 'Pools',
    line: { group: 'Lenses', icon: Database, key: 'p', place: places.pools, count: 'pools' },
    which: all,
    View: PoolsView,
  },
  pool: { word: 'Pool', line: { under: 'pools' }, which: ({ address }) => address, View: PoolView },
};

/** The views that have a line of their own, in the order of the table. */
export const LINES: readonly (ViewLine & { view: ViewName; word: string })[] = (
  Object.entries(VIEWS) as [ViewName, ViewEntry<ViewName>][]
).flatMap(([view, { word, line }]) => ('under' in line ? [] : [{ ...line, view, word }]));

/** The view whose line of the rail a view belongs to. */
export function lineOf(view: ViewName): ViewName {
  const { line } = VIEWS[view];
  return 'under' in line ? line.under : view;
}
