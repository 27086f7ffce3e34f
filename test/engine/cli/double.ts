/** A session with a handful of made-up rows: two objects in a ring, one of them held by a global, and a long list. */
import { EngineError } from '../../../workers/api';
import type {
  Address,
  AnalysisSession,
  CycleRow,
  CycleShapeRow,
  DetectorRow,
  FindingRow,
  ObjectDetail,
  ObjectRow,
  Page,
  Range,
  RootLabel,
  Summary,
  TypeLabel,
} from '../../../workers/api';

export const A: Address = '0xc000010000';
export const B: Address = '0xc000020008';

const shape = (size: number): TypeLabel => ({
  type: null,
  evidence: 'shape',
  hint: null,
  shape: `${size} B, pointers at +0`,
});

const GLOBAL: RootLabel = {
  kind: 'bss',
  holder: 'global',
  name: 'bss+0x1a40',
  weak: false,
  goroutine: null,
  frame: null,
  address: '0x57e280',
};

function row(address: Address, size: number): ObjectRow {
  return {
    ...shape(size),
    address,
    size,
    held: 'strong',
    holder: 'global',
    retainedSize: 1_234_567,
    retainedObjects: 1234,
    distance: 1,
    cycle: 0,
    references: 1,
    referrers: 2,
    hasFinalizer: false,
  };
}

const OBJECTS: ObjectDetail[] = [
  {
    ...row(A, 48),
    slot: A,
    reachable: true,
    dominator: 'root',
    finalizer: null,
    reason: null,
    reasons: [],
    allocation: null,
  },
  {
    ...row(B, 640),
    slot: '0xc000020000',
    reachable: true,
    dominator: A,
    finalizer: null,
    reason: null,
    reasons: [],
    allocation: null,
  },
];

const CYCLE: CycleRow = {
  id: 0,
  objects: 2,
  ownBytes: 688,
  retainedBytes: 1_234_567,
  holder: 'global',
  class: 'global',
  stuck: false,
  reason: 'A package variable leads to it.',
  held: 'strong',
  shape: '48 B, 640 B',
  enteringTotal: 1,
  leavingTotal: 0,
  through: [],
  finalizers: 0,
};

const CYCLE_SHAPE: CycleShapeRow = {
  first: 0,
  holder: 'global',
  class: 'global',
  stuck: false,
  reason: 'A package variable leads to it.',
  shape: '48 B, 640 B',
  joints: ['48 B +0x8 → 640 B'],
  through: [],
  exact: true,
  count: 1,
  objects: 2,
  ownBytes: 688,
  retainedBytes: 1_234_567,
  largest: 0,
  largestBytes: 1_234_567,
};

/** A leak whose texts hold everything that a report must escape, and a note. */
export const FINDINGS: FindingRow[] = [
  {
    id: 'finalizer-cycle-0badcafe',
    detector: 'finalizer-cycle',
    key: 'main.A → main.B',
    severity: 'leak',
    confidence: 'certain',
    basis: 'The dump records the finalizer.',
    title: '2 objects of []*main.A | main.B[int] lie in a cycle with a finalizer',
    objects: 1234,
    bytes: 1_234_567,
    evidence: [
      { kind: 'object', address: A, label: shape(48), text: 'has a finalizer, main.(*A).close' },
      { kind: 'goroutine', goroutine: 7, entry: 'main.serve', text: 'waits for it' },
      { kind: 'cycle', cycle: 0, text: 'joins both' },
    ],
    why: 'The runtime never frees an object with a finalizer that can reach itself, whatever else lets go of it: each ring stays for as long as the program runs.',
    fix: 'Set the finalizer on an object outside of the ring.',
    before: 'a.b = b\nb.a = a\nruntime.SetFinalizer(a, close)\n',
    after: 'a.b = b\n// ``` b does not refer to a\n',
    cut: [
      {
        from: A,
        fromLabel: shape(48),
        root: null,
        offset: 0,
        field: null,
        to: B,
        toLabel: shape(640),
        objects: 1234,
        bytes: 1_234_567,
        exact: true,
      },
      {
        from: 'root',
        fromLabel: null,
        root: GLOBAL,
        offset: null,
        field: null,
        to: A,
        toLabel: shape(48),
        objects: 1,
        bytes: 48,
        exact: false,
      },
    ],
  },
  {
    id: 'empty-map-00c0ffee',
    detector: 'empty-map',
    key: 'main.cache',
    severity: 'note',
    confidence: 'likely',
    basis: 'Its table is as large as Go makes them for a million entries.',
    title: 'main.cache has room for a million entries and holds 3',
    objects: 3,
    bytes: 4096,
    evidence: [],
    why: 'Maps never shrink.',
    fix: 'Make a new map and copy what is left.',
    before: null,
    after: null,
    cut: [],
  },
];

