/** The names that a person gives to types of a dump: kept for it, told to the engine, written and read as a file. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GivenNames, IdentityRow, Summary } from '../../workers/api';
import {
  addNames,
  exportNames,
  identityIn,
  importNames,
  restoreNames,
  whyNot,
} from '../../src/renderer/state/given-names';
import { SUMMARY } from '../engine/cli/double';

const words = (path: string, nth: number): string => `what a pointer type of ${path} points at, #${nth}`;
const row = (identity: `0x${string}`, path: string, nth: number): IdentityRow => ({
  ...{ identity, package: path, words: words(path, nth), name: null },
});

/** An engine with 700 identities, more than one page has. */
class Engine {
  names: GivenNames = {};
  readonly #rows = [
    row('0x10', 'main', 1),
    row('0x20', 'main', 12),
    ...Array.from({ length: 698 }, (_, i) => row(`0x${(1000 + i).toString(16)}`, 'net', i + 1)),
  ];

  identities = async ({ offset, limit }: { offset: number; limit: number }) => ({
    total: this.#rows.length,
    offset,
    rows: this.#rows.slice(offset, offset + limit).map((one) => ({ ...one, name: this.names[one.identity] ?? null })),
  });

  giveNames = async (names: GivenNames) => {
    const known = new Set(this.#rows.map(({ identity }) => identity));
    const addresses = Object.keys(names) as `0x${string}`[];
    this.names = Object.fromEntries(addresses.filter((at) => known.has(at)).map((at) => [at, names[at]]));
    return addresses.filter((at) => !known.has(at));
  };
}

const other: Summary = { ...SUMMARY, dump: { ...SUMMARY.dump, bytes: 1 } };
const laterGC: Summary = { ...SUMMARY, memstats: { ...SUMMARY.memstats, LastGC: '5' } };
let engine: Engine;

beforeEach(() => {
  engine = new Engine();
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

describe('a name', () => {
  it('is added to those there are, on whichever page its type is', async () => {
    await addNames(engine, SUMMARY, { '0x10': 'main.A' });
    expect(await addNames(engine, SUMMARY, { '0x6a1': 'net.conn' })).toEqual([]);
    expect(engine.names).toEqual({ '0x10': 'main.A', '0x6a1': 'net.conn' });
    await addNames(engine, SUMMARY, { '0x10': '' });
    expect(engine.names).toEqual({ '0x6a1': 'net.conn' });
  });

  it('is told to the engine again when the same dump opens, and only then', async () => {
    await addNames(engine, SUMMARY, { '0x10': 'main.A' });
    for (const [summary, names] of [
      [SUMMARY, { '0x10': 'main.A' }],
      [other, {}],
      [laterGC, {}],
    ] as const) {
      const anew = new Engine();
      await restoreNames(anew, summary);
      expect(anew.names).toEqual(names);
    }
  });

  it('that was taken away is not told again', async () => {
    await addNames(engine, SUMMARY, { '0x10': 'main.A' });
    await addNames(engine, SUMMARY, { '0x10': '' });
    await restoreNames(engine, SUMMARY);
    expect(engine.names).toEqual({});
  });

  it('lasts as long as the engine where the browser keeps nothing', async () => {
    vi.stubGlobal('localStorage', undefined);
    await addNames(engine, SUMMARY, { '0x10': 'main.A' });
    await restoreNames(engine, SUMMARY);
    expect(engine.names).toEqual({ '0x10': 'main.A' });
  });
});

describe('a file of names', () => {
  it('is written from what there is, and read by another window', async () => {
    expect(await exportNames(engine)).toBeNull();
    await addNames(engine, SUMMARY, { '0x10': 'main.A' });
    const text = (await exportNames(engine))!;
    const anew = new Engine();
    await addNames(anew, other, { '0x20': 'main.B' });
    const said = await importNames(anew, other, new File([text], 'n.json'));
    expect(said).toBe('1 type is called by the names of n.json.');
    expect(anew.names).toEqual({ '0x10': 'main.A', '0x20': 'main.B' });
  });

  it('for another dump is told, and the file that is none too', async () => {
    const file = (names: object) => new File([JSON.stringify({ schema: 'heapknot/given-names/1', names })], 'n.json');
    expect(await importNames(engine, SUMMARY, file({ '0x1': 'x.Y', '0x2': 'x.Z' }))).toBe(
      '0 types are called by the names of n.json. 2 are for no type of this dump.',
    );
    const wrong = await importNames(engine, SUMMARY, new File(['{}'], 'n.json')).catch(whyNot);
    expect(wrong).toContain('n.json holds no names');
  });
});

describe('the identity in a label', () => {
  const rows = [
    row('0x10', 'main', 1),
    row('0x20', 'main', 12),
    { ...row('0x30', 'main', 2), name: 'main.Node' },
    { ...row('0x40', 'main', 3), name: 'main.Nodes' },
    row('0x50', 'example.com/main', 1),
  ];

  it.each([
    [words('main', 1), '0x10'],
    [words('main', 12), '0x20'],
    ['chan a pointer type of main, #12', '0x20'],
    ['main.Node (named by hand)', '0x30'],
    ['chan *main.Node (named by hand)', '0x30'],
    ['main.Nodes (named by hand)', '0x40'],
    [words('example.com/main', 1), '0x50'],
    ['48 B, no pointers', undefined],
  ])('%s', (text, identity) => {
    expect(identityIn(text, rows)?.identity).toBe(identity);
  });
});
