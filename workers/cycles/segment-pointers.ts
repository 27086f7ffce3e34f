/**
 * Pointers of objects into data and bss, which the graph does not keep: read from the file again, in windows and in order. Objects whose listed
 * words all lead to objects are passed over, and windows without any other are not read.
 */
import { ListedPointers } from '../graph/contents/listed-pointers';
import { shapeOffsets } from '../graph/contents/read-object';
import { shallowSize, type HeapGraph } from '../graph/heap-graph';
import type { MemoryAccount } from '../lib/alloc';
import { Float64Column, Uint32Column } from '../lib/column';
import { Scratch } from '../lib/scratch';
import { HeapWindows } from '../graph/contents/heap-windows';

/** pointer → the object that it lies in, and where it leads; 12 bytes each, which `release` gives back */
export interface SegmentPointers {
  readonly source: Uint32Array;
  readonly address: Float64Array;
  release(): void;
}

/** Lists that are kept for the objects of a shape; longer ones are read again with each object. */
const LONGEST_LIST = 512;

export async function findSegmentPointers(
  graph: HeapGraph,
  account: MemoryAccount,
  checkpoint: () => Promise<void> | undefined,
): Promise<SegmentPointers> {
  const scratch = new Scratch(account);
  const source = new Uint32Column(account, 'pointers into data and bss: objects');
  const address = new Float64Column(account, 'pointers into data and bss: addresses');
  const isInside = segmentTest(graph);
  const visit = (objectId: number, word: number): void => {
    if (!isInside(word)) return;
    source.push(objectId);
    address.push(word);
  };
  try {
    await visitLooseWords(graph, scratch, checkpoint, visit);
    await visitLong(graph, account, checkpoint, visit);
  } catch (error) {
    source.release();
    address.release();
    throw error;
  } finally {
    scratch.releaseAll();
  }
  const columns = { source: source.flatten(), address: address.flatten() };
  return {
    ...columns,
    release: () => {
      account.release(columns.source, columns.address);
    },
  };
}

/** Whether an address lies in data or bss. */
export function segmentTest({ records: { data, bss } }: HeapGraph): (address: number) => boolean {
  const ranges = [data, bss].filter((segment) => segment !== null);
  return (word) => ranges.some(({ address, bytes }) => word >= address && word < address + bytes);
}

/** Listed words of the objects of which not all lead to objects. */
async function visitLooseWords(
  graph: HeapGraph,
  scratch: Scratch,
  checkpoint: () => Promise<void> | undefined,
  visit: (objectId: number, word: number) => void,
): Promise<void> {
  const { referenceStart, shapes, shapeId } = graph;
  const windows = await HeapWindows.over(graph, 0, scratch, checkpoint);
  const lists: (readonly number[] | undefined)[] = [];
  for (const [window, { firstId, endId }] of windows.ranges.entries()) {
    for (let id = firstId; id < endId; id++) {
      const shape = shapeId[id];
      const pointers = shapes.pointerCount[shape];
      if (pointers === referenceStart[id + 1] - referenceStart[id] || pointers > LONGEST_LIST) continue;
      const offsets = (lists[shape] ??= await shapeOffsets(graph, shape, LONGEST_LIST));
      await windows.load(window);
      const position = windows.position(id) - shapes.valueOffset[shape];
      if (position >= 0) for (const offset of offsets) visit(id, windows.word(position + offset));
    }
    await checkpoint();
  }
}

/** Objects with more pointers than the lists that are kept. */
async function visitLong(
  graph: HeapGraph,
  account: MemoryAccount,
  checkpoint: () => Promise<void> | undefined,
  visit: (objectId: number, word: number) => void,
): Promise<void> {
  const { shapes, shapeId, contentsAt } = graph;
  const reader = new ListedPointers(graph.records, account, checkpoint);
  try {
    for (let id = 1; id <= graph.objectCount; id++) {
      if (shapes.pointerCount[shapeId[id]] <= LONGEST_LIST) continue;
      await reader.visit({ contentsAt: contentsAt[id], size: shallowSize(graph, id) }, (_, word) => {
        visit(id, word);
        return true;
      });
    }
  } finally {
    reader.release();
  }
}
