/** Names the objects of a dump that was read: holds an executable against it, and prepares what every row needs of the names. */
import type { HeapGraph } from '../../graph/heap-graph';
import type { MemoryAccount } from '../../lib/alloc';
import type { Work } from '../../lib/work';
import { leaveUnnamed, nameObjects } from '../../naming/name-objects';
import type { Naming } from '../../naming/naming';
import { isMisreading, NAMING_STEPS, type NamingStep } from '../../naming/steps/steps';
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
import type { Meter, ProgressLog } from '../running/progress-log';
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

/** Tells how far naming is: by its steps, and by the share of a sweep. */
class NamingMeter {
  private step = 0;

  constructor(private readonly meter: Meter) {}

  readonly begin = (step: NamingStep): void => {
    this.step = NAMING_STEPS.indexOf(step);
    this.meter.update(this.step, step);
  };

  within(share: number): void {
    this.meter.update(this.step + share);
  }
}

/** Names by an executable, or by the dump alone where there is none or it did not write the dump. */
export async function nameDump(read: ReadDump, found: FoundExecutable | null, run: NamingRun): Promise<DumpNames> {
  const meter = run.log.begin('name', 'steps', NAMING_STEPS.length);
  try {
    const names = await namedAsFound(read, found, run, new NamingMeter(meter));
    meter.finish();
    return names;
  } catch (error) {
    meter.abandon();
    throw error;
  }
}

async function namedAsFound(
  read: ReadDump,
  found: FoundExecutable | null,
  run: NamingRun,
  meter: NamingMeter,
): Promise<DumpNames> {
  meter.begin('executable');
  const matched = found && (await run.drive(matchExecutable(read.graph.records, found, run.inflate)));
  refuseUnused(found, matched);
  const { naming, executable, problem } = await namedOrNot(read, matched, run, meter);
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
  meter: NamingMeter,
): Promise<{ naming: Naming; executable: MatchedExecutable | null; problem: string | null }> {
  try {
    const named = await namedBy(
      matched,
      (full, strict) => nameGraph(read, full, strict, run, meter),
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
export async function leaveDumpUnnamed(read: ReadDump, run: Pick<NamingRun, 'drive'>): Promise<DumpNames> {
  return { ...(await namesOf(read, leaveUnnamed(read.graph), null, null, run)), untried: true };
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
  return { labels, naming, executable, functions, untried: false, problem };
}

function nameGraph(
  { graph, account }: { graph: HeapGraph; account: MemoryAccount },
  executable: MatchedExecutable['full'],
  strict: boolean,
  { checkpoint }: NamingRun,
  meter: NamingMeter,
): Promise<Naming> {
  return nameObjects(graph, {
    executable,
    strict,
    account,
    windowBudget: NAMING_WINDOWS,
    onStep: meter.begin,
    checkpoint: (share) => {
      if (share !== undefined) meter.within(share);
      return checkpoint();
    },
  });
}
