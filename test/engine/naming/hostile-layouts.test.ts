// Naming never takes a dump away: whatever layout the version claims, however small the windows that objects are read through.
import { describe, expect, test } from 'vitest';
import { countCoverage } from '../../support/coverage';
import type { Naming } from '../../../workers/naming/naming';
import { closureGroups } from '../../../workers/values/closure-summary';
import { decodeObject } from '../../../workers/values/decode-value';
import { findPools } from '../../../workers/values/pool-summary';
import { MemoryAccount } from '../../../workers/lib/alloc';
import { bytesOf, graphOf } from '../../support/dumps';
import { nameGraph } from '../../support/programs';
import { claiming } from '../../support/relabel';

const go = (): undefined => undefined;

const WROTE: readonly [string, string][] = [
  ['go1.19.8/chanleak', 'go1.19.8'],
  ['go1.22.12/cache', 'go1.22.12'],
  ['go1.22.12-noallocheaders/structures', 'go1.22.12 X:noallocheaders'],
  ['go1.24.4/timers', 'go1.24.4'],
  ['go1.27.4/cache', 'go1.27.4'],
  ['go1.27.4-386/chanleak', 'go1.27.4'],
  ['go1.27.4-mips/layout', 'go1.27.4'],
];

const CLAIMED = [
  '',
  'go1.15',
  'go1.19.8',
  'go1.21.13',
  'go1.22.12',
  'go1.22.12 X:noallocheaders',
  'go1.23.5',
  'go1.24.4',
  'go1.24.4 X:noswissmap',
  'go1.25.12',
  'go1.25.12 X:greenteagc',
  'go1.26.11-X:nogreenteagc',
  'go1.27.4',
  'devel +1a2b3c',
];

async function askEverything(naming: Naming): Promise<void> {
  const { graph } = naming;
  await closureGroups(naming, go);
  await findPools(naming, go);
  for (let id = 1; id <= graph.objectCount; id += 7) {
    expect(naming.reason(id)).toMatch(/\.$/);
    await decodeObject(naming, id);
  }
  for (let root = 0; root < graph.roots.count; root++) naming.rootName(root);
}

describe('a layout that is not what the version says', () => {
  test.each(WROTE)('%s', async (name, wrote) => {
    const bytes = bytesOf(`${name}.heap`);
    for (const claimed of CLAIMED) {
      const naming = await nameGraph(await graphOf(claiming(bytes, wrote, claimed)), null);
      expect(naming.failures, claimed).toEqual([]);
      await askEverything(naming);
    }
  });
});

describe('windows of every size', () => {
  const naming = async (bytes: Uint8Array, windows: { windowBudget: number; windowBytes?: number }): Promise<Naming> =>
    nameGraph(await graphOf(bytes), null, new MemoryAccount(), windows);

  test.each(['go1.19.8/chanleak', 'go1.22.12/cache', 'go1.27.4-386/layout', 'go1.27.4-mips/poolcycle'])(
    '%s is named the same',
    async (name) => {
      const bytes = bytesOf(`${name}.heap`);
      const whole = await naming(bytes, { windowBudget: 2 ** 28 });
      const { objectCount } = whole.graph;
      const named = (from: Naming): unknown[] =>
        Array.from({ length: objectCount }, (_, i) => [from.label(i + 1), from.reason(i + 1)]);
      for (const windowBytes of [1, 100, 10_000]) {
        for (const windowBudget of [0, bytes.length / 2]) {
          expect(named(await naming(bytes, { windowBudget, windowBytes })), `${windowBytes}`).toEqual(named(whole));
        }
      }
      expect((await countCoverage(whole, go)).objects.shape).toBeLessThan(objectCount);
    },
  );
});
