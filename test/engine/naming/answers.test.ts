/** What Naming answers about one dump: labels, reasons, paths, roots, closures, pools, contents. */
import { beforeAll, describe, expect, test } from 'vitest';
import { finish } from '../../../workers/lib/work';
import { closureGroups } from '../../../workers/values/closure-summary';
import { countCoverage } from '../../support/coverage';
import { decodeObject, fieldPathInWords } from '../../../workers/values/decode-value';
import type { Naming } from '../../../workers/naming/naming';
import { matchProgram } from '../../../workers/naming/executable/program-match';
import { findPools } from '../../../workers/values/pool-summary';
import { MemoryAccount } from '../../../workers/lib/alloc';
import { nameObjects } from '../../../workers/naming/name-objects';
import { bytesOf, graphOf, truthOf } from '../../support/dumps';
import { executableOf, nameGraph, namingOf, programOf } from '../../support/programs';

const DUMP = 'go1.27.4/poolcycle';
const go = (): undefined => undefined;

let naming: Naming;
let stripped: Naming;
let alone: Naming;
beforeAll(async () => {
  naming = await namingOf(DUMP, DUMP);
  stripped = await namingOf(DUMP, `${DUMP}-stripped`);
  alone = await namingOf(DUMP, null);
});

function planted(name: string): number {
  const found = truthOf(DUMP).objects.find((object) => object.name === name);
  return naming.graph.index.objectAt(Number(found?.addr));
}

describe('one object', () => {
  test('its label, with evidence', () => {
    expect(naming.label(planted('owner'))).toEqual({ type: 'main.Owner', evidence: 'exact', candidates: [] });
    expect(naming.label(planted('pool.New')).type).toBe('closure main.newOwner.func1');
  });

  test('its reason, and the chain back to something outside the heap', () => {
    const chain = naming.reasonChain(planted('victim0'));
    expect(chain[0].type).toBe('main.Item');
    expect(chain[0].reason).toMatch(
      /^The (interface word|typed pointer) at \+0x[0-9a-f]+ \(.+\) of its referrer 0x[0-9a-f]+ says so\.$/,
    );
    expect(chain.at(-1)?.reason).toBe('A variable of the program points at it.');
  });

  test('its field paths', () => {
    const path = (name: string, offset: number): string | null => naming.fieldPath(planted(name), offset);
    expect(path('victim0', 0)).toBe('.id');
    expect(path('victim0', 8)).toBe('.buf');
    expect(path('victim0', 32)).toBe('.release');
    expect(path('victim0.release', 0)).toBe('code');
    expect(path('victim0.release', 8)).toBe('captured it');
    expect(path('pool', 32)).toBe('.New');
    expect(path('victim0', 4096)).toBeNull();
  });

  test('references of the truth leave from the fields that it names', () => {
    const refs = (truthOf(DUMP).refs ?? []).filter(({ field }) => /^\w+$/.test(field));
    const wrong = refs.filter(({ from, offset, field }) => {
      const objectId = planted(from);
      return (
        objectId > 0 && naming.typeOf(objectId)?.role === 'plain' && naming.fieldPath(objectId, offset) !== `.${field}`
      );
    });
    expect(wrong).toEqual([]);
  });

  test('its contents in words', async () => {
    const rows = await decodeObject(naming, planted('victim0'));
    expect(rows.map(({ path, type }) => `${path} ${type}`)).toEqual(['.id int', '.buf []uint8', '.release func()']);
    expect(rows[0].text).toMatch(/^\d+$/);
    expect(rows[1].text).toBe('len 0, cap 512');
    expect(rows[2]).toMatchObject({ text: 'main.newOwner.func1.1', to: planted('victim0.release') });
  });
});

describe('maps', () => {
  test('references from an entry are called by its key', async () => {
    const paths: (string | null)[] = [];
    for (let id = 1; id <= naming.graph.objectCount; id++) {
      if (naming.typeOf(id)?.name === 'map.group[string]*unicode.RangeTable')
        paths.push(await fieldPathInWords(naming, id, 24));
    }
    expect(paths.length).toBeGreaterThan(0);
    for (const path of paths) expect(path).toMatch(/^value\["\w+"\]$/);
    expect(paths).toContain('value["L"]');
  });

  test('alone, exactly the maps are found that the executable knows', async () => {
    for (const dump of ['poolcycle', 'closureleak', 'finalizers', 'ifaces', 'layout'].map(
      (name) => `go1.27.4/${name}`,
    )) {
      const known = await namingOf(dump, dump);
      const found = await namingOf(dump, null);
      const headers = (one: Naming): number[] => objectsOf(one, (id) => one.typeOf(id)?.role === 'map header');
      // A map that was never filled has nothing that tells.
      const filled = new Set(
        objectsOf(known, (id) => known.graph.referenceStart[id + 1] > known.graph.referenceStart[id]),
      );
      expect(headers(found)).toEqual(headers(known).filter((id) => filled.has(id)));
    }
  });
});

