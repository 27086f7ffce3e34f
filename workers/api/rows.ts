/** The rows that answers are made of. One row is one line of a table; nothing here refers to the graph. */
import type { Holder } from './holders';
import type { Address, Evidence, Held, RootKind, TypeLabel } from './values';

/** Where reading stopped being sure, and what is missing because of it. */
export interface DumpProblem {
  /** Bytes from the start of the file. */
  offset: number;
  /** The kind of record being read, in the words of FORMAT: `object`, `stack frame`, `bss` …; null between records. */
  record: string | null;
  expected: string;
  found: string;
  /** What a reader has to do without, in words: `globals`, `stacks of some goroutines`, `memory statistics` … */
  lost: string[];
}

export interface DumpWarning {
  /** Stable, for scripts: `bytes-after-end`, `counts-differ`, `executable-mismatch`, `names-partial`, `names-missing` … */
  code: string;
  message: string;
  offset: number | null;
}

export interface DumpFacts {
  bytes: number;
  state: 'whole' | 'truncated' | 'damaged';
  truncated: boolean;
  problem: DumpProblem | null;
  goVersion: string;
  architecture: string;
  pointerBytes: 4 | 8;
  byteOrder: 'little' | 'big';
  warnings: DumpWarning[];
}

/** The runtime's own statistics, keyed as `runtime.MemStats` names them (without PauseNs). */
export interface MemStats {
  HeapObjects?: number;
  HeapAlloc?: number;
  /** When the last collection ended, in nanoseconds since 1970: decimal digits, for it is above 2^53. */
  LastGC?: string;
  [field: string]: number | string | undefined;
}

export interface EvidenceCounts {
  exact: number;
  likely: number;
  kind: number;
  shape: number;
}

export interface HolderTotal {
  holder: Holder;
  objects: number;
  bytes: number;
}

/** Everything about the dump as a whole: the answer of `summary`, and the Overview. */
export interface Summary {
  dump: DumpFacts;
  heap: {
    objects: number;
    bytes: number;
    reachableObjects: number;
    reachableBytes: number;
    weakObjects: number;
    references: number;
    phantomRecords: number;
    phantomBytes: number;
  };
  memstats: MemStats | null;
  goroutines: { total: number; user: number; system: number; byState: Record<string, number> };
  /** References from roots into the heap, by kind. */
  roots: Record<RootKind, number>;
  finalizers: { total: number; queued: number };
  cycles: { count: number; objects: number; bytes: number; largest: number };
  naming: {
    objects: EvidenceCounts;
    bytes: EvidenceCounts;
    executable: ExecutableFacts | null;
    /** Objects of which two things were said, both as certain; by what was believed and what was not. */
    contradictions: readonly { believed: string; refused: string; objects: number }[];
  };
  /** Each object counted once, by the first that holds it; in the order of HOLDERS. */
  heldBy: HolderTotal[];
  /** What this dump cannot tell, in sentences for a person. */
  limits: string[];
}

/** The executable that names come from, and how well it fits the dump. */
export interface ExecutableFacts {
  file: string;
  goVersion: string;
  stripped: boolean;
  /** With debug information (DWARF): variables have names. */
  debug: boolean;
  /** Its types and functions are those of the dump. */
  matches: boolean;
  /** What of it is used; `types`: functions and types, not what lies in its data. */
  level: 'full' | 'types' | 'functions' | 'none';
  /** In words, with the first thing that differs where it does not match. */
  verdict: string;
}

export interface ObjectRow extends TypeLabel {
  address: Address;
  /** Bytes of the slot. */
  size: number;
  held: Held;
  holder: Holder;
  retainedSize: number;
  retainedObjects: number;
  /** References from the nearest root, 1 for what a root points at; null where nothing recorded reaches it. */
  distance: number | null;
  /** The cycle it is a member of. */
  cycle: number | null;
  references: number;
  referrers: number;
  hasFinalizer: boolean;
}

export interface ObjectDetail extends ObjectRow {
  /** Where the allocator's slot begins; before `address` where there is a malloc header. */
  slot: Address;
  reachable: boolean;
  /** The immediate dominator: an object, `root` for the roots together, null where nothing recorded reaches the object. */
  dominator: Address | 'root' | null;
  /** The finalizer's function, or its entry pc where no name is known. */
  finalizer: string | null;
  /** Why the type is believed, as a sentence; null where nothing is known of it. */
  reason: string | null;
  /** The chain of such sentences, from this object back to something that is exact by itself; `reason` first, empty where that is null. */
  reasons: string[];
  /** The stack that allocated it; null where the program's memory profile did not sample it. */
  allocation: Allocation | null;
}

/** A site of the memory profile: objects of one size, allocated by one stack. */
export interface Allocation {
  /** Innermost first. Where a call was inlined, the function is the outer one, but file and line are those of the inlined code. */
  frames: AllocationFrame[];
  /** Bytes asked for. */
  size: number;
  /** Sampled allocations and frees of the site; both lag behind until a collection publishes them. */
  allocs: number;
  frees: number;
}

export interface AllocationFrame {
  function: string;
  file: string;
  line: number;
}

/** What is written in an object, one field or element a row. */
export interface ValueRow {
  /** Go field path: `.name`, `[3].conn`, `key[2]`, `captured r`; '' is the value itself. */
  field: string;
  type: string;
  /** The value in words: `"user:17"`, `len 3, cap 4`, `42`, `nil`. */
  text: string;
  /** The object that the value leads to; null where it leads to none. */
  target: Address | null;
}

