// The objects' bytes, a window at a time: those of the file, read as often as the budget asks for, and never those of a read that failed.
import { describe, expect, test } from 'vitest';
import { ArraySource } from '../../../workers/dump/byte-source';
import { readHeapGraph } from '../../../workers/graph/build';
import { HeapWindows } from '../../../workers/graph/contents/heap-windows';
import { objectBytes } from '../../../workers/graph/contents/read-object';
import { shallowSize, type HeapGraph } from '../../../workers/graph/heap-graph';
import { MemoryAccount } from '../../../workers/lib/alloc';
import { CannotRead } from '../../../workers/lib/errors';
import { Scratch } from '../../../workers/lib/scratch';
import { bytesOf } from '../../support/dumps';

/** A file whose reads can be made to fail, or to end early. */
class FrailSource extends ArraySource {
  broken = false;
  end = Infinity;

  override async read(offset: number, into: Uint8Array): Promise<number> {
    if (this.broken) throw new CannotRead('out of reach');
    return super.read(offset, into.subarray(0, Math.max(0, this.end - offset)));
  }
}

const DUMPS = ['go1.27.4/cache', 'go1.27.4-mips/finalizers', 'go1.19.8/poolcycle'];
const WINDOW_BYTES = 20_000;

async function opened(dump: string, budget: number) {
  const source = new FrailSource(bytesOf(`${dump}.heap`), 'frail.heap');
  const graph = await readHeapGraph(source, { account: new MemoryAccount() });
  const account = new MemoryAccount();
  const scratch = new Scratch(account);
  const windows = await HeapWindows.over(graph, budget, scratch, () => undefined, WINDOW_BYTES);
  expect(windows.ranges.length).toBeGreaterThan(2);
  return { source, graph, windows, account, scratch };
}

/** The words of an object, or null where its window is not loaded. */
function wordsOf(graph: HeapGraph, windows: HeapWindows, objectId: number): number[] | null {
  const position = windows.position(objectId);
  if (position < 0) return null;
  const { pointerBytes } = graph.records.params;
  const bytes = shallowSize(graph, objectId) - graph.shapes.valueOffset[graph.shapeId[objectId]];
  return Array.from({ length: Math.floor(bytes / pointerBytes) }, (_, i) => windows.word(position + i * pointerBytes));
}

async function wordsInFile(graph: HeapGraph, objectId: number): Promise<number[]> {
  const { pointerBytes, bigEndian } = graph.records.params;
  const bytes = await objectBytes(graph, objectId, graph.shapes.valueOffset[graph.shapeId[objectId]], Infinity);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: Math.floor(bytes.length / pointerBytes) }, (_, i) =>
    pointerBytes === 8 ? Number(view.getBigUint64(8 * i, !bigEndian)) : view.getUint32(4 * i, !bigEndian),
  );
}

describe.each(DUMPS)('%s', (dump) => {
  test.each([
    ['none', 0],
    ['two windows', 2.5 * WINDOW_BYTES],
    ['all', Infinity],
  ])('with a budget for %s, each window has the words of its objects and of no others', async (_, budget) => {
    const { graph, windows } = await opened(dump, budget);
    for (const round of [1, 2])
      for (const [window, { firstId, endId }] of windows.ranges.entries()) {
        await windows.load(window);
        for (const id of [firstId, (firstId + endId) >> 1, endId - 1]) {
          expect(windows.windowOf(id), `round ${round}`).toBe(window);
          expect(wordsOf(graph, windows, id)).toEqual(await wordsInFile(graph, id));
        }
        if (firstId > 1) expect(wordsOf(graph, windows, firstId - 1)).toBeNull();
        if (endId <= graph.objectCount) expect(wordsOf(graph, windows, endId)).toBeNull();
      }
  });

  test('what the budget allows is read once, the rest each time, and what is loaded never', async () => {
    const readsOf = async (budget: number): Promise<number[]> => {
      const { source, windows } = await opened(dump, budget);
      const reads: number[] = [];
      for (const window of [0, 0, 1, 0, 1, 1, 0]) {
        const before = source.bytesServed;
        await windows.load(window);
        reads.push(Math.sign(source.bytesServed - before));
      }
      return reads;
    };
    expect(await readsOf(Infinity)).toEqual([1, 0, 1, 0, 0, 0, 0]);
    expect(await readsOf(0)).toEqual([1, 0, 1, 1, 1, 0, 1]);
  });

  test.each([
    ['kept', Infinity],
    ['not kept', 0],
  ])('a read that fails is %s no window', async (_, budget) => {
    const { source, graph, windows, account, scratch } = await opened(dump, budget);
    await windows.load(0);
    const held = account.used;
    source.broken = true;
    await expect(windows.load(1)).rejects.toThrow('out of reach');
    if (budget > 0) expect(account.used).toBe(held);
    source.broken = false;
    for (const window of [1, 0]) {
      await windows.load(window);
      const { firstId } = windows.ranges[window];
      expect(wordsOf(graph, windows, firstId)).toEqual(await wordsInFile(graph, firstId));
    }
    scratch.releaseAll();
    expect(account.used).toBe(0);
  });

  test('a file that has become shorter is told of', async () => {
    const { source, windows } = await opened(dump, Infinity);
    source.end = windows.ranges[1].end - 1;
    await windows.load(0);
    await expect(windows.load(1)).rejects.toThrow(
      `frail.heap has become shorter: there is nothing at offset ${source.end} any more. Open it again.`,
    );
  });
});
