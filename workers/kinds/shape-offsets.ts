/** Where the pointers of each shape lie, read once from the file. */
import { ListedPointers } from '../graph/contents/listed-pointers';
import type { HeapGraph } from '../graph/heap-graph';
import type { MemoryAccount } from '../lib/alloc';
import type { Work } from '../lib/work';

/** What reading takes. */
export interface ReadingTools {
  readonly account: MemoryAccount;
  readonly checkpoint: () => void | Promise<void>;
  readonly drive: <T>(work: Work<T>) => Promise<T>;
}

/** Lists of pointers longer than this are not kept: of such an object it is not told which of its fields a reference lies in, unless all are one. */
const LONGEST_LIST = 1 << 20;

/** shape → offsets of its pointers in the value, ascending; null where they are too many to keep, or there are none */
export type ShapeOffsets = readonly (Uint32Array | null)[];

export async function readShapeOffsets(graph: HeapGraph, { account, checkpoint }: ReadingTools): Promise<ShapeOffsets> {
  const { shapes } = graph;
  const reader = new ListedPointers(graph.records, account, checkpoint);
  const all: (Uint32Array | null)[] = [];
  try {
    for (let shape = 0; shape < shapes.count; shape++) {
      const count = shapes.pointerCount[shape];
      if (count === 0 || count > LONGEST_LIST) {
        all.push(null);
        continue;
      }
      const offsets = new Uint32Array(count);
      let at = 0;
      await reader.visitList(shapes.fieldListAt[shape], shapes.slotSize[shape], (offset) => {
        offsets[at++] = offset - shapes.valueOffset[shape];
        return at < count;
      });
      all.push(offsets);
      await checkpoint();
    }
  } finally {
    reader.release();
  }
  return all;
}
