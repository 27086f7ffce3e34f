// What keeps a cycle: on sketches where every rule is met alone, and on dumps of programs that planted their cycles.
import { describe, expect, test } from 'vitest';
import { parseSketch } from '../../../fixtures/shapes/sketch';
import { ROOT } from '../../../workers/graph/heap-graph';
import { ArraySource } from '../../../workers/dump/byte-source';
import { readGoVersion } from '../../../workers/go/version';
import { finish } from '../../../workers/lib/work';
import { Beliefs, type Belief } from '../../../workers/naming/beliefs/beliefs';
import { classKeys } from '../../../workers/session/tables/cycle-class';
import { findCycleFacts, findCycleStructures } from '../../../workers/session/computed/cycle-facts';
import { findCycleClasses } from '../../../workers/cycles/cycle-classes';
import { KEEPER, type Kept } from '../../../workers/cycles/keepers';
import { STRUCTURE } from '../../../workers/cycles/runtime-structures';
import { analyse } from '../../support/analyse';
import { bytesOf, truthOf } from '../../support/dumps';
import { objectGraph } from '../../support/object-graph';
import { analysedDump } from '../../support/analysed-heap';

interface Extras {
  /** Structures by the names of objects. */
  structures?: Record<string, keyof typeof STRUCTURE>;
  /** Which Go wrote it; 1.24 where nothing says. */
  go?: string;
  /** The one goroutine that there is waits for ever. */
  stuck?: boolean;
  /** Objects of a type, by its name and package, or a closure of a function. */
  types?: Record<string, { name: string; packagePath?: string; function?: string }>;
}

function classesOf(drawing: string, { structures = {}, stuck = false, types = {}, go = 'go1.24.4' }: Extras): string[] {
  const sketch = parseSketch(drawing);
  const small = objectGraph(drawing);
  const { account, reachability, components } = analyse(small);
  const kinds = new Uint8Array(small.vertexCount);
  for (const [name, kind] of Object.entries(structures)) kinds[sketch.id(name)] = STRUCTURE[kind];
  // every strong root stands where the sketch has it: there are no weak ones before it
  for (const [index, { roots }] of sketch.finalizers.entries())
    for (const root of roots) small.roots.owner[root] = index;
  const all = [{ type: null, count: 1, source: 0, extent: 'start', candidates: [] } as unknown as Belief];
  const number = new Uint32Array(small.vertexCount);
  for (const [name, type] of Object.entries(types)) {
    number[sketch.id(name)] =
      all.push({ type: { packagePath: null, function: null, ...type }, extent: 'whole' } as unknown as Belief) - 1;
  }
  const kept = {
    graph: {
      ...small,
      index: { objectAt: (address: number) => address },
      records: {
        params: { go: readGoVersion(go), pointerBytes: 8 },
        frames: [{ goroutine: 0 }],
        finalizers: sketch.finalizers.map(({ object, queued }) => ({ object, queued })),
      },
    },
    naming: { rootName: () => null, beliefs: new Beliefs(all, { number, teller: number, tellerOffset: number }) },
    reachability,
    components,
    structures: kinds,
    stuck: Uint8Array.of(stuck ? 1 : 0),
  } as unknown as Kept; // as much of a heap as classes look at
  const used = account.used;
  const codes = [...finish(findCycleClasses(kept, account))];
  expect(account.used, 'scratch memory is given back').toBe(used);
  const names = Object.entries(KEEPER);
  return codes.map((code) => names.find(([, known]) => known === code)![0]);
}

/** A program of Go 1.26 with cleanups whose argument is of a shape; their closures are `c`, or have these names. */
function boxed(shape: string, ...closures: string[]): Extras {
  const cleanup = { name: 'closure', function: `runtime.AddCleanup[go.shape.int,${shape}].func1` };
  return {
    go: 'go1.26.1',
    types: Object.fromEntries((closures.length > 0 ? closures : ['c']).map((c) => [c, cleanup])),
  };
}

/** The same with closures of the program. */
function withFunctions(...closures: string[]): Extras {
  const extras = boxed('go.shape.int');
  const closure = { name: 'closure', function: 'main.open.func1' };
  const own = closures.map((name) => [name, closure] as const);
  return { ...extras, types: { ...extras.types, ...Object.fromEntries(own) } };
}

