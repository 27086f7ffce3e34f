// What is read from the file again when somebody looks, against the graph that was built from the same file.
import { describe, expect, test } from 'vitest';
import { ArraySource } from '../../../workers/dump/byte-source';
import { readHeapGraph } from '../../../workers/graph/build';
import { ROOT, ROOT_PART, shallowSize, type HeapGraph } from '../../../workers/graph/heap-graph';
import { objectBytes, objectPointers, rootAddress, shapeOffsets } from '../../../workers/graph/contents/read-object';
import { MemoryAccount } from '../../../workers/lib/alloc';
import { NONE } from '../../../workers/lib/none';
import { bytesOf, graphOf } from '../../support/dumps';

/** The pointer-sized word at `at` in bytes of the dump, exact. */
function wordIn(graph: HeapGraph, bytes: Uint8Array, at: number): bigint {
  const { pointerBytes, bigEndian } = graph.records.params;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return pointerBytes === 8 ? view.getBigUint64(at, !bigEndian) : BigInt(view.getUint32(at, !bigEndian));
}

const DUMPS = ['go1.27.4/cache', 'go1.27.4-386/layout', 'go1.27.4-mips/finalizers', 'go1.19.8/poolcycle'];

describe.each(DUMPS)('%s', (name) => {
  test('the pointers of objects are the references of the graph', async () => {
    const graph = await graphOf(bytesOf(`${name}.heap`));
    for (let id = 1; id <= graph.objectCount; id += 1 + (id >> 5)) {
      const pointers = await objectPointers(graph, id, 0, Infinity);
      const targets = pointers.map(({ value }) => graph.index.objectAt(value)).filter((target) => target !== NONE);
      expect(targets).toEqual([
        ...graph.referenceTarget.subarray(graph.referenceStart[id], graph.referenceStart[id + 1]),
      ]);
      expect(pointers.map(({ offset }) => offset)).toEqual(await shapeOffsets(graph, graph.shapeId[id], Infinity));
      expect(pointers).toHaveLength(graph.shapes.pointerCount[graph.shapeId[id]]);
    }
  });

  test('the words of objects are those of their bytes', async () => {
    const graph = await graphOf(bytesOf(`${name}.heap`));
    const id = largest(graph);
    const bytes = await objectBytes(graph, id, 0, Infinity);
    expect(bytes).toHaveLength(shallowSize(graph, id));
    for (const { offset, value } of await objectPointers(graph, id, 2, 5)) {
      expect(Number(wordIn(graph, bytes, offset))).toBe(value);
    }
    expect(await objectBytes(graph, id, 8, 8)).toEqual(bytes.slice(8, 16));
    expect(await objectBytes(graph, id, bytes.length - 4, 100)).toHaveLength(4);
    expect(await objectBytes(graph, id, bytes.length, 1)).toHaveLength(0);
  });

  test('a root lies in the memory that it belongs to', async () => {
    const graph = await graphOf(bytesOf(`${name}.heap`));
    const { roots, records } = graph;
    for (let root = 0; root < roots.count; root++) {
      const address = rootAddress(graph, root);
      const block = [records.data, records.bss, records.frames[roots.owner[root]]][roots.kind[root]];
      if (roots.kind[root] === ROOT.finalizer) {
        expect(graph.index.objectAt(address!)).not.toBe(NONE);
      } else if (roots.kind[root] <= ROOT.stack) {
        expect(address! - block!.address).toBeLessThan(block!.bytes);
      } else if (roots.kind[root] === ROOT.goroutine && roots.offset[root] === ROOT_PART.descriptor) {
        expect(address).toBeNull();
      }
    }
    expect(new Set(roots.kind)).toContain(ROOT.stack);
  });
});

/** The object with the most pointers. */
function largest(graph: HeapGraph): number {
  const { shapes, shapeId } = graph;
  return shapeId.reduce(
    (best, shape, id) => (shapes.pointerCount[shape] > shapes.pointerCount[shapeId[best]] ? id : best),
    0,
  );
}

test('a file that was changed since is told so', async () => {
  const bytes = bytesOf('go1.27.4/cache.heap').slice();
  const graph = await readHeapGraph(new ArraySource(bytes, 'cache.heap'), { account: new MemoryAccount() });
  const id = largest(graph);
  bytes.fill(0xff, graph.contentsAt[id] + shallowSize(graph, id));
  const reading = objectPointers(graph, id, 0, 10);
  await expect(reading).rejects.toMatchObject({ name: 'CannotRead' });
  await expect(reading).rejects.toThrow(/^cache\.heap is not the file that was opened any more/);
});

test('a checkpoint that throws abandons reading, at once', async () => {
  const bytes = bytesOf('go1.27.4/cache.heap');
  for (const stopAt of ['read', 'link']) {
    const source = new ArraySource(bytes);
    const seen: string[] = [];
    const checkpoint = (phase: string): void => {
      seen.push(phase);
      if (phase === stopAt) throw new Error('stop');
    };
    await expect(
      readHeapGraph(source, { account: new MemoryAccount(), windowBytes: 4096, checkpoint }),
    ).rejects.toThrow('stop');
    expect(seen.filter((phase) => phase === stopAt)).toHaveLength(1);
  }
});

test('progress never falls and ends at the total', async () => {
  const bytes = bytesOf('go1.27.4/cache.heap');
  const seen = { read: [0], link: [0] };
  const totals = { read: 0, link: 0 };
  const graph = await readHeapGraph(new ArraySource(bytes), {
    account: new MemoryAccount(),
    windowBytes: 65_536,
    checkpoint: async (phase, done, total) => {
      seen[phase].push(done);
      totals[phase] = total;
    },
  });
  expect(totals).toEqual({ read: bytes.length, link: graph.objectCount });
  for (const phase of ['read', 'link'] as const) {
    expect(seen[phase]).toEqual([...seen[phase]].sort((a, b) => a - b));
    expect(seen[phase].at(-1)).toBe(totals[phase]);
  }
});

test('an account that is too small names the array', async () => {
  const account = new MemoryAccount({ totalBytes: 600_000 });
  const reading = readHeapGraph(new ArraySource(bytesOf('go1.27.4/cache.heap')), { account });
  await expect(reading).rejects.toMatchObject({ name: 'OutOfMemory' });
  await expect(reading).rejects.toThrow(/ needs .* the limit is 600000 bytes of which /);
});