describe('summaries', () => {
  test('closures by function, with what they capture', async () => {
    const release = (await closureGroups(naming, go)).find((group) => group.function === 'main.newOwner.func1.1');
    expect(release?.captured).toEqual([
      { name: 'it', type: '*main.Item', offset: 8 },
      { name: 'p', type: '*sync.Pool', offset: 16 },
    ]);
    expect(release?.objectIds).toHaveLength(60);
  });

  test('pools with their items, by executable and stripped', async () => {
    for (const one of [naming, stripped]) {
      const pools = await findPools(one, go);
      const owner = pools.find(({ create }) => create === 'main.newOwner.func1');
      expect(owner?.objectId).toBe(planted('pool'));
      expect(owner?.items).toHaveLength(60);
      expect(new Set(owner?.items.map(({ objectId }) => one.label(objectId).type))).toEqual(new Set(['main.Item']));
      expect(new Set(owner?.items.map(({ place }) => place)).size).toBeGreaterThan(2);
    }
  });

  test('pools that are variables are called by them, and by type and place where there is no name', async () => {
    const names = async (one: Naming): Promise<string[]> => (await findPools(one, go)).map(({ where }) => where);
    expect(await names(naming)).toContain('main.bufPool');
    expect((await names(stripped)).some((name) => /^\(sync\.Pool at (data|bss)\+0x[0-9a-f]+\)$/.test(name))).toBe(true);
  });

  test('coverage adds up to the heap', async () => {
    for (const one of [naming, stripped, alone]) {
      const { objects, bytes } = await countCoverage(one, go);
      const sum = (counts: typeof objects): number => counts.exact + counts.likely + counts.kind + counts.shape;
      expect(sum(objects)).toBe(one.graph.objectCount);
      expect(sum(bytes)).toBe(one.graph.heapBytes);
    }
    const withProgram = await countCoverage(naming, go);
    const without = await countCoverage(alone, go);
    expect(withProgram.objects.exact).toBeGreaterThan(without.objects.exact);
  });

  test('groups join what is of one type, alone or side by side', () => {
    const groupOf = (name: string) => naming.groupOfBelief(naming.beliefs.numberOf(planted(name)));
    const group = groupOf('victim0');
    expect(group).toBe(groupOf('victim1'));
    expect(naming.group(group)).toMatchObject({ name: 'main.Item', package: 'main' });
    expect(naming.group(0)).toBeNull();
  });
});

describe('roots', () => {
  test('are called by their variables', () => {
    expect(rootNames(naming)).toEqual(expect.arrayContaining(['main.owner', 'os.Stdout', 'main.bufPool.local']));
  });

  test('are called by segment and offset in a stripped program', () => {
    expect(rootNames(stripped).some((name) => /^bss\+0x[0-9a-f]+$/.test(name))).toBe(true);
  });
});

describe('cost', () => {
  test('12 bytes an object are held in the end, and nothing after release or cancelling', async () => {
    const graph = await graphOf(bytesOf(`${DUMP}.heap`));
    const account = new MemoryAccount();
    const before = account.used;
    const one = await nameGraph(graph, programOf(executableOf(DUMP)), account);
    expect(account.used).toBe(before + 12 * (graph.objectCount + 1));
    one.release(account);
    expect(account.used).toBe(before);
    let steps = 0;
    const stop = new Error('stop');
    const cancelled = nameObjects(graph, {
      executable: null,
      account,
      windowBudget: 0,
      checkpoint: () => {
        if (++steps > 6) throw stop;
      },
    });
    await expect(cancelled).rejects.toBe(stop);
    expect(account.used).toBe(before);
  });

  test('while it runs, 25 bytes an object and the bytes of the dump that it keeps are accounted for', async () => {
    const bytes = bytesOf(`${DUMP}.heap`);
    const graph = await graphOf(bytes);
    const { data, bss } = graph.records;
    const columns = 25 * (graph.objectCount + 1) + ((data?.bytes ?? 0) + (bss?.bytes ?? 0)) / 2;
    const account = new MemoryAccount();
    await nameGraph(graph, programOf(executableOf(DUMP)), account);
    expect(account.peak).toBeGreaterThan(columns + graph.heapBytes);
    expect(account.peak).toBeLessThan(columns + bytes.length);
  });

  test('names are the same when the dump is read window by window, over and over', async () => {
    const program = programOf(executableOf(DUMP));
    const match = finish(matchProgram(naming.graph.records, program));
    const small = await nameObjects(naming.graph, {
      executable: { program, ...match },
      account: new MemoryAccount(),
      windowBudget: 0,
      checkpoint: () => undefined,
    });
    expect(objectsOf(small, (id) => small.label(id).type !== naming.label(id).type)).toEqual([]);
  });
});

function objectsOf(one: Naming, is: (id: number) => boolean): number[] {
  return Array.from({ length: one.graph.objectCount }, (_, i) => i + 1).filter(is);
}

function rootNames(one: Naming): string[] {
  return Array.from({ length: one.graph.roots.count }, (_, root) => one.rootName(root) ?? '');
}
