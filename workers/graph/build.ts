/** The way from a file to the object graph: read, link, find the roots. */
import type { ByteSource } from '../dump/byte-source';
import { openRecords, readDump } from '../dump/read-dump';
import type { DumpRecords } from '../dump/records';
import type { MemoryAccount } from '../lib/alloc';
import { FileWords } from './contents/file-words';
import type { HeapGraph, RootTable, ShapeTable } from './heap-graph';
import { linked, linkSteps } from './link';
import { PageIndex } from './page-index';
import { ListedPointers } from './contents/listed-pointers';
import { findRoots } from './roots';

/**
 * Progress at coarse steps: in `read`, bytes of the file after each window; in `link`, objects after each 2^16. May
 * wait to let the host breathe, and throw to abandon everything.
 */
export type Checkpoint = (phase: 'read' | 'link', done: number, total: number, objects: number) => void | Promise<void>;

export interface ReadOptions {
  account: MemoryAccount;
  /** Bytes of the file to hold at a time. */
  windowBytes?: number;
  checkpoint?: Checkpoint;
}

const WINDOW_BYTES = 2 ** 22;
const ROOT_BUFFER_BYTES = 2 ** 20;

/**
 * Reads a dump and builds its graph. A dump that is damaged after its params gives the graph of what was whole, with
 * `records.state` and `records.issue`. Rejects with NotADump, CannotRead or OutOfMemory, or with what the checkpoint
 * throws.
 */
export async function readHeapGraph(source: ByteSource, options: ReadOptions): Promise<HeapGraph> {
  const { account, windowBytes = WINDOW_BYTES, checkpoint = () => undefined } = options;
  const onRead = (offset: number, count: number): void | Promise<void> =>
    checkpoint('read', offset, source.size, count);
  const dump = await openRecords(source, { account, windowBytes, onRead });
  const index = new PageIndex(account, dump.params.arenaStart, dump.params.pointerBytes);
  const { records, objects } = await readDump(dump, (table, first, end) => index.add(table, first, end));
  const objectCount = objects.length - 1;
  await checkpoint('read', source.size, source.size, objectCount);

  const shapes: ShapeTable = objects.shapes;
  const slotAddress = objects.slotAddress.flatten();
  const shapeId = objects.shapeId.flatten();
  index.useSlots(slotAddress, shapeId, shapes.slotSize);
  const link = linked(objects, index, account);
  const steps = linkSteps(objects.length);
  let step = link.next();
  for (; !step.done; step = link.next()) {
    await checkpoint('link', Math.floor((step.value / steps) * objectCount), objectCount, objectCount);
  }
  const contentsAt = objects.contentsAt.flatten();
  const breathe = (): void | Promise<void> => checkpoint('link', objectCount, objectCount, objectCount);
  const roots = await rootsOf(records, index, account, { slotAddress, contentsAt, shapeId, shapes }, breathe);
  await breathe();
  return {
    ...step.value,
    objectCount,
    slotAddress,
    contentsAt,
    shapeId,
    shapes,
    index,
    roots,
    heapBytes: objects.bytes,
    phantomRecords: objects.phantomRecords,
    phantomBytes: objects.phantomBytes,
    records,
  };
}

async function rootsOf(
  records: DumpRecords,
  index: PageIndex,
  account: MemoryAccount,
  objects: Pick<HeapGraph, 'slotAddress' | 'contentsAt' | 'shapeId' | 'shapes'>,
  breathe: () => void | Promise<void>,
): Promise<RootTable> {
  const { slotAddress, contentsAt, shapeId, shapes } = objects;
  const words = new FileWords(records.source, records.params, account, ROOT_BUFFER_BYTES, breathe);
  const pointers = new ListedPointers(records, account, breathe);
  const visitWords = (objectId: number, visit: (value: number) => void): Promise<void> => {
    const slot = { contentsAt: contentsAt[objectId], size: shapes.slotSize[shapeId[objectId]] };
    return pointers.visit(slot, (_offset, value) => {
      visit(value);
      return true;
    });
  };
  try {
    return await findRoots({ records, index, account, words, slotAddress, visitWords });
  } finally {
    words.release();
    pointers.release();
  }
}
