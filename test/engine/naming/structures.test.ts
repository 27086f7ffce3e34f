/** Maps, channels and values of every layout that the runtime had, as real programs of both sides of each change built them. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { decodeObject } from '../../../workers/values/decode-value';
import type { Naming } from '../../../workers/naming/naming';
import { mapEntries } from '../../../workers/values/map-entries';
import { objectMemory } from '../../../workers/graph/contents/object-memory';
import { dumpsWithTruth, truthOf } from '../../support/dumps';
import { namingOf } from '../../support/programs';
import { plantedDifferences } from '../../support/planted';

const EXECUTABLES = fileURLToPath(new URL('../../../fixtures/executables/', import.meta.url));
const hasExecutable = (name: string): boolean => existsSync(`${EXECUTABLES}${name}.gz`);

const CASES = dumpsWithTruth()
  .filter((name) => name.endsWith('/structures'))
  .flatMap((dump) => [dump, ...[`${dump}-stripped`].filter(hasExecutable)].map((by) => ({ dump, by })));

/** Of very large maps only some thousand groups are looked at. */
const TOO_LARGE = 'map.directed';
/** What structure alone tells of the maps and channels: an empty one may be anything. */
const FEWEST_RECOGNIZED = 8;
/** What a stripped executable types: maps that only package variables hold are left to code. */
const FEWEST_TYPED = 4;
/** The names of what is known by its kind alone, and what the runtime calls a time.Timer since Go 1.23. */
const UNTYPED = new Set(['nothing', 'runtime.hmap', 'internal/runtime/maps.Map', 'runtime.hchan', 'runtime.timeTimer']);

test('both sides of every change are there', () => {
  expect(new Set(CASES.map(({ dump }) => dump.split('/')[0]))).toEqual(
    new Set([
      'go1.21.13',
      'go1.22.12-386',
      'go1.22.12-noallocheaders',
      'go1.23.5',
      'go1.24.4-noswissmap',
      'go1.25.12',
      'go1.25.12-greenteagc',
      'go1.26.11-nogreenteagc',
    ]),
  );
});

describe.each(CASES)('$dump by $by', ({ dump, by }) => {
  const executable = by === dump ? null : by;
  const { objects, counts } = truthOf(dump);
  let naming: Naming;
  beforeAll(async () => {
    naming = await namingOf(dump, executable);
  });

  const idOf = (name: string): number =>
    naming.graph.index.objectAt(Number(objects.find((object) => object.name === name)?.addr));
  const named = (prefix: string): string[] => objects.map(({ name }) => name).filter((name) => name.startsWith(prefix));

  /** The number that a map's or a channel's header counts. */
  const counted = async (prefix: string, path: RegExp): Promise<Record<string, number>> => {
    const found: Record<string, number> = {};
    for (const name of named(prefix)) {
      const rows = await decodeObject(naming, idOf(name));
      found[name] = Number(rows.find((row) => path.test(row.path))?.text);
    }
    return found;
  };

  test('maps and channels that are recognized count what is in them', async () => {
    const maps = await counted('map.', /^\.(used|count)$/);
    const channels = await counted('chan.', /^\.qcount$/);
    const known = [...Object.entries(maps), ...Object.entries(channels)].filter(([, count]) => !Number.isNaN(count));
    expect(Object.fromEntries(known)).toEqual(Object.fromEntries(known.map(([name]) => [name, counts[name]])));
    expect(known.length).toBeGreaterThanOrEqual(FEWEST_RECOGNIZED);
  });

  test('maps whose type is known have the entries that were put into them', async () => {
    const found: Record<string, number> = {};
    for (const name of named('map.').filter((map) => map !== TOO_LARGE)) {
      if (naming.typeOf(idOf(name))?.element) found[name] = await countEntries(naming, idOf(name));
    }
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, counts[name]])));
    if (executable !== null) expect(Object.keys(found).length).toBeGreaterThanOrEqual(FEWEST_TYPED);
  });

  test('what waits in a channel comes in the order in which it would be received', async () => {
    if (executable === null) return;
    const rows = await decodeObject(naming, idOf('chan.wrapped'));
    const next = rows.filter(({ path }) => path.startsWith('queued['));
    const texts = await Promise.all(next.map(async ({ to }) => (await decodeObject(naming, to))[0].text));
    expect(texts).toEqual([0, 1, 2, 3, 4].map((i) => `"wrapped${i}"`));
  });

  test('nothing that was planted has a false name', () => {
    const { planted: all, wrong } = plantedDifferences(naming, dump);
    expect(all).toBeGreaterThan(20);
    expect(wrong.filter(({ named: as }) => !UNTYPED.has(as))).toEqual([]);
  });
});

async function countEntries(naming: Naming, map: number): Promise<number> {
  const type = naming.typeOf(map);
  if (type?.role !== 'map header') return NaN;
  const memory = await objectMemory(naming.graph, map, 2 ** 16, 0);
  let entries = 0;
  for await (const _entry of mapEntries(naming.graph, naming.known.layout.maps, type, memory, 0)) entries++;
  return entries;
}
