import { beforeAll, describe, expect, test } from 'vitest';
import { buildDump } from '../../../fixtures/builder/build';
import { platform } from '../../../fixtures/builder/platform';
import { Shape } from '../../../fixtures/builder/shape';
import { ArraySource } from '../../../workers/dump/byte-source';
import { ROOT } from '../../../workers/graph/heap-graph';
import { cutsInto, cutsIntoSet, cutsOfCycle, type RatedCut } from '../../../workers/cycles/what-lets-go';
import type { AnalysedHeap } from '../../../workers/heap/analysed-heap';
import { bytesOf, truthOf } from '../../support/dumps';
import { heapOf } from '../../support/analysed-heap';

/** The heap of a dump, objects by the names that its program printed. */
async function open(name: string) {
  const heap = await heapOf(new ArraySource(bytesOf(`${name}.heap`), 'test.heap'), null);
  const { objects } = truthOf(name);
  const idOf = (wanted: string): number => {
    const known = objects.find(({ name }) => name === wanted);
    return heap.graph.index.objectAt(Number(known?.addr));
  };
  return { heap, idOf };
}

function rootKind({ graph }: AnalysedHeap, { from }: RatedCut): string | null {
  return 'root' in from
    ? (Object.entries(ROOT).find(([, kind]) => kind === graph.roots.kind[from.root])?.[0] ?? null)
    : null;
}

describe('a ring that its finalizer pins', () => {
  let heap: AnalysedHeap;
  let idOf: (name: string) => number;

  beforeAll(async () => {
    ({ heap, idOf } = await open('go1.27.4/finalizers'));
  });

  test('goes without the finalizer, and without the reference to the object that has it', async () => {
    const a = idOf('A0');
    const b = idOf('B0');
    const { cuts, entering, together, complete } = await cutsOfCycle(heap, heap.components.cycleOf[a], 10);
    expect({ entering, complete }).toEqual({ entering: 1, complete: true });
    expect(
      cuts.map((cut) => ({
        kind: cut.kind,
        from: rootKind(heap, cut) ?? ('objectId' in cut.from && { ...cut.from }),
        to: cut.to,
        objects: cut.objects,
        bytes: cut.bytes,
      })),
    ).toEqual([
      // the ring of 48 + 32 bytes, and the buffer of 20 KiB that A0 holds
      { kind: 'entering', from: 'finalizer', to: b, objects: 3, bytes: 20560 },
      { kind: 'inner', from: { objectId: b, offset: 0 }, to: a, objects: 3, bytes: 20560 },
      { kind: 'inner', from: { objectId: a, offset: 0 }, to: b, objects: 0, bytes: 0 },
    ]);
    expect(together).toEqual({ objects: 3, bytes: 20560, exact: true });
  });

  test('has one way in from outside', async () => {
    const cuts = await cutsInto(heap, [idOf('A0'), idOf('B0')], 10);
    expect(cuts.map(({ bytes, exact }) => ({ bytes, exact }))).toEqual([{ bytes: 20560, exact: true }]);
  });
});

test('a ring of a thousand that a global holds goes when the global lets go', async () => {
  const { heap, idOf } = await open('go1.27.4/finalizers');
  const { cuts, total } = await cutsOfCycle(heap, heap.components.cycleOf[idOf('ring.first')], 2);
  // list.List is linked both ways: no single inner reference breaks it
  expect(total).toBe(1);
  expect(cuts.map((cut) => [rootKind(heap, cut), cut.to === idOf('ring.first'), cut.objects])).toEqual([
    ['bss', true, 1500],
  ]);
});

test('a reference of an object to itself breaks its cycle and frees nothing', async () => {
  const { heap, idOf } = await open('go1.27.4/finalizers');
  const self = idOf('self');
  const { cuts } = await cutsOfCycle(heap, heap.components.cycleOf[self], 10);
  expect(cuts.map(({ kind, pointers, objects }) => ({ kind, pointers, objects }))).toEqual([
    { kind: 'entering', pointers: 1, objects: 1 },
    { kind: 'inner', pointers: 2, objects: 0 },
  ]);
});

