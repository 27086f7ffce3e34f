/**
 * The one interface between an engine and whoever asks it: the command line directly, the window through a wire. Request → reply, plain data
 * only. Every call settles: with an answer, with an error of `errors.ts`, or with `EngineGone`.
 */
import type { GivenNames } from './given-names';
import type { DrawnGraph } from './graph';
import type { Knot, KnotQuery } from './knot-rows';
import type { BorderReference, CycleRow, CycleShapeRow } from './cycle-rows';
import type {
  Contents,
  DominatedRow,
  GoroutineDetail,
  GoroutineRow,
  IdentityRow,
  NameRow,
  ObjectDetail,
  ObjectRow,
  ReferenceRow,
  ReferrerRow,
  RootPath,
  RootRow,
  SearchHit,
  Summary,
  TypeRow,
  ValueRow,
} from './rows';
import type { DominatedKindRow, GoroutineKindRow, RootKindKey, RootKindRow } from './kind-rows';
import type { PackageRow } from './package-rows';
import type { PathKinds } from './path-rows';
import type { ClosureRow, PoolItem, PoolRow } from './lens-rows';
import type { RetentionBy, RetentionQuery, RetentionTree } from './retention-rows';
import type { Cuts, FindingsPage } from './finding-rows';
import type { FreeQuery, Freeing } from './free-rows';
import type { Address, Filters, Page, Range, Sort } from './values';

/** Phases of opening and analysing, in the order they run. */
export const PHASES = [
  'read',
  'link',
  'name',
  'reach',
  'components',
  'dominators',
  'cycles',
  'distances',
  'knot',
  'findings',
  'sort',
] as const;
export type Phase = (typeof PHASES)[number];

export interface PhaseProgress {
  phase: Phase;
  unit: 'bytes' | 'objects' | 'steps' | 'kinds' | 'detectors';
  /** Of steps it may be a part, as 7.25. */
  done: number;
  total: number;
  /** Milliseconds so far; final once `done === total`. */
  elapsedMs: number;
  finished: boolean;
  /** What of it runs now, where a phase has parts: the step, or what a detector looks for. */
  part?: string;
}

export interface Status {
  state: 'empty' | 'opening' | 'ready' | 'failed';
  file: string | null;
  /** What runs now; null when nothing does. Finished phases of this dump stay in `phases`. */
  running: Phase | null;
  phases: PhaseProgress[];
  /** Objects read so far. */
  objects: number;
  /** Bytes of big arrays held now, at most so far, and expected at the end of opening; null before an estimate is possible. */
  memory: { used: number; peak: number; estimate: number | null };
  names: NamesStatus;
}

/** How far the names of the open dump are. */
export interface NamesStatus {
  /** Grows each time the names change; answers of another generation may tell other names. 0 while objects are known by their shapes only. */
  generation: number;
  /** Objects are being named, behind all questions; the names so far stay until the new ones are whole. */
  running: boolean;
  /** Why the last naming came to nothing, in a sentence; null where it did not fail. */
  problem: string | null;
}

export interface OpenRequest {
  /** A name that the host can open: a path for the command line and the desktop app, an entry of the allowed list for the server. */
  file: string;
  /** Refuse a dump that is not whole. */
  strict?: boolean;
  /**
   * The executable that names come from, as the host can open it. Without it the host looks beside the dump, where it may; null forbids that.
   * One that cannot be read rejects with `CannotRead`; one that did not write the dump is a warning, and the dump opens without its names.
   */
  executable?: string | null;
  /**
   * `later` opens the dump with its objects known by their shapes, and names them afterwards, behind all questions: `Status.names` tells when
   * the names stand, and why where they came to nothing. `first`, which is what goes without saying, resolves with the names.
   */
  names?: 'first' | 'later';
}