const RULES: [string, string, Extras, string[]][] = [
  ['a global', 'data -> a -> b -> a', {}, ['global']],
  ['a goroutine', 'stack -> a -> b -> a', {}, ['goroutine']],
  ['a goroutine that waits for ever', 'stack -> a -> b -> a', { stuck: true }, ['stuckGoroutine']],
  ['the record of one that waits for ever', 'goroutine -> a -> a', { stuck: true }, ['stuckGoroutine']],
  ['one that waits for ever, and a global', 'stack -> a -> a; bss -> a', { stuck: true }, ['global']],
  ['words of a stack', 'word -> a -> a', {}, ['stackWord']],
  ['words of a stack that waits for ever', 'word -> a -> a', { stuck: true }, ['stuckGoroutine']],
  ['another root', 'other -> a -> a', {}, ['other']],
  ['nothing', 'data -> x; a -> b -> a', {}, ['nothing']],
  ['a finalizer on a member', 'finalizer(a) -> f; a -> b -> a', {}, ['finalizer']],
  ['a finalizer on a member, and a global', 'data -> a; finalizer(a) -> f; a -> b -> a', {}, ['finalizer']],
  ['a queued finalizer on a member', 'queued(a) -> f; a -> b -> a', {}, ['finalizing']],
  [
    'a finalizer on a cycle that leads to it',
    'finalizer(a) -> f; a -> a; a -> x -> b -> b',
    {},
    ['finalizer', 'finalizer'],
  ],
  ['a global, behind such a cycle', 'finalizer(a) -> f; a -> a; a -> b -> b; data -> b', {}, ['finalizer', 'global']],
  ['a finalizer that is going to run', 'finalizer(a) -> f; a -> x -> b -> b', {}, ['finalizing']],
  [
    'a finalizer that is going to run, on what a cycle leads to',
    'b -> b -> a; finalizer(a) -> f; a -> x',
    {},
    ['nothing'],
  ],
  ['a pool', 'data -> p -> a -> b -> a', { structures: { p: 'poolLocals' } }, ['pool']],
  [
    'a pool and a goroutine',
    'data -> p -> a -> b -> a; stack -> b',
    { structures: { p: 'poolLocals' } },
    ['goroutine'],
  ],
  [
    'a pool and a stuck goroutine',
    'data -> p -> a -> a; stack -> a',
    { structures: { p: 'poolLocals' }, stuck: true },
    ['stuckGoroutine'],
  ],
  ['a pool that lies on the cycle', 'data -> a -> p -> b -> a', { structures: { p: 'poolLocals' } }, ['global']],
  ['a processor', 'data -> p -> timers -> a -> a', { structures: { p: 'processor' } }, ['timer']],
  [
    'a processor and a pool',
    'data -> p -> a -> a; data -> q -> a',
    { structures: { p: 'processor', q: 'poolLocals' } },
    ['timer'],
  ],
  [
    'a processor on the cycle itself',
    'data -> p -> h -> a, b; a -> p; b -> p; a -> x -> a',
    { structures: { p: 'processor' } },
    ['timer'],
  ],
  [
    'a processor on the cycle itself, and a goroutine that keeps most of it',
    'data -> p -> h -> a; a -> p; b -> b -> c -> a -> d -> b; stack -> a',
    { structures: { p: 'processor' } },
    ['goroutine'],
  ],
  [
    'a processor on the cycle itself, and a global that keeps least of it',
    'data -> p -> h -> a, g; h -> h; g -> p; a -> b -> a; a -> p; data -> g',
    { structures: { p: 'processor' } },
    ['timer'],
  ],
  [
    'nothing but the descriptor of a goroutine',
    'data -> g -> s -> a -> a; goroutine -> g',
    { structures: { g: 'goroutine', s: 'waiter' } },
    ['goroutine'],
  ],
  [
    'the descriptor of one that waits for ever',
    'data -> g -> s -> a -> a; goroutine -> g',
    { structures: { g: 'stuckGoroutine', s: 'waiter' }, stuck: true },
    ['stuckGoroutine'],
  ],
  ['only descriptors join it', 'data -> g -> s -> g', { structures: { g: 'goroutine', s: 'waiter' } }, ['runtime']],
  [
    'descriptors join what leads nowhere by itself',
    'data -> p -> h -> t -> p; t -> u; h -> u; u -> p',
    { structures: { p: 'processor' } },
    ['runtime'],
  ],
  [
    'a machine',
    'data -> m -> g0 -> m; m -> g; g -> m; goroutine -> g',
    { structures: { m: 'machine', g: 'goroutine' } },
    ['runtime'],
  ],
  [
    'types of the runtime',
    'data -> t -> c -> t',
    { types: { t: { name: 'time.Timer', packagePath: 'time' }, c: { name: 'chan time.Time' } } },
    ['runtime'],
  ],
  [
    'one type that is not of the runtime',
    'data -> t -> c -> t',
    { types: { t: { name: 'runtime.timer', packagePath: 'runtime' }, c: { name: 'main.C', packagePath: 'main' } } },
    ['global'],
  ],
  [
    'a cleanup',
    'data -> x; c -> a -> a',
    { types: { c: { name: 'closure', function: 'runtime.AddCleanup[...].func1' } } },
    ['cleanup'],
  ],
  [
    'a cleanup of what is held',
    'data -> a; c -> a -> a',
    { types: { c: { name: 'closure', function: 'runtime.AddCleanup[...].func1' } } },
    ['global'],
  ],
  ['the box of a cleanup', 'data -> x; c; b:8 -> a -> a', boxed('go.shape.*uint8'), ['cleanup']],
  [
    'boxes of two cleanups',
    'data -> x; c; d; b:8 -> a -> a; e:8 -> x',
    boxed('go.shape.*uint8', 'c', 'd'),
    ['cleanup'],
  ],
  ['more boxes than cleanups', 'data -> x; c; b:8 -> a -> a; e:8 -> x', boxed('go.shape.*uint8'), ['nothing']],
  ['the box of a struct', 'data -> x; c; b:32 -> a -> a', boxed('go.shape.struct { main.s *main.S }'), ['cleanup']],
  ['no box of a struct', 'data -> x; c; b:8 -> a -> a', boxed('go.shape.struct { main.s *main.S }'), ['nothing']],
  ['no box of a pointer', 'data -> x; c; b:32 -> a -> a', boxed('go.shape.*uint8'), ['nothing']],
  ['what a box leads to is held', 'data -> a; c; b:8 -> a -> a', boxed('go.shape.*uint8'), ['global']],
  ['a box that something refers to', 'data -> x; c; h -> b; b:8 -> a -> a', boxed('go.shape.*uint8'), ['nothing']],
  ['the function of a cleanup', 'data -> x; c; f -> a -> a', withFunctions('f'), ['cleanup']],
  ['more functions than cleanups', 'data -> x; c; f -> a -> a; g -> x', withFunctions('f', 'g'), ['nothing']],
  [
    'before there were boxes',
    'data -> x; c; b:8 -> a -> a',
    { ...boxed('go.shape.*uint8'), go: 'go1.25.12' },
    ['nothing'],
  ],
  ['no cycle at all', 'data -> a -> b', {}, []],
];

