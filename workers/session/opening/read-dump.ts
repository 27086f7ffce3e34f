/** Reads a file into a graph, and prepares what every row needs. */
import { EngineError } from '../../api/errors';
import type { ByteSource } from '../../dump/byte-source';
import { readHeapGraph, type Checkpoint } from '../../graph/build';
import type { HeapGraph } from '../../graph/heap-graph';
import { ListedPointers } from '../../graph/contents/listed-pointers';
import type { MemoryAccount } from '../../lib/alloc';
import { indexFinalizers } from '../dump/finalizer-index';
import type { NamingRun } from './name-dump';
import type { ReadDump } from '../dump/opened-dump';
import { pointersInFile } from '../../graph/contents/object-pointers';
import type { Meter } from '../running/progress-log';
import { SHAPE_OFFSETS, shapeText } from '../dump/shape-text';

export interface Opening extends NamingRun {
  readonly account: MemoryAccount;
  /** Hears how many objects have been read, and which part of the file. */
  readonly onRead: (objects: number, part: number) => void;
}

/** Reads a dump, without names. Rejects with NotADump, CannotRead, OutOfMemory or Cancelled. The source is the caller's to close. */
export async function readDump(source: ByteSource, strict: boolean, opening: Opening): Promise<ReadDump> {
  const { account, checkpoint } = opening;
  const graph = await readGraph(source, opening);
  if (strict) refuseUnlessWhole(graph);
  return {
    graph,
    account,
    pointers: pointersInFile(graph),
    finalizerOf: indexFinalizers(graph),
    shapeTexts: await readShapeTexts(graph, account, checkpoint),
  };
}

/** Tells progress as the phases that the reader is in, one after the other. */
class ReadingMeters {
  private phase: 'read' | 'link' | null = null;
  private meter: Meter | null = null;

  constructor(private readonly opening: Opening) {}

  readonly checkpoint: Checkpoint = (phase, done, total, objects) => {
    const { opening } = this;
    if (this.phase !== phase) {
      this.meter?.finish();
      this.meter = opening.log.begin(phase, phase === 'read' ? 'bytes' : 'objects', total);
      this.phase = phase;
    }
    this.meter?.update(done);
    opening.onRead(objects, phase === 'read' ? done / total : 1);
    return opening.checkpoint();
  };

  /** Ends the last phase; where reading failed, it leaves the log. */
  end(succeeded: boolean): void {
    if (succeeded) this.meter?.finish();
    else this.meter?.abandon();
  }
}

async function readGraph(source: ByteSource, opening: Opening): Promise<HeapGraph> {
  const meters = new ReadingMeters(opening);
  let succeeded = false;
  try {
    const graph = await readHeapGraph(source, { account: opening.account, checkpoint: meters.checkpoint });
    succeeded = true;
    return graph;
  } finally {
    meters.end(succeeded);
  }
}

/** The pointer lists of shapes stand in the file in the order of the shapes. */
async function readShapeTexts(
  graph: HeapGraph,
  account: MemoryAccount,
  checkpoint: Opening['checkpoint'],
): Promise<string[]> {
  const { shapes } = graph;
  const reader = new ListedPointers(graph.records, account);
  const texts: string[] = [];
  try {
    for (let shape = 0; shape < shapes.count; shape++) {
      const offsets: number[] = [];
      if (shapes.pointerCount[shape] > 0) {
        await reader.visitList(
          shapes.fieldListAt[shape],
          shapes.slotSize[shape],
          (offset) => offsets.push(offset - shapes.valueOffset[shape]) < SHAPE_OFFSETS,
        );
      }
      texts.push(shapeText(shapes, shape, offsets));
      await checkpoint();
    }
  } finally {
    reader.release();
  }
  return texts;
}

function refuseUnlessWhole({ records }: HeapGraph): void {
  const { issue, state, source } = records;
  if (state === 'whole' || !issue) return;
  const place = issue.record === null ? '' : ` in a record of kind ${issue.record}`;
  throw new EngineError(
    'NotADump',
    `${source.name} is ${state} at offset ${issue.offset}${place}: expected ${issue.expected}, found ${issue.found}. ` +
      `Open it without “strict” to see what was whole before that.`,
  );
}