/** The columns of each list by their keys, in the order in which they are shown. */
export const CYCLE_KEYS = ['id', 'objects', 'own', 'retained', 'class', 'entering', 'leaving', 'shape'] as const;
export const CYCLE_SHAPE_KEYS = ['shape', 'class', 'count', 'objects', 'own', 'retained', 'largest'] as const;
export const OBJECT_KEYS = [
  'address',
  'type',
  'size',
  'retained',
  'held',
  'distance',
  'references',
  'referrers',
  'cycle',
] as const;
export const PACKAGE_KEYS = ['name', 'types', 'objects', 'bytes', 'retained'] as const;
export const TYPE_KEYS = ['name', 'objects', 'bytes', 'retained', 'largest'] as const;
export const GOROUTINE_KEYS = [
  'id',
  'state',
  'waits',
  'created',
  'waited',
  'entry',
  'top',
  'frames',
  'defers',
  'retained',
] as const;
export const GOROUTINE_KIND_KEYS = [
  'count',
  'state',
  'waits',
  'created',
  'waited',
  'variables',
  'alone',
  'reaches',
] as const;
export const DOMINATED_KIND_KEYS = ['name', 'count', 'objects', 'bytes', 'retained'] as const;
export const ROOT_KEYS = ['kind', 'name', 'type', 'target', 'size', 'retained'] as const;
export const ROOT_KIND_KEYS = ['holder', 'name', 'roots', 'alone', 'reaches', 'retained'] as const;

export type CycleColumn = (typeof CYCLE_KEYS)[number];
export type CycleShapeColumn = (typeof CYCLE_SHAPE_KEYS)[number];
export type ObjectColumn = (typeof OBJECT_KEYS)[number];
export type PackageColumn = (typeof PACKAGE_KEYS)[number];
export type TypeColumn = (typeof TYPE_KEYS)[number];
export type GoroutineColumn = (typeof GOROUTINE_KEYS)[number];
export type DominatedKindColumn = (typeof DOMINATED_KIND_KEYS)[number];
export type GoroutineKindColumn = (typeof GOROUTINE_KIND_KEYS)[number];
export type RootColumn = (typeof ROOT_KEYS)[number];
export type RootKindColumn = (typeof ROOT_KIND_KEYS)[number];

export const CLOSURE_KEYS = ['function', 'objects', 'bytes', 'alone', 'reaches', 'retained', 'captured'] as const;
export const POOL_KEYS = [
  'name',
  'address',
  'new',
  'items',
  'private',
  'shared',
  'victim',
  'bytes',
  'retained',
] as const;

export type ClosureColumn = (typeof CLOSURE_KEYS)[number];
export type PoolColumn = (typeof POOL_KEYS)[number];

export interface ListQuery<Column extends string> extends Range {
  sort?: Sort<Column>;
  filters?: Filters<Column>;
}

/**
 * What counts as lying on a cycle. `full`, which goes without saying: objects and the pointers between them, globals' words, goroutines that
 * wait, and the closures of finalizers. `heap`: objects and pointers alone. Ids are the same in both: cycles that the heap alone does not have
 * stand behind its own.
 */
export type CycleGraph = 'heap' | 'full';

export interface CyclesQuery extends ListQuery<CycleColumn> {
  graph?: CycleGraph;
  /** Only cycles of the same shape as this one. */
  like?: number;
}

export interface CycleShapesQuery extends ListQuery<CycleShapeColumn> {
  graph?: CycleGraph;
}

export interface ObjectsQuery extends ListQuery<ObjectColumn> {
  /** Only members of this cycle. */
  cycle?: number;
  /** Only objects of this type row: its `name` and `shape`. */
  of?: { name: string; shape: string };
  /** Only own objects of this node of a retention tree; `without` as it was asked for with. */
  node?: { by: RetentionBy; id: string; without?: readonly string[] | undefined };
}

export interface GoroutinesQuery extends ListQuery<GoroutineColumn> {
  /** Only goroutines of the same stack as this one, by its number. */
  like?: number;
}