test.each(RULES)('%s', (_, drawing, extras, expected) => {
  expect(classesOf(drawing, extras)).toEqual(expected);
});

describe('cycles of types that every program ties together', () => {
  const classOf = (name: string, packagePath: string | null): string =>
    classesOf('data -> a -> b -> a', {
      types: {
        a: { name, ...(packagePath === null ? {} : { packagePath }) },
        b: { name: 'time.Timer', packagePath: 'time' },
      },
    })[0];

  test.each([
    ['time.Timer', 'time'],
    ['time.Ticker', 'time'],
    ['chan time.Time', null],
    ['sync.poolChainElt', 'sync'],
    ['runtime.timer', 'runtime'],
    ['internal/runtime/maps.table', 'internal/runtime/maps'],
    ['internal/runtime/atomic.Int64', 'internal/runtime/atomic'],
    ['internal/sync.node[interface {},interface {}]', 'internal/sync'],
  ])('%s is the runtime’s own', (name, packagePath) => expect(classOf(name, packagePath)).toBe('runtime'));

  test.each([
    ['time.Location', 'time'],
    ['*time.Timer', null],
    ['chan time.Timer', null],
    ['chan time.Duration', null],
    ['sync.poolChain', 'sync'],
    ['sync.Map', 'sync'],
    ['main.Timer', 'main'],
    ['runtime/pprof.profMap', 'runtime/pprof'],
    ['internal/runtimes.T', 'internal/runtimes'],
    ['internal/poll.FD', 'internal/poll'],
    ['internal/sync/atomic.T', 'internal/sync/atomic'],
    ['example.com/runtime.T', 'example.com/runtime'],
    ['example.com/internal/sync.T', 'example.com/internal/sync'],
    ['main.unnamed', null],
  ])('%s is not', (name, packagePath) => expect(classOf(name, packagePath)).toBe('global'));
});