export const DETECTORS: DetectorRow[] = [
  { name: 'finalizer-cycle', title: 'Finalizers in cycles', found: 1, skipped: null },
  { name: 'empty-map', title: 'Maps far emptier than their tables', found: 1, skipped: null },
  { name: 'contexts', title: 'Contexts that nobody can cancel', found: 0, skipped: 'It needs the executable.' },
];

export const SUMMARY: Summary = {
  dump: {
    bytes: 382_514,
    state: 'whole',
    truncated: false,
    problem: null,
    goVersion: 'go1.24.4',
    architecture: 'amd64',
    pointerBytes: 8,
    byteOrder: 'little',
    warnings: [],
  },
  heap: {
    objects: 3412,
    bytes: 1_258_291,
    reachableObjects: 3300,
    reachableBytes: 1_153_434,
    weakObjects: 3,
    references: 4711,
    phantomRecords: 12,
    phantomBytes: 98_304,
  },
  memstats: { HeapAlloc: 1_258_291, HeapObjects: 3412, LastGC: '1790000000123456789' },
  goroutines: { total: 7, user: 2, system: 5, byState: { waiting: 6, running: 1 } },
  roots: { data: 10, bss: 20, stack: 5, goroutine: 7, finalizer: 1, other: 2 },
  finalizers: { total: 1, queued: 0 },
  cycles: { count: 1, objects: 2, bytes: 688, largest: 2 },
  naming: {
    objects: { exact: 0, likely: 0, kind: 0, shape: 3412 },
    bytes: { exact: 0, likely: 0, kind: 0, shape: 1_258_291 },
    executable: null,
    contradictions: [],
  },
  heldBy: [
    { holder: 'global', objects: 3300, bytes: 1_153_434 },
    { holder: 'nothing', objects: 112, bytes: 104_857 },
  ],
  limits: ['Types have no names without the executable.'],
};

/** The objects and the cycle above; `overrides` replaces single calls. Calls that a test does not expect reject. */
export function doubleSession(overrides: Partial<AnalysisSession> = {}): AnalysisSession {
  const find = (address: Address) =>
    OBJECTS.find((object) => {
      const into = BigInt(address) - BigInt(object.slot);
      return into >= 0n && into < BigInt(object.size);
    }) ?? null;
  const known: Partial<AnalysisSession> = {
    open: async () => SUMMARY,
    status: async () => ({
      state: 'ready',
      file: null,
      running: null,
      phases: [],
      objects: 0,
      memory: { used: 0, peak: 0, estimate: null },
      names: { generation: 1, running: false, problem: null },
    }),
    cancel: async () => {},
    close: async () => {},
    cycles: async (query) => pageOf([CYCLE], query),
    cycleShapes: async (query) => pageOf([CYCLE_SHAPE], query),
    cycle: async (id) => {
      if (id !== 0) throw new EngineError('NotFound', `There is no cycle ${id}.`);
      return CYCLE;
    },
    entering: async (_id, range) =>
      pageOf(
        [
          {
            from: 'root' as const,
            fromLabel: null,
            root: GLOBAL,
            offset: 0x1a40,
            field: null,
            to: A,
            toLabel: shape(48),
            retainedSize: null,
          },
        ],
        range,
      ),
    objects: async (query) => pageOf(OBJECTS, query),
    object: async (address) => find(address),
    values: async (_address, range) => pageOf([], range),
    references: async (address, range) =>
      pageOf(
        [
          {
            ...shape(640),
            offset: 0,
            field: null,
            target: address === A ? B : A,
            targetOffset: address === A ? 16 : 0,
            size: 640,
            retainedSize: 700,
          },
        ],
        range,
      ),
    referrers: async (address, range) =>
      pageOf(
        [
          {
            from: address === A ? B : A,
            label: shape(640),
            root: null,
            offset: 0,
            field: null,
            targetOffset: 0,
            retainedSize: 700,
          },
          {
            from: 'root' as const,
            label: null,
            root: GLOBAL,
            offset: 0x1a40,
            field: null,
            targetOffset: 0,
            retainedSize: null,
          },
        ],
        range,
      ),
    findings: async (range) => ({ ...pageOf(FINDINGS, range), detectors: DETECTORS }),
    rootPaths: async ({ address }) => ({
      total: 3,
      paths: [
        {
          root: GLOBAL,
          steps: [{ ...shape(48), address, size: 48, retainedSize: 1_234_567, field: null, offset: null }],
        },
      ],
    }),
    ...overrides,
  };
  return new Proxy(known as AnalysisSession, {
    get: (target, name) =>
      (Reflect.get(target, name) as unknown) ??
      (() => Promise.reject(new Error(`the double has no answer for ${String(name)}`))),
  });
}

/** The part of a list that a range asks for. */
export function pageOf<Row>(rows: readonly Row[], { offset, limit }: Range): Page<Row> {
  return { total: rows.length, offset, rows: rows.slice(offset, offset + limit) };
}