export interface RootsQuery extends ListQuery<RootColumn> {
  /** Only roots of this kind. */
  of?: RootKindKey;
}

export interface DominatedQuery extends Range {
  /** `root` for the top of the tree. Children come by retained size, largest first. */
  of: Address | 'root';
  /** Only children of this type: `name` and `shape` of its row. */
  type?: { name: string; shape: string };
}

export interface DominatedKindsQuery extends ListQuery<DominatedKindColumn> {
  of: Address | 'root';
}

/** What a root path must not use. */
export interface Avoid {
  /** Objects, by address. */
  objects?: Address[];
  /** Single references: any pointer of `from` to `to`. */
  references?: { from: Address; to: Address }[];
  /** Roots of a kind, or one root by the address of its pointer. */
  roots?: (RootPath['root']['kind'] | Address)[];
  /** Objects of these types, but for the one that is asked about, as lists of types call them. */
  types?: string[];
  /** Fields, as `main.Node .parent`. */
  fields?: string[];
  /** Kinds of roots, as `main.cache` or `main.serve: req`. */
  rootKinds?: string[];
}

export interface PathsQuery {
  address: Address;
  /** How many paths, shortest first, each from another root or through another object at the root; at most 100. */
  count: number;
  avoid?: Avoid;
}

export type PathKindsQuery = Omit<PathsQuery, 'count'>;

export type DrawingQuery = {
  /** Elements (nodes and edges) to draw at most; 60 to 500. */
  budget: number;
  /** Ids of `more` and `class` nodes that were opened. */
  expanded: string[];
} & ({ cycle: number } | { address: Address } | { pathOf: Address });

/** What is to be let go. */
export type CutsOf = { cycle: number } | { address: Address };

export interface AnalysisSession {
  /** Opens a dump and resolves once its summary stands. A second `open` closes the first. Rejects: Cancelled, NotADump, CannotRead, OutOfMemory. */
  open(request: OpenRequest): Promise<Summary>;
  /** Never waits for running work. */
  status(): Promise<Status>;
  /** Ends the running work within a second, naming included: its callers get `Cancelled`; an opened dump stays open, with the names it has. */
  cancel(): Promise<void>;
  close(): Promise<void>;
  /**
   * Names the objects of the open dump anew, from this executable; null by the dump alone, undefined from where `open` would take them. The
   * names so far stay until the new ones are whole, and for good where it rejects: with `CannotRead` where the executable cannot be read or did
   * not write the dump, with `OutOfMemory`, or with `Cancelled` by `cancel` or another `takeNames`.
   */
  takeNames(executable?: string | null): Promise<Summary>;
  /**
   * Calls types that the dump tells apart without naming them (see `identities`) by a person's names, in place of all that were given before.
   * They stand in labels, with `(named by hand)` behind them; evidence, coverage and `names` stay as they are. Resolves with the addresses that
   * are no such type here. Rejects with `BadRequest`, and changes nothing, where a text cannot be the name of its type.
   */
  giveNames(names: GivenNames): Promise<Address[]>;

