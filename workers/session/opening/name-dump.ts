/** Names the objects of a dump that was read: holds an executable against it, and prepares what every row needs of the names. */
import type { HeapGraph } from '../../graph/heap-graph';
import type { MemoryAccount } from '../../lib/alloc';
import type { Work } from '../../lib/work';
import { leaveUnnamed, nameObjects } from '../../naming/name-objects';
import type { Naming } from '../../naming/naming';
import {
  matchExecutable,
  namedBy,
  refuseUnused,
  type FoundExecutable,
  type MatchedExecutable,
} from '../dump/executable';
import { nameFunctions } from '../dump/function-names';
import type { SessionHost } from '../running/host';
import type { DumpNames, ReadDump } from '../dump/opened-dump';
import type { ProgressLog } from '../running/progress-log';
import { labelObjects } from '../dump/type-labels';

export interface NamingRun {
  readonly log: ProgressLog;
  /** Called often; pauses when a slice is over, and rejects when the work is cancelled. */
  readonly checkpoint: () => Promise<void> | undefined;
  /** Runs work in slices, likewise. */
  readonly drive: <T>(work: Work<T>) => Promise<T>;
  readonly inflate: SessionHost['inflate'];
}

/** Bytes of objects that stay in memory while they are named: a dump of this size is read once. */
const NAMING_WINDOWS = 256 * 2 ** 20;

/** Objects that a checkpoint of the naming stands for, as counted on a heap of a million. */
const OBJECTS_A_CHECKPOINT = 2000;

/** Names by an executable, or by the dump alone where there is none or it did not write the dump. */
export async function nameDump(read: ReadDump, found: FoundExecutable | null, run: NamingRun): Promise<DumpNames> {
  const matched = found && matchExecutable(read.graph.records, found, run.inflate);
  refuseUnused(found, matched);
  const { naming, executable } = await namedBy(matched, (full) => nameGraph(read, full, run));
  try {
    refuseUnused(found, executable);
    return await namesOf(read, naming, executable, run);
  } catch (error) {
    naming.release(read.account);
    throw error;
  }
}

/** Leaves objects without names: until there are any, their shapes tell them apart. Costs one pass over the objects. */
export function leaveDumpUnnamed(read: ReadDump, run: Pick<NamingRun, 'drive'>): Promise<DumpNames> {
  return namesOf(read, leaveUnnamed(read.graph), null, run);
}

async function namesOf(
  { graph, shapeTexts }: ReadDump,
  naming: Naming,
  executable: MatchedExecutable | null,
  run: Pick<NamingRun, 'drive'>,
): Promise<DumpNames> {
  const labels = await run.drive(labelObjects(graph, naming, shapeTexts));
  return { labels, naming, executable, functions: nameFunctions(graph.records, executable?.functionAt ?? null) };
}

async function nameGraph(
  { graph, account }: { graph: HeapGraph; account: MemoryAccount },
  executable: MatchedExecutable['full'],
  { log, checkpoint }: NamingRun,
): Promise<Naming> {
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