/** A bucket leads to those that overflow from it, which lie in the same array from some size on. */
test.each([
  ['map.bucket[string]*main.T', 'runtime'],
  ['main.bucket[string]', 'global'],
])('an array of %s that leads into itself is kept by %s', (name, expected) => {
  const types = { a: { name } };
  expect(classesOf('data -> map -> a -> a', { types })).toEqual([expected]);
});

/** Cycles of a dump that its program planted → their classes. */
const PLANTED: [string, Record<string, string>][] = [
  ['go1.27.4/finalizers', { 'A0<->B0': 'finalizer', ring: 'global', self: 'global' }],
  ['go1.19.8/finalizers', { 'A4<->B4': 'finalizer', ring: 'global', self: 'global' }],
  ['go1.27.4-mips/finalizers', { 'A1<->B1': 'finalizer', ring: 'global' }],
  ['go1.24.4/timers', { 'session0<->timer<->closure': 'timer', 'session9<->timer<->closure': 'timer' }],
  ['go1.27.4/chanleak', { 'worker<->chan': 'goroutine' }],
  ['go1.27.4-386/chanleak', { 'worker<->chan': 'goroutine' }],
  ['go1.27.4/cache', { 'cache<->sessions': 'global', 'map holding itself': 'global' }],
  ['go1.27.4/poolcycle', { 'owner<->pool<->items<->closures': 'global' }],
  ['go1.27.4/cleanup', { 'generic ring': 'global' }],
  ['go1.26.11/ctxleak', { 'request0<->valueCtx': 'goroutine' }],
];

describe('in dumps of programs', () => {
  test.each(PLANTED)('%s', async (name, expected) => {
    const { dump, classes } = await classesIn(name);
    const { objects, sccs } = truthOf(name);
    const found: Record<string, string> = {};
    for (const scc of Object.keys(expected)) {
      const { members, addrs = [] } = sccs.find((one) => one.name === scc)!;
      const addresses = [...addrs, ...members.map((member) => objects.find((one) => one.name === member)!.addr)];
      const cycles = new Set(
        addresses.map((address) => dump.components.cycleOf[dump.graph.index.objectAt(Number(address))]),
      );
      found[scc] = [...cycles].map((cycle) => classKeys(classes[cycle]).class).join();
    }
    expect(found).toEqual(expected);
  });

  test('the pairs that mixed let go of are held by nothing', async () => {
    const { dump, classes } = await classesIn('go1.24.4/mixed-3k');
    const unheld = [...classes.keys()].filter((cycle) => classes[cycle] === KEEPER.nothing);
    expect(unheld).toHaveLength(truthOf('go1.24.4/mixed-3k').counts['garbage.pairs']);
    const { memberStart } = dump.components;
    expect(unheld.every((cycle) => memberStart[cycle + 1] - memberStart[cycle] === 2)).toBe(true);
  });

  test.each(['go1.26.11/fresh', 'go1.27.4/deferleak', 'go1.19.8/deferleak', 'go1.27.4/stackroots'])(
    '%s has cycles of the runtime, and none that a person should worry about',
    async (name) => {
      const { classes } = await classesIn(name);
      const worrying: number[] = [KEEPER.finalizer, KEEPER.stuckGoroutine, KEEPER.goroutine];
      expect(classes.filter((code) => worrying.includes(code))).toEqual(new Uint8Array(0));
      expect(classes.filter((code) => code === KEEPER.runtime).length).toBeGreaterThan(3);
    },
  );

  test('every record of a goroutine and processor is found without an executable', async () => {
    const { structures, dump } = await classesIn('go1.27.4-386/chanleak');
    const count = (...kinds: number[]) => structures.filter((kind) => kinds.includes(kind)).length;
    expect(count(STRUCTURE.goroutine, STRUCTURE.stuckGoroutine)).toBe(dump.graph.records.goroutines.length);
    expect(count(STRUCTURE.processor)).toBeGreaterThan(0);
    expect(dump.graph.roots.kind.includes(ROOT.goroutine)).toBe(true);
  });
});

async function classesIn(name: string) {
  const dump = await analysedDump(new ArraySource(bytesOf(`${name}.heap`)), null);
  const structures = await findCycleStructures(dump, {
    checkpoint: () => undefined,
    drive: (work) => Promise.resolve(finish(work)),
  });
  const { classes } = finish(findCycleFacts(dump, structures));
  return { dump, classes, structures: structures.structures };
}