/** A type known by its address and package only: the dump's writer cuts the names of pointer types with methods. */
export interface IdentityRow {
  /** The address of the pointer type's descriptor: the same in every mention of it, so long as the dump is the same. */
  identity: Address;
  /** Import path. */
  package: string;
  /** What it points at, as labels call it that no name was given to. */
  words: string;
  /** The name that a person has given to what it points at, with its package; null where there is none. */
  name: string | null;
}

/** One object as `name-report` writes it. */
export interface NameRow {
  address: Address;
  /** `[N]T` for several values side by side; null where there is no name. */
  type: string | null;
  evidence: Evidence;
  size: number;
  /** One sentence: what says so, or that nothing does. */
  reason: string;
}

/** A pointer out of an object. Offsets count from the address of the referring object's value. */
export interface ReferenceRow extends TypeLabel {
  offset: number;
  /** The Go field path, where it is known. */
  field: string | null;
  target: Address;
  targetOffset: number;
  size: number;
  retainedSize: number;
}

/** A pointer into an object, from an object or from a root. */
export interface ReferrerRow {
  from: Address | 'root';
  /** The referring object's label; null for a root. */
  label: TypeLabel | null;
  root: RootLabel | null;
  /** Offset of the pointer in the referring object's value; for a root, in its segment or frame; null where a root has none. */
  offset: number | null;
  field: string | null;
  targetOffset: number;
  retainedSize: number | null;
}

/** A place outside the heap that holds a pointer into it. */
export interface RootLabel {
  kind: RootKind;
  /** What it counts as, where it is what holds a thing. */
  holder: Holder;
  /** The variable where it is known, else the place: `bss+0x1a40`, `data+0x20`, `main.serve +0x28`, `finalizer of 0xc000…`. */
  name: string;
  /** True where only stack words that no pointer list names are the evidence. */
  weak: boolean;
  goroutine: number | null;
  /** The function whose frame it is. */
  frame: string | null;
  /** Where the pointer itself lies; for a finalizer, the object that it was set on. */
  address: Address | null;
}

export interface RootRow extends RootLabel, TypeLabel {
  target: Address;
  targetOffset: number;
  size: number;
  retainedSize: number;
}

export interface TypeRow {
  /** The type's name (`[]T` for several values side by side, however many), else the hint, else the shape. */
  name: string;
  /** Import path of its package, or of its element's; null where it has none or is not known. */
  package: string | null;
  /** That of the object of which least is known. */
  evidence: Evidence;
  /** Shape of its objects; with the name, for a filter that selects exactly these. `several sizes` where they differ. */
  shape: string;
  objects: number;
  bytes: number;
  /** Retained by all objects of the type together, none counted twice. */
  retainedBytes: number;
  largest: number;
}

/** A place in the program's source; file and line are known where the executable is at hand. */
export interface SourcePlace {
  function: string;
  file: string | null;
  line: number | null;
}

/** What a goroutine waits on: a channel, what its lock lies in, a coroutine. */
export interface WaitedObject extends TypeLabel {
  address: Address;
}

export interface GoroutineRow {
  id: number;
  /** As Go prints it: `waiting`, `runnable`, `syscall`, `idle`, `running`. */
  state: string;
  waitReason: string | null;
  system: boolean;
  /** Outermost function of the user's code that the stack shows. */
  entry: string | null;
  /** Function of the innermost frame. */
  top: string | null;
  /** The innermost call of the program's own code: neither the standard library's nor the runtime's. Null where there is none. */
  waitsIn: SourcePlace | null;
  /** The `go` statement that started it; null where nothing tells. */
  createdBy: SourcePlace | null;
  /** Nanoseconds that it has waited at least, between collections that saw it; null where they do not tell. */
  waitedAtLeast: number | null;
  /** The first of what it waits on, which is more than one thing in a select; empty where that is not known. */
  waitsOn: WaitedObject[];
  waitsOnTotal: number;
  frames: number;
  defers: number;
  /** Objects that only this goroutine's stack, descriptor and defers hold. */
  retainedObjects: number;
  retainedBytes: number;
  address: Address;
}

export interface FrameRow {
  depth: number;
  function: string;
  pc: Address;
  sp: Address;
  bytes: number;
  /** Pointers of this frame into the heap, strong and weak. */
  roots: RootRow[];
  rootsTotal: number;
}

export interface GoroutineDetail extends GoroutineRow {
  stack: FrameRow[];
  /** Pointers of the descriptor, saved context, defer and panic records. */
  other: RootRow[];
}

export interface DominatedRow extends ObjectRow {
  /** Objects immediately dominated by it. */
  children: number;
}

export interface PathStep extends TypeLabel {
  address: Address;
  size: number;
  retainedSize: number;
  /** The pointer of the previous step (or the root) that leads here, as a field where known. */
  field: string | null;
  /** The same as an offset in the previous step's value; null for the first step of a root without a place. */
  offset: number | null;
}

export interface RootPath {
  root: RootLabel;
  /** From the object that the root points at to the object asked for, both included. */
  steps: PathStep[];
  /** Steps left out in the middle of a path longer than MAX_PAGE: `steps` then holds its two ends, half and half. */
  omitted?: number;
}

export interface Contents {
  address: Address;
  offset: number;
  /** The bytes as the dump holds them; fewer than asked for at the end of the object. */
  bytes: Uint8Array;
  size: number;
  pointerBytes: 4 | 8;
  byteOrder: 'little' | 'big';
  /** Offsets, in this window, of words that the dump lists as pointers, with the object each leads to. */
  pointers: { offset: number; target: Address | null }[];
  /** Why there is nothing to show, where the file does not hold the contents. */
  missing: string | null;
}

export interface SearchHit {
  kind: 'object' | 'type' | 'goroutine' | 'cycle' | 'function';
  label: string;
  detail: string;
  address: Address | null;
  id: number | null;
}
