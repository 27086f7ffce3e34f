import { describe, expect, test } from 'vitest';
import { ArraySource } from '../../../workers/dump/byte-source';
import { ROOT } from '../../../workers/graph/heap-graph';
import { findPools } from '../../../workers/values/pool-summary';
import { isMuch, poolContents } from '../../../workers/suspects/detectors/pool-contents';
import type { AnalysedHeap } from '../../../workers/heap/analysed-heap';
import { bytesOf, truthOf } from '../../support/dumps';
import { executableOf } from '../../support/programs';
import { heapOf } from '../../support/analysed-heap';

async function open(dump: string, executable: string | null): Promise<AnalysedHeap> {
  const source = new ArraySource(bytesOf(`${dump}.heap`), 'test.heap');
  return heapOf(source, executable === null ? null : executableOf(executable));
}

/** Items of the pool that stands in an object. */
async function itemsOf(heap: AnalysedHeap): Promise<number[]> {
  const pools = await findPools(heap.naming, () => undefined);
  return pools
    .filter(({ objectId }) => objectId <= heap.graph.objectCount)
    .flatMap(({ items }) => items.map(({ objectId }) => objectId));
}

describe('a pool that its items lead back to', () => {
  test.each([
    ['go1.27.4/poolcycle', 'go1.27.4/poolcycle'],
    ['go1.27.4/poolcycle', null],
    ['go1.26.11/poolcycle', null],
    ['go1.24.4/poolcycle', null],
    ['go1.19.8/poolcycle', null],
    ['go1.27.4-386/poolcycle', null],
    ['go1.27.4-mips/poolcycle', null],
  ])('is noted in %s with %s', async (dump, executable) => {
    const heap = await open(dump, executable);
    const { findings } = await poolContents.detect(heap);
    expect(findings).toHaveLength(1);
    const [finding] = findings;
    expect(finding).toMatchObject({ severity: 'note', confidence: 'certain' });
    expect(finding.title).toMatch(/^60 items of the pool of /);
    expect(finding.key).toMatch(/^pool of .*: cycle$/);
    const pool = heap.graph.index.objectAt(Number(truthOf(dump).objects.find(({ name }) => name === 'pool')?.addr));
    const [first, second] = finding.proofs;
    expect(first).toMatchObject({ kind: 'object', objectId: pool });
    expect(first.text).toContain('30 put in since the last collection, 30 left from before it');
    expect(second).toMatchObject({ kind: 'cycle', cycle: heap.components.cycleOf[pool] });
  });

  test('comes with the way back, by field where names are known', async () => {
    const { findings } = await poolContents.detect(await open('go1.27.4/poolcycle', 'go1.27.4/poolcycle'));
    expect(findings[0].proofs[1].text).toMatch(
      /^the way back: main\.Item \.release → closure main\.newOwner\.func1\.1 .* → sync\.Pool$/,
    );
  });
});

/** The same heap with other sizes or roots: what a fault looks like to the detector, beside the twin that has none. */
describe('in the pool of the same program', () => {
  test('one item far larger than the others is an outlier', async () => {
    const heap = await open('go1.27.4/poolcycle', 'go1.27.4/poolcycle');
    const [item] = await itemsOf(heap);
    const retainedSize = heap.dominators.retainedSize.slice();
    retainedSize[item] = 2 ** 20;
    const { findings } = await poolContents.detect({ ...heap, dominators: { ...heap.dominators, retainedSize } });
    const found = findings.filter(({ key }) => key.endsWith(': outliers'));
    expect(found.map(({ severity, proofs }) => ({ severity, proofs: proofs.length }))).toEqual([
      { severity: 'note', proofs: 1 },
    ]);
    expect(found[0].proofs[0]).toMatchObject({ kind: 'object', objectId: item });
    expect(found[0].title).toMatch(/^1 of 60 items in the pool of main\.Item/);
  });

  test('an item that leads to what a goroutine has on its stack may point at live state', async () => {
    const heap = await open('go1.27.4/poolcycle', 'go1.27.4/poolcycle');
    const { graph, dominators, roots } = heap;
    const [item] = await itemsOf(heap);
    const buffer = dominators.dominatedObject[dominators.dominatedStart[item]];
    const onStack = graph.roots.kind.findIndex(
      (kind, root) =>
        kind === ROOT.stack &&
        root < graph.roots.strongCount &&
        !graph.records.goroutines[graph.records.frames[graph.roots.owner[root]].goroutine].system,
    );
    const { findings } = await poolContents.detect({
      ...heap,
      roots: { ofObject: (id) => (id === buffer ? [onStack] : roots.ofObject(id)) },
    });
    const found = findings.filter(({ key }) => key.endsWith(': live state'));
    expect(found.map(({ severity, confidence }) => ({ severity, confidence }))).toEqual([
      { severity: 'note', confidence: 'possible' },
    ]);
    expect(found[0].proofs.map((proof) => (proof.kind === 'object' ? proof.objectId : proof.kind))).toEqual([
      item,
      buffer,
      'goroutine',
    ]);
  });
});

test('a pool holds much with a fifth of the heap, unless the heap is small', () => {
  expect(isMuch(2 ** 20, 5 * 2 ** 20)).toBe(true);
  expect(isMuch(2 ** 20 - 1, 2 ** 20)).toBe(false);
  expect(isMuch(2 ** 20, 6 * 2 ** 20)).toBe(false);
});

test.each([
  ['go1.27.4/layout', 'go1.27.4/layout'],
  ['go1.27.4/ifaces', 'go1.27.4/ifaces'],
  ['go1.26.11/fresh', null],
  ['go1.27.4/cache', null],
])('%s has no such pool', async (dump, executable) => {
  expect((await poolContents.detect(await open(dump, executable))).findings).toEqual([]);
});

test('a dump that ends early is looked at as far as it goes', async () => {
  const whole = bytesOf('go1.27.4/poolcycle.heap');
  for (const part of [0.3, 0.6, 0.9, 0.99]) {
    const source = new ArraySource(whole.subarray(0, Math.floor(part * whole.length)), 'cut.heap');
    const { findings } = await poolContents.detect(await heapOf(source, null));
    expect(findings.every(({ severity }) => severity === 'note')).toBe(true);
  }
});
