/** Opens a dump: reads the file into a graph, names its objects and prepares what every row needs. */
import { EngineError } from '../api/errors';
import type { ByteSource } from '../dump/byte-source';
import { readHeapGraph, type Checkpoint } from '../graph/build';
import type { HeapGraph } from '../graph/heap-graph';
import { PointerReader } from '../graph/pointer-reader';
import type { MemoryAccount } from '../lib/alloc';
import type { Work } from '../lib/work';
import { nameObjects } from '../naming/name-objects';
import type { Naming } from '../naming/naming';
import { matchExecutable, namedBy, type FoundExecutable, type MatchedExecutable } from './executable';
import { indexFinalizers } from './finalizer-index';
import { nameFunctions } from './function-names';
import type { SessionHost } from './host';
import type { OpenedDump } from './opened-dump';
import { pointersInFile } from './pointer-reader';
import type { Meter, ProgressLog } from './progress-log';
import { labelObjects, SHAPE_OFFSETS } from './type-labels';

export interface Opening {
  readonly account: MemoryAccount;
  readonly log: ProgressLog;
  /** Called often; pauses when a slice is over, and rejects when opening is cancelled. */
  readonly checkpoint: () => Promise<void> | undefined;
  /** Runs work in slices, likewise. */
  readonly drive: <T>(work: Work<T>) => Promise<T>;
  readonly inflate: SessionHost['inflate'];
  /** Hears how many objects have been read, and which part of the file. */
  readonly onRead: (objects: number, part: number) => void;
}

/** Rejects with NotADump, CannotRead, OutOfMemory or Cancelled. The source is the caller's to close. */
export async function openDump(
  source: ByteSource,
  found: FoundExecutable | null,
  strict: boolean,
  opening: Opening,
): Promise<OpenedDump> {
  const { account, checkpoint } = opening;
  const graph = await readGraph(source, opening);
  if (strict) refuseUnlessWhole(graph);
  const matched = found && matchExecutable(graph.records, found, opening.inflate);
  const { naming, executable } = await namedBy(matched, (full) => nameGraph(graph, full, opening));
  const offsetsOf = await readShapeOffsets(graph, account, checkpoint);
  return {
    graph,
    account,
    pointers: pointersInFile(graph),
    labels: await opening.drive(labelObjects(graph, naming, offsetsOf, account)),
    naming,
    executable,
    finalizers: indexFinalizers(graph),
    functions: nameFunctions(graph.records, executable?.functionAt ?? null),
  };
}

/** Bytes of objects that stay in memory while they are named: a dump of this size is read once. */
const NAMING_WINDOWS = 256 * 2 ** 20;

/** Objects that a checkpoint of the naming stands for, as counted on a heap of a million. */
const OBJECTS_A_CHECKPOINT = 5400;

async function nameGraph(graph: HeapGraph, executable: MatchedExecutable['full'], opening: Opening): Promise<Naming> {
  const { account, log, checkpoint } = opening;
  const meter = log.begin('name', 'objects', graph.objectCount);
  let checkpoints = 0;
  try {
    const naming = await nameObjects(graph, {
      executable,
      account,
      windowBudget: NAMING_WINDOWS,
      checkpoint: () => {
        meter.update(++checkpoints * OBJECTS_A_CHECKPOINT);
        return checkpoint();
      },
    });
    meter.finish();
    return naming;
  } catch (error) {
    meter.abandon();
    throw error;
  }
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

/** The first pointer offsets of each shape, counted from the value. Their lists stand in the file in the order of the shapes. */
async function readShapeOffsets(
  graph: HeapGraph,
  account: MemoryAccount,
  checkpoint: Opening['checkpoint'],
): Promise<number[][]> {
  const { shapes } = graph;
  const reader = new PointerReader(graph.records, account);
  const offsetsOf: number[][] = [];
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
      offsetsOf.push(offsets);
      await checkpoint();
    }
  } finally {
    reader.release();
  }
  return offsetsOf;
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
