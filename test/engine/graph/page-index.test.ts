// Address → object, held against looking through all objects, for slots of every size, with gaps, over many pages.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Encoder, MemorySink } from '../../../fixtures/builder/encoder';
import type { HeapGraph } from '../../../workers/graph/heap-graph';
import { assertGraphIntegrity } from '../../support/graph-integrity';
import { MemoryAccount } from '../../../workers/lib/alloc';
import { NONE } from '../../../workers/lib/none';
import { graphOf } from '../../support/dumps';

const HEAP = 0xc000000000;
const ARENA = 2 ** 40;

interface Slot {
  address: number;
  size: number;
}

/** A dump of an empty version, which has no phantoms, with these slots as objects of zeros; `present` bytes of each are in the file. */
function dumpOf(slots: Slot[], present = (slot: Slot): number => slot.size): Uint8Array {
  const sink = new MemorySink();
  const out = new Encoder(sink.write);
  const numbers = (...values: number[]): void => values.forEach((value) => out.uvarint(value));
  out.raw(new TextEncoder().encode('go1.7 heap dump\n'));
  numbers(6, 0, 8, HEAP, HEAP + ARENA, 0, 0, 1);
  for (const slot of slots) {
    numbers(1, slot.address, slot.size);
    out.raw(new Uint8Array(present(slot)));
    numbers(0);
  }
  numbers(12, 1, 0, 0, 13, 2, 0, 0, 10);
  numbers(...new Array<number>(24 + 256 + 1).fill(0), 0);
  out.flush();
  return sink.bytes();
}

function search(slots: Slot[], address: number): number {
  const at = slots.findIndex((slot) => address >= slot.address && address < slot.address + slot.size);
  return at < 0 ? NONE : at + 1;
}

function expectLookUps(graph: HeapGraph, slots: Slot[], addresses: number[]): void {
  for (const address of addresses)
    expect(graph.index.objectAt(address), `0x${address.toString(16)}`).toBe(search(slots, address));
}

const run = fc.record({
  /** Pages between this run of slots and the one before. */
  pagesBefore: fc.integer({ min: 0, max: 3 }),
  sizes: fc.oneof(
    fc.constantFrom(8, 16, 24, 48, 640, 1152, 8192, 9472, 20480).map((size) => [size]),
    fc.array(fc.constantFrom(8, 16, 40, 304, 4096, 30_000), { minLength: 2, maxLength: 5 }),
  ),
  slots: fc.integer({ min: 1, max: 40 }),
  /** Which slots are free, by bits. */
  free: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
});

/** Runs of slots, ascending inside each; the runs themselves come in an order of their own, as spans do. */
function slotsOf(runs: { pagesBefore: number; sizes: number[]; slots: number; free: number }[]): Slot[][] {
  let next = HEAP;
  return runs.map(({ pagesBefore, sizes, slots, free }) => {
    next = Math.ceil(next / 8192) * 8192 + pagesBefore * 8192;
    const placed: Slot[] = [];
    for (let i = 0; i < slots; i++) {
      const size = sizes[i % sizes.length];
      if (i === 0 || ((free >>> (i % 31)) & 1) === 0) placed.push({ address: next, size });
      next += size;
    }
    return placed;
  });
}

test('finds what looking through all objects finds', async () => {
  const heaps = fc.tuple(fc.array(run, { minLength: 1, maxLength: 6 }), fc.boolean());
  await fc.assert(
    fc.asyncProperty(heaps, async ([runs, backwards]) => {
      const spans = slotsOf(runs);
      const slots = (backwards ? spans.reverse() : spans).flat();
      const graph = await graphOf(dumpOf(slots));
      expect(graph.records.issue).toBeNull();
      assertGraphIntegrity(graph);
      const edges = slots.flatMap(({ address, size }) => [address - 1, address, address + (size >> 1), address + size]);
      expectLookUps(graph, slots, edges.slice(0, 600));
    }),
    { seed: 5, numRuns: 60 },
  );
});

test('addresses outside the heap, below it, and no addresses at all lead to nothing', async () => {
  const { index } = await graphOf(dumpOf([{ address: HEAP, size: 64 }]));
  for (const address of [0, -1, HEAP - 1, HEAP + 64, HEAP + 8192, HEAP + ARENA, 2 ** 53, 2 ** 64, NaN]) {
    expect(index.objectAt(address)).toBe(NONE);
  }
});

test('slots far apart cost no more than slots side by side', async () => {
  const account = new MemoryAccount();
  const slots = Array.from({ length: 2000 }, (_, i) => ({ address: HEAP + i * 2 ** 28, size: 16 }));
  const graph = await graphOf(dumpOf(slots), 4096, account);
  assertGraphIntegrity(graph);
  expect(account.peak).toBeLessThan(600_000);
});

test('objects without contents are found over their whole length, beside whole ones', async () => {
  const gib = 2 ** 30;
  const slots = [
    { address: HEAP, size: 64 },
    { address: HEAP + 8192, size: 4 * gib },
    { address: HEAP + 8192 + 4 * gib, size: 32 },
    { address: HEAP + 8 * gib, size: 12 * gib },
  ];
  const account = new MemoryAccount();
  const bytes = dumpOf(slots, ({ size }) => size % (4 * gib));
  const graph = await graphOf(bytes, 4096, account);
  assertGraphIntegrity(graph);
  expectLookUps(graph, slots, [
    HEAP,
    HEAP + 64,
    HEAP + 3 * gib,
    HEAP + 4 * gib + 8192,
    HEAP + 4 * gib + 8192 + 32,
    HEAP + 19 * gib,
  ]);
  expect(account.peak).toBeLessThan(200_000);
});

test.each<[string, Slot[]]>([
  [
    'the same slot twice',
    [
      { address: HEAP, size: 32 },
      { address: HEAP, size: 32 },
    ],
  ],
  [
    'slots that overlap',
    [
      { address: HEAP, size: 32 },
      { address: HEAP + 16, size: 32 },
    ],
  ],
  [
    'a slot on a page that another reaches into',
    [
      { address: HEAP, size: 20480 },
      { address: HEAP + 16384, size: 16 },
    ],
  ],
  [
    'a slot that reaches into a page of others',
    [
      { address: HEAP + 8192, size: 16 },
      { address: HEAP, size: 20480 },
    ],
  ],
  [
    'a page seen before',
    [
      { address: HEAP + 64, size: 16 },
      { address: HEAP + 8192, size: 16 },
      { address: HEAP, size: 16 },
    ],
  ],
])('%s is damage at the later object', async (_name, slots) => {
  const graph = await graphOf(dumpOf(slots));
  assertGraphIntegrity(graph);
  const last = slots[slots.length - 1];
  expect(graph.objectCount).toBe(slots.length - 1);
  expect(graph.records.issue?.found).toBe(
    `0x${last.address.toString(16)}, ${last.size} bytes, which overlap an object before it`,
  );
});
