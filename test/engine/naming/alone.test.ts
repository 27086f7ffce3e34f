/** What the dump alone shows by structure and records: pools, channels, closures; held against what the executable says of the same dump. */
import { describe, expect, test } from 'vitest';
import type { HeapGraph } from '../../../workers/graph/heap-graph';
import { valueAddress } from '../../../workers/graph/heap-graph';
import { closureGroups } from '../../../workers/values/closure-summary';
import type { Naming } from '../../../workers/naming/naming';
import { findPools, type PoolRow } from '../../../workers/values/pool-summary';
import { dumpsWithTruth, truthOf } from '../../support/dumps';
import { namingOf } from '../../support/programs';

const go = (): undefined => undefined;

/** Dumps and the executables that wrote them. */
const PAIRS = [
  ['go1.27.4/poolcycle', 'go1.27.4/poolcycle'],
  ['go1.27.4/closureleak', 'go1.27.4/closureleak'],
  ['go1.27.4/finalizers', 'go1.27.4/finalizers'],
  ['go1.27.4/ifaces', 'go1.27.4/ifaces'],
  ['go1.27.4/layout', 'go1.27.4/layout'],
  ['go1.27.4/deferleak', 'go1.27.4/deferleak-stripped'],
  ['go1.27.4-386/poolcycle', 'go1.27.4-386/poolcycle-stripped'],
  ['go1.19.8/poolcycle', 'go1.19.8/poolcycle-stripped'],
] as const;

function withoutNames(pools: readonly PoolRow[]): unknown[] {
  return pools.map(({ address, objectId, items }) => ({ address, objectId, items }));
}

function objectsOf({ graph }: Naming, wanted: (id: number) => boolean): number[] {
  return Array.from({ length: graph.objectCount }, (_, i) => i + 1).filter(wanted);
}

describe('pools', () => {
  for (const [dump, executable] of PAIRS) {
    test(`${dump}: the same pools with the same items as by the executable`, async () => {
      const alone = withoutNames(await findPools(await namingOf(dump, null), go));
      expect(alone).toEqual(withoutNames(await findPools(await namingOf(dump, executable), go)));
      expect(alone.length > 0).toBe(dump.endsWith('/poolcycle'));
    });
  }

  const planted = dumpsWithTruth().filter((name) => name.endsWith('/poolcycle'));
  for (const dump of planted) {
    test(`${dump}: the planted pool is among them`, async () => {
      const naming = await namingOf(dump, null);
      const address = truthOf(dump).objects.find(({ name }) => name === 'pool')?.addr;
      const pool = (await findPools(naming, go)).find((one) => one.address === Number(address));
      expect(pool?.items).toHaveLength(60);
      const places = new Set(pool?.items.map(({ place }) => place));
      expect([...places].sort()).toEqual(['private', 'shared', 'victim private', 'victim shared']);
    });
  }
});

describe('channels', () => {
  const isChannel = (naming: Naming, id: number): boolean =>
    /^(chan |runtime\.hchan$)/.test(naming.typeOf(id)?.name ?? '');

  for (const [dump, executable] of PAIRS) {
    test(`${dump}: the same channels as by the executable`, async () => {
      const [alone, known] = [await namingOf(dump, null), await namingOf(dump, executable)];
      const byExecutable = objectsOf(known, (id) => isChannel(known, id));
      expect(objectsOf(alone, (id) => isChannel(alone, id))).toEqual(byExecutable);
      expect(byExecutable.length).toBeGreaterThan(0);
    });
  }

  for (const dump of dumpsWithTruth()) {
    test(`${dump}: planted channels are channels, and no other planted object is`, async () => {
      const naming = await namingOf(dump, null);
      const { graph } = naming;
      for (const { addr, type, where } of truthOf(dump).objects) {
        const id = objectAt(graph, addr);
        if (where !== 'heap' || id === 0) continue;
        expect(isChannel(naming, id), `${type} at ${addr}`).toBe(/^(chan|hchan) /.test(type));
      }
    });
  }
});

describe('closures', () => {
  const functionsOf = async (dump: string): Promise<string[]> =>
    (await closureGroups(await namingOf(dump, null), go)).map(
      ({ function: name, objectIds }) => `${objectIds.length} × ${name.replace(/0x[0-9a-f]+$/, '0x…')}`,
    );

  test('of functions that have a frame, by name', async () => {
    expect(await functionsOf('go1.26.11/fresh')).toEqual(['5 × main.spawn.func1']);
    expect(await functionsOf('go1.27.4/panicdefer')).toEqual(['1 × main.heapPanic.func2']);
    expect(await functionsOf('go1.27.4-386/chanleak')).toEqual(['10 × main.leakSend.func1']);
  });

  test('of deferred calls and finalizers, by their code', async () => {
    expect(await functionsOf('go1.19.8/deferleak')).toEqual(['500 × code at 0x…', '5 × code at 0x…']);
    expect(await functionsOf('go1.27.4-mips/finalizers')).toEqual(['1 × code at 0x…']);
  });

  for (const [dump, executable] of PAIRS) {
    test(`${dump}: nothing is a closure that the executable knows to be something else`, async () => {
      const [alone, known] = [await namingOf(dump, null), await namingOf(dump, executable)];
      const wrong = objectsOf(alone, (id) => alone.typeOf(id)?.role === 'closure').filter(
        (id) => known.typeOf(id)?.role !== 'closure',
      );
      expect(wrong).toEqual([]);
    });
  }
});

/** The object whose value begins at an address, 0 for none. */
function objectAt(graph: HeapGraph, address: string): number {
  const id = graph.index.objectAt(Number(address));
  return id > 0 && id <= graph.objectCount && valueAddress(graph, id) === Number(address) ? id : 0;
}
