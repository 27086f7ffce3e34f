// What holds each object and each root, on sketches where every rule is met alone.
import { expect, test } from 'vitest';
import { parseSketch } from '../../../fixtures/shapes/sketch';
import { findKeepers, KEEPERS, type Kept } from '../../../workers/cycles/keepers';
import { STRUCTURE } from '../../../workers/cycles/runtime-structures';
import { finish } from '../../../workers/lib/work';
import { analyse } from '../../support/analyse';
import { objectGraph } from '../../support/object-graph';

interface Extras {
  structures?: Record<string, keyof typeof STRUCTURE>;
  stuck?: boolean;
  /** Names of roots, in the order of the sketch's. */
  names?: string[];
}

function keepersOf(drawing: string, { structures = {}, stuck = false, names = [] }: Extras) {
  const sketch = parseSketch(drawing);
  const graph = objectGraph(drawing);
  const { account, reachability, components } = analyse(graph);
  const kinds = new Uint8Array(graph.vertexCount);
  for (const [name, kind] of Object.entries(structures)) kinds[sketch.id(name)] = STRUCTURE[kind];
  const kept = {
    graph: { ...graph, records: { frames: [{ goroutine: 0 }], finalizers: [] } },
    naming: { rootName: (root: number) => names.at(root) ?? null, beliefs: { all: [], numberOf: () => 0 } },
    reachability,
    components,
    structures: kinds,
    stuck: Uint8Array.of(stuck ? 1 : 0),
  } as unknown as Kept; // as much of a heap as keepers look at
  const used = account.used;
  const found = finish(findKeepers(kept, account));
  account.release(found.ofObject, found.ofRoot);
  expect(account.used, 'nothing but the answer is kept').toBe(used);
  return { found, id: (name: string) => sketch.id(name), graph };
}

const RULES: [string, string, Extras, Record<string, string>][] = [
  ['a global and a goroutine', 'data -> a -> b; stack -> c -> b', {}, { a: 'global', b: 'global', c: 'goroutine' }],
  [
    'timers that the list of processors leads to',
    'bss -> allp -> p -> timers -> a -> x; stack -> x',
    { structures: { p: 'processor' }, names: ['runtime.allp'] },
    { allp: 'runtime', p: 'runtime', timers: 'timer', a: 'timer', x: 'goroutine' },
  ],
  [
    'timers where nothing names the list of processors',
    'bss -> allp -> p -> timers -> a',
    { structures: { p: 'processor' } },
    { allp: 'global', p: 'runtime', a: 'timer' },
  ],
  [
    'the list of all pools',
    'bss -> owner -> locals -> item; owner -> big; bss -> mine -> big',
    { structures: { locals: 'poolLocals' }, names: ['sync.allPools', 'main.mine'] },
    { owner: 'runtime', locals: 'runtime', item: 'pool', big: 'global' },
  ],
  ['a registry inside the library', 'bss -> a', { names: ['internal/godebug.cache'] }, { a: 'runtime' }],
  ['a variable of the program', 'bss -> a', { names: ['main.runtime.x'] }, { a: 'global' }],
  ['words of a stuck goroutine', 'word -> a -> b', { stuck: true }, { a: 'stuck goroutine', b: 'stuck goroutine' }],
  ['words of a stack', 'word -> a', {}, { a: 'stack word' }],
  ['nothing', 'data -> x; a -> b', {}, { a: 'nothing', b: 'nothing' }],
];

test.each(RULES)('%s', (_, drawing, extras, expected) => {
  const { found, id } = keepersOf(drawing, extras);
  const names = Object.keys(expected).map((name) => [name, KEEPERS[found.ofObject[id(name)]]]);
  expect(Object.fromEntries(names)).toEqual(expected);
});

test('sums count each object once', () => {
  const { found, graph } = keepersOf('data -> a -> b; stack -> c; d', {});
  expect(found.objects.reduce((sum, objects) => sum + objects, 0)).toBe(graph.objectCount);
  expect([...found.objects].filter((objects) => objects > 0)).toEqual([2, 1, 1]);
});

test('a root counts as what it is, words of a stack as words whoever waits', () => {
  const { found } = keepersOf('bss -> a; stack -> b; word -> c', { stuck: true, names: ['runtime.allgs'] });
  expect(Array.from(found.ofRoot, (keeper) => KEEPERS[keeper])).toEqual(['runtime', 'stuck goroutine', 'stack word']);
});
