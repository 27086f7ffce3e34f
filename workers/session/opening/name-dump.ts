/** Names the objects of a dump that was read: holds an executable against it, and prepares what every row needs of the names. */
import type { HeapGraph } from '../../graph/heap-graph';
import type { MemoryAccount } from '../../lib/alloc';
import type { Work } from '../../lib/work';
import { leaveUnnamed, nameObjects } from '../../naming/name-objects';
import type { Naming } from '../../naming/naming';
import { isMisreading } from '../../naming/steps/steps';
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
  const { naming, executable, problem } = await namedOrNot(read, matched, run);
  try {
    refuseUnused(found, executable);
    return await namesOf(read, naming, executable, problem, run);
  } catch (error) {
    naming.release(read.account);
    throw error;
  }
}

/** Whatever naming trips over, the dump stays usable: its objects are then told apart by their shapes. */
async function namedOrNot(
  read: ReadDump,
  matched: MatchedExecutable | null,
  run: NamingRun,
): Promise<{ naming: Naming; executable: MatchedExecutable | null; problem: string | null }> {
  try {
    const named = await namedBy(
      matched,
      (full, strict) => nameGraph(read, full, strict, run),
      (naming) => {
        naming.release(read.account);
      },
    );
    return { ...named, problem: null };
  } catch (error) {
    if (!isMisreading(error)) throw error;
    const problem = `The objects could not be named: ${error.message}. They are told apart by size and by where their pointers lie.`;
    return { naming: leaveUnnamed(read.graph), executable: matched, problem };
  }
}

/** Leaves objects without names: until there are any, their shapes tell them apart. Costs one pass over the objects. */
export function leaveDumpUnnamed(read: ReadDump, run: Pick<NamingRun, 'drive'>): Promise<DumpNames> {
  return namesOf(read, leaveUnnamed(read.graph), null, null, run);
}

async function namesOf(
  { graph, shapeTexts }: ReadDump,
  naming: Naming,
  executable: MatchedExecutable | null,
  problem: string | null,
  run: Pick<NamingRun, 'drive'>,
): Promise<DumpNames> {
  const labels = await run.drive(labelObjects(graph, naming, shapeTexts));
  const functions = nameFunctions(graph.records, executable?.functionAt ?? null);
  return { labels, naming, executable, functions, problem };
}

async function nameGraph(
  { graph, account }: { graph: HeapGraph; account: MemoryAccount },
  executable: MatchedExecutable['full'],
  strict: boolean,
  { log, checkpoint }: NamingRun,
): Promise<Naming> {
  const meter = log.begin('name', 'objects', graph.objectCount);
  let checkpoints = 0;
  try {
    const naming = await nameObjects(graph, {
      executable,
      strict,
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
