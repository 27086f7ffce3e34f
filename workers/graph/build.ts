/** The way from a file to the object graph: read, link, find the roots. */
import type { ByteSource } from '../dump/byte-source';
import type { ObjectTable, RunSink } from '../dump/object-table';
import { openRecords, readDump, type ReadDumpOptions } from '../dump/read-dump';
import type { DumpRecords } from '../dump/records';
import { agreesWithRuntime } from '../dump/verdict';
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
  const { records, objects, index } = await readObjects(source, { account, windowBytes, onRead });
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

interface ObjectsRead {
  records: DumpRecords;
  objects: ObjectTable;
  index: PageIndex;
}

/**
 * Reads the file once; a second time where the totals are not the runtime's and pointers lead to slots that were taken
 * for phantoms by a guess. That is rare, and those slots lie in the middle of all columns.
 */
async function readObjects(source: ByteSource, options: ReadDumpOptions): Promise<ObjectsRead> {
  const first = await readOnce(source, options, new Set());
  const { objects, index, records } = first;
  if (agreesWithRuntime(records, objects.length - 1, objects.bytes)) return first;
  const pointerFree = objects.wronglyGuessed();
  if (pointerFree.size === 0) return first;
  objects.release();
  index.release();
  for (const segment of [records.data, records.bss]) if (segment) options.account.release(segment.pointerOffsets);
  return readOnce(source, options, pointerFree);
}

async function readOnce(
  source: ByteSource,
  options: ReadDumpOptions,
  pointerFree: ReadonlySet<number>,
): Promise<ObjectsRead> {
  const dump = await openRecords(source, options);
  const index = new PageIndex(options.account, dump.params.arenaStart, dump.params.pointerBytes);
  const add: RunSink = (table, first, end) => index.add(table, first, end);
  return { ...(await readDump(dump, add, pointerFree)), index };
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
