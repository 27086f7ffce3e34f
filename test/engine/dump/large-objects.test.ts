// Objects larger than any window, in files that are never made: the source computes their bytes, and memory must not notice the size.
import { describe, expect, test } from 'vitest';
import { Encoder, MemorySink } from '../../../fixtures/builder/encoder';
import type { ByteSource } from '../../../workers/dump/byte-source';
import { readHeapGraph } from '../../../workers/graph/build';
import { shallowSize, type HeapGraph } from '../../../workers/graph/heap-graph';
import { assertGraphIntegrity } from '../../support/graph-integrity';
import { objectBytes, objectPointers } from '../../../workers/graph/contents/read-object';
import { MemoryAccount } from '../../../workers/lib/alloc';

const HEAP = 0xc000000000;
const GIB = 2 ** 30;
const WINDOW = 2 ** 16;

/** Pieces of a file: bytes, or a number of zeros. */
class SparseSource implements ByteSource {
  readonly name = 'sparse.heap';
  readonly size: number;
  bytesServed = 0;
  private readonly pieces: { at: number; bytes: Uint8Array }[] = [];

  constructor(pieces: (Uint8Array | number)[]) {
    let at = 0;
    for (const piece of pieces) {
      if (typeof piece !== 'number') this.pieces.push({ at, bytes: piece });
      at += typeof piece === 'number' ? piece : piece.length;
    }
    this.size = at;
  }

  async read(offset: number, into: Uint8Array): Promise<number> {
    const length = Math.min(into.length, this.size - offset);
    into.fill(0, 0, length);
    for (const { at, bytes } of this.pieces) {
      const from = Math.max(at, offset);
      const to = Math.min(at + bytes.length, offset + length);
      if (from < to) into.set(bytes.subarray(from - at, to - at), from - offset);
    }
    this.bytesServed += length;
    return length;
  }

  async close(): Promise<void> {}
}

function encoded(write: (out: Encoder) => void): Uint8Array {
  const sink = new MemorySink();
  const out = new Encoder(sink.write);
  write(out);
  out.flush();
  return sink.bytes();
}

const word = (value: number): Uint8Array => new Uint8Array(BigUint64Array.of(BigInt(value)).buffer);
const numbers = (...values: number[]): Uint8Array => encoded((out) => values.forEach((value) => out.uvarint(value)));
const HEAD = encoded((out) => {
  out.raw(new TextEncoder().encode('go1.7 heap dump\n'));
  for (const value of [6, 0, 8, HEAP, HEAP + 2 ** 40, 0, 0, 1]) out.uvarint(value);
});
/** data, bss, memstats of zeros, end. */
const TAIL = numbers(12, 1, 0, 0, 13, 2, 0, 0, 10, ...new Array<number>(24 + 256 + 1).fill(0), 0);

async function read(source: ByteSource): Promise<{ graph: HeapGraph; account: MemoryAccount }> {
  const account = new MemoryAccount();
  const graph = await readHeapGraph(source, { account, windowBytes: WINDOW });
  expect(graph.records.issue).toBeNull();
  assertGraphIntegrity(graph);
  return { graph, account };
}

test('one object with a million pointers and little memory besides them', async () => {
  const count = 2 ** 20;
  const contents = new Float64Array(count);
  const asWords = new BigUint64Array(contents.buffer);
  for (let i = 0; i < count; i += 3) asWords[i] = BigInt(HEAP + 16 * (i % 2));
  const source = new SparseSource([
    HEAD,
    numbers(1, HEAP, 16),
    16,
    numbers(0),
    numbers(1, HEAP + 16, 8),
    8,
    numbers(0),
    numbers(1, HEAP + 8192, 8 * count),
    new Uint8Array(contents.buffer),
    encoded((out) => {
      for (let i = 0; i < count; i++) {
        out.uvarint(1);
        out.uvarint(8 * i);
      }
      out.uvarint(0);
    }),
    TAIL,
  ]);
  const { graph, account } = await read(source);
  const rows = Math.ceil(count / 3);
  expect([...graph.referenceStart]).toEqual([0, 0, 0, 0, rows]);
  expect([...graph.referenceTarget.subarray(0, 4)]).toEqual([1, 2, 1, 2]);
  // the pointers as addresses and then as ids, a window or two, the last segment
  expect(account.peak).toBeLessThan((8 + 4) * rows + 4_000_000);
  expect(source.bytesServed).toBeLessThan(1.1 * source.size);
  expect(await objectPointers(graph, 3, 3, 2)).toEqual([
    { offset: 24, value: HEAP + 16 },
    { offset: 32, value: 0 },
  ]);
});

describe('an object of nearly 2 GiB', () => {
  const size = 2 * GIB - 8192;
  const last = size - 8;
  const source = new SparseSource([
    HEAD,
    numbers(1, HEAP, size),
    word(HEAP + 8),
    last - 8,
    word(HEAP + last),
    numbers(1, 0, 1, GIB, 1, last, 0),
    TAIL,
  ]);

  test('is read where its pointers are, and nowhere else', async () => {
    source.bytesServed = 0;
    const { graph, account } = await read(source);
    expect(graph.heapBytes).toBe(size);
    expect([...graph.referenceTarget]).toEqual([1, 1]);
    // up to three records of 32 bytes for each of its pages while their table grows, nothing for its bytes
    expect(account.peak).toBeLessThan(3 * 32 * (size / 8192) + 1_000_000);
    expect(source.bytesServed).toBeLessThan(10 * WINDOW);
    expect([...(await objectBytes(graph, 1, last, 100))]).toEqual([...word(HEAP + last)]);
  });
});

describe('2 GiB and more: the runtime writes the length, and fewer bytes', () => {
  test.each([
    [2 * GIB, 0x7fff_f000],
    [3 * GIB, 0x7fff_f000],
    [4 * GIB, 0],
    [4 * GIB + 4096, 4096],
    [5 * GIB, GIB],
  ])('%d bytes, of which %d are in the file', async (size, present) => {
    const source = new SparseSource([
      HEAD,
      numbers(1, HEAP, size),
      present,
      numbers(1, 0, 1, size - 8, 0),
      numbers(1, HEAP + size, 16),
      word(HEAP + size - 1),
      8,
      numbers(1, 0, 0),
      TAIL,
    ]);
    const { graph } = await read(source);
    expect(graph.records.notes.map(({ code }) => code)).toEqual(['object-contents-missing', 'counts-differ']);
    expect(graph.objectCount).toBe(2);
    expect(shallowSize(graph, 1)).toBe(size);
    expect(graph.heapBytes).toBe(size + 16);
    expect(graph.contentsAt[1]).toBe(-1);
    expect([...graph.referenceTarget]).toEqual([1]);
    expect(await objectPointers(graph, 1, 0, 10)).toEqual([]);
    expect(await objectBytes(graph, 1, 0, 10)).toHaveLength(0);
  });
});
