/** What a list of cycles shows of each: counted in one pass over the members, all cycles together. */
import { countCycleBorder, type CycleBorder } from '../../analysis/cycle-border';
import { findCycleRetained } from '../../analysis/cycle-retained';
import { HOLDER, type Components } from '../../analysis/results';
import { shallowSize } from '../../graph/heap-graph';
import { NONE } from '../../lib/none';
import { SLICE_MASK, type Work } from '../../lib/work';
import { findCycleClasses } from '../../cycles/cycle-classes';
import type { CycleStructures } from '../../cycles/keepers';
import { findRuntimeStructures } from '../../cycles/runtime-structures';
import type { AnalysedHeap } from '../../heap/analysed-heap';
import { findStuck } from '../../goroutines/stuck';
import { WOKEN_BY } from '../../goroutines/waking';
import type { AnalysedDump, OpenedDump } from '../dump/opened-dump';
import { censusOfCycles, type CycleCensus } from './cycle-census';

/** Columns indexed by cycle. */
export interface CycleFacts extends CycleBorder, CycleCensus {
  /** Shallow bytes of the members. */
  readonly ownBytes: Float64Array;
  /** Shallow bytes of what is reached only through the members as a set, they included. */
  readonly retainedBytes: Float64Array;
  /** The nearest cycle that takes it along when it goes; NONE where none does. */
  readonly above: Uint32Array;
  /** Members that have a finalizer. */
  readonly finalizers: Uint32Array;
  /** HOLDER of the members: the first, where what is no object joins several. */
  readonly holder: Uint8Array;
  /** KEEPER */
  readonly classes: Uint8Array;
}

/** Reads what keepers and classes need of the file. The caller releases `structures`. */
export async function findCycleStructures(
  dump: OpenedDump & Pick<AnalysedDump, 'components'>,
  tools: Pick<AnalysedHeap, 'checkpoint' | 'drive'>,
): Promise<CycleStructures> {
  const { graph, naming, components, account } = dump;
  const waiting = await findStuck({ ...dump, ...tools });
  const stuck = Uint8Array.from(graph.records.goroutines, (_, goroutine) =>
    waiting && waiting.wokenBy[goroutine] >= WOKEN_BY.unheld ? 1 : 0,
  );
  const { checkpoint } = tools;
  const structures = await findRuntimeStructures(graph, naming, components, stuck, { account, checkpoint });
  return { structures, stuck };
}

export function* findCycleFacts(dump: AnalysedDump, structures: CycleStructures): Work<CycleFacts> {
  const { graph, reachability, components } = dump;
  const border = yield* countCycleBorder(graph, reachability, components);
  const { bytes: retainedBytes, above } = yield* findCycleRetained(graph, reachability, components, dump.account);
  const shapes = yield* censusOfCycles(components, dump.labels);
  const classes = yield* findCycleClasses({ ...dump, ...structures }, dump.account);
  return { ...border, retainedBytes, above, ...shapes, classes, ...(yield* countMembers(dump, components)) };
}

/** Sums over the members of cycles. */
export function* countMembers(
  dump: AnalysedDump,
  { cycleCount, cycleOf, member }: Components,
): Work<Pick<CycleFacts, 'ownBytes' | 'finalizers' | 'holder'>> {
  const ownBytes = new Float64Array(cycleCount);
  const finalizers = new Uint32Array(cycleCount);
  const holder = new Uint8Array(cycleCount).fill(HOLDER.nothing);
  for (let at = 0; at < member.length; at++) {
    const id = member[at];
    ownBytes[cycleOf[id]] += shallowSize(dump.graph, id);
    holder[cycleOf[id]] = Math.min(holder[cycleOf[id]], dump.reachability.holder[id]);
    if ((at & SLICE_MASK) === 0) yield at;
  }
  for (const id of dump.finalizerOf.keys()) if (cycleOf[id] !== NONE) finalizers[cycleOf[id]]++;
  return { ownBytes, finalizers, holder };
}