test('of several holders none frees the set alone, all of them do', async () => {
  const { heap, idOf } = await open('go1.27.4/poolcycle');
  const pool = idOf('pool');
  const members = [pool];
  expect(await cutsInto(heap, members, 10)).toEqual([]);
  const { cuts, together } = await cutsIntoSet(heap, members, 100);
  expect(cuts.length).toBeGreaterThan(1);
  expect(cuts.every(({ objects }) => objects === 0)).toBe(true);
  expect(together).toEqual({
    objects: heap.dominators.retainedObjects[pool],
    bytes: heap.dominators.retainedSize[pool],
    exact: true,
  });
});

test('garbage has no cut', async () => {
  const { heap } = await open('go1.24.4/mixed-3k');
  const { holder } = heap.reachability;
  const { garbageEntry } = heap.components;
  expect(garbageEntry.length).toBeGreaterThan(0);
  expect(holder[garbageEntry[0]]).toBe(5);
  expect(await cutsIntoSet(heap, [...garbageEntry], 10)).toEqual({
    cuts: [],
    entering: 0,
    total: 0,
    tried: 0,
    together: { objects: 0, bytes: 0, exact: true },
    complete: true,
  });
});

describe('of a ring of twelve thousand', () => {
  const COUNT = 12_000;
  let heap: AnalysedHeap;

  beforeAll(async () => {
    const shape = new Shape();
    const ids = Array.from({ length: COUNT }, () => shape.object(16));
    for (const [at, id] of ids.entries()) shape.point(id, 0, ids[(at + 1) % COUNT]);
    shape.bss.push({ offset: 0x10, target: ids[0] }, { offset: 0x18, target: ids[COUNT / 2] });
    const { bytes } = buildDump(shape, platform('go1.27.4', 'amd64'));
    heap = await heapOf(new ArraySource(bytes, 'ring.heap'), null);
  });

  test('not all cuts are tried, which is said; what goes with all holders is exact', async () => {
    const list = await cutsOfCycle(heap, 0, 3);
    expect(list).toMatchObject({ entering: 2, total: COUNT + 2, tried: 10_000, complete: false });
    expect(list.together).toEqual({ objects: COUNT, bytes: 16 * COUNT, exact: true });
    expect(list.cuts).toHaveLength(3);
    expect(list.cuts.every(({ exact }) => exact)).toBe(true);
  });
});

test('all holders are counted, more than are tried too', async () => {
  const shape = new Shape();
  const hub = shape.object(16, 'hub');
  const all = shape.object(8 * 10_100);
  for (let i = 0; i < 10_100; i++) {
    const item = shape.object(16);
    shape.point(item, 0, hub);
    shape.point(all, 8 * i, item);
  }
  shape.bss.push({ offset: 0x10, target: all }, { offset: 0x18, target: hub });
  const built = buildDump(shape, platform('go1.27.4', 'amd64'));
  const heap = await heapOf(new ArraySource(built.bytes, 'hub.heap'), null);
  const list = await cutsIntoSet(heap, [built.order.indexOf(hub) + 1], 3);
  expect(list).toMatchObject({ entering: 10_101, total: 10_101, tried: 10_000, complete: false });
  expect(list.together).toEqual({ objects: 1, bytes: 16, exact: true });
});

test('a cycle is entered from other cycles and from objects on none, and never from itself', async () => {
  const shape = new Shape();
  const [a, b] = [shape.object(32, 'a'), shape.object(32, 'b')];
  const [other, single] = [shape.object(48, 'other'), shape.object(64, 'single')];
  shape.point(a, 0, b);
  shape.point(b, 0, a);
  shape.point(other, 0, other);
  shape.point(other, 8, a);
  shape.point(single, 0, b);
  shape.bss.push({ offset: 0, target: other }, { offset: 8, target: single });
  const built = buildDump(shape, platform('go1.27.4'));
  const heap = await heapOf(new ArraySource(built.bytes), null);
  const id = (name: string): number => built.order.indexOf(shape.id(name)) + 1;
  const { cuts } = await cutsOfCycle(heap, heap.components.cycleOf[id('a')], 10);
  const entering = cuts.filter(({ kind }) => kind === 'entering');
  expect(entering.map(({ from, to }) => ['objectId' in from && from.objectId, to])).toEqual(
    expect.arrayContaining([
      [id('other'), id('a')],
      [id('single'), id('b')],
    ]),
  );
  expect(entering).toHaveLength(2);
});