  summary(): Promise<Summary>;
  cycles(query: CyclesQuery): Promise<Page<CycleRow>>;
  /** The cycles by what they look like: a row for each shape. */
  cycleShapes(query: CycleShapesQuery): Promise<Page<CycleShapeRow>>;
  cycle(id: number): Promise<CycleRow>;
  /** What ties a cycle of many members. Rejects with `NotFound` where a field that is to be left out is none of this dump. */
  knot(query: KnotQuery): Promise<Knot>;
  entering(id: number, range: Range): Promise<Page<BorderReference>>;
  leaving(id: number, range: Range): Promise<Page<BorderReference>>;
  types(query: ListQuery<TypeColumn>): Promise<Page<TypeRow>>;
  /** Types by the package that they, or their elements, are of. */
  packages(query: ListQuery<PackageColumn>): Promise<Page<PackageRow>>;
  objects(query: ObjectsQuery): Promise<Page<ObjectRow>>;
  /** The object that an address lies in (anywhere inside); null where there is none. */
  object(address: Address): Promise<ObjectDetail | null>;
  contents(address: Address, offset: number, length: number): Promise<Contents>;
  /** The object's value, field by field, as its type reads it; no rows where the type is not known, at most MAX_PAGE in all. */
  values(address: Address, range: Range): Promise<Page<ValueRow>>;
  /** The types that the dump alone tells apart without naming them, by address; none while names come from an executable. */
  identities(range: Range): Promise<Page<IdentityRow>>;
  /** Every object with what names it, by address. */
  names(range: Range): Promise<Page<NameRow>>;
  references(address: Address, range: Range): Promise<Page<ReferenceRow>>;
  referrers(address: Address, range: Range): Promise<Page<ReferrerRow>>;
  /** What would let go of an object or a cycle, at most `limit` rows. Garbage has nothing to let go of it. */
  cuts(of: CutsOf, limit: number): Promise<Cuts>;
  /** What would free objects, by kind: who holds them, what goes without each kind and without some together, and the fewest kinds that free them. */
  free(query: FreeQuery): Promise<Freeing>;
  /**
   * Where the memory is: objects on one way each from a root, those whose ways are of the same kinds as one node. Rejects with `BadRequest` for
   * a field or text that cannot be read, with `NotFound` for a node, type, cycle or finding that is not there.
   */
  retention(query: RetentionQuery): Promise<RetentionTree>;
  dominated(query: DominatedQuery): Promise<Page<DominatedRow>>;
  /** The same by type: a row for all children that are called the same, that of the largest first. */
  dominatedKinds(query: DominatedKindsQuery): Promise<Page<DominatedKindRow>>;
  /** From the object up to the roots: its immediate dominator first. */
  dominatorChain(address: Address): Promise<ObjectRow[]>;
  /** Rejects with `NotFound` for a field, type or kind of root in `avoid` that this dump does not have. */
  rootPaths(query: PathsQuery): Promise<{ total: number; paths: RootPath[] }>;
  /** The same paths by what they look like. */
  rootPathKinds(query: PathKindsQuery): Promise<PathKinds>;
  goroutines(query: GoroutinesQuery): Promise<Page<GoroutineRow>>;
  /** The goroutines by stack: a row for all that stand at the same calls and that the same go statement started. */
  goroutineKinds(query: ListQuery<GoroutineKindColumn>): Promise<Page<GoroutineKindRow>>;
  goroutine(id: number): Promise<GoroutineDetail>;
  roots(query: RootsQuery): Promise<Page<RootRow>>;
  /** The roots by kind: a row for each variable, whatever the goroutine, and for what else holds. */
  rootKinds(query: ListQuery<RootKindColumn>): Promise<Page<RootKindRow>>;
  /** Closures in the heap, by function; those without captured variables lie in the executable and are not among them. */
  closures(query: ListQuery<ClosureColumn>): Promise<Page<ClosureRow>>;
  /** Every sync.Pool that has been used: package variables first, each kind in the order of addresses. Known by an executable only. */
  pools(query: ListQuery<PoolColumn>): Promise<Page<PoolRow>>;
  /** The pool at `PoolRow.address`. Rejects with `NotFound` where there is none. */
  pool(address: Address): Promise<PoolRow>;
  /** What lies in it: its own parts first, then the victims, by processor. */
  poolItems(address: Address, range: Range): Promise<Page<PoolItem>>;
  /**
   * What looks wrong. Detectors run once, behind all questions, and again when names have changed; until they are through the answer waits. A
   * detector that fails is told as skipped.
   */
  findings(range: Range): Promise<FindingsPage>;
  drawing(query: DrawingQuery): Promise<DrawnGraph>;
  /** Addresses, goroutine numbers (`goroutine 17`, `g17`), cycle numbers (`cycle 3`), type and function names. */
  search(text: string, limit: number): Promise<SearchHit[]>;
}
