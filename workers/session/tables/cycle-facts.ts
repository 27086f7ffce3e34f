/** What a list of cycles shows of each: counted in one pass over the members, all cycles together. */
import { countCycleBorder, type CycleBorder } from '../../analysis/cycle-border';
import { findCycleRetained } from '../../analysis/cycle-retained';
import type { Components } from '../../analysis/results';
import { shallowSize } from '../../graph/heap-graph';
import { NONE } from '../../lib/none';
import { SLICE_MASK, type Work } from '../../lib/work';
import { findCycleClasses } from '../../suspects/cycle-classes';
import type { CycleStructures } from '../../suspects/cycle-keepers';
import { findRuntimeStructures } from '../../suspects/runtime-structures';
import type { Scene } from '../../suspects/scene';
import { stuckGoroutines } from '../../suspects/stuck';
import { WOKEN_BY } from '../../suspects/waking';
import { finalizersByObject } from '../scene';
import type { AnalysedDump } from '../opened-dump';
import { typeText, type TypeLabels } from '../type-labels';

/** Columns indexed by cycle. */
export interface CycleFacts extends CycleBorder {
  /** Shallow bytes of the members. */
  readonly ownBytes: Float64Array;
  /** Shallow bytes of what is reached only through the members as a set, they included. */
  readonly retainedBytes: Float64Array;
  /** The nearest cycle that takes it along when it goes; NONE where none does. */
  readonly above: Uint32Array;
  /** Members that have a finalizer. */
  readonly finalizers: Uint32Array;
  /** HOLDER of the members, which is the same for all of them. */
  readonly holder: Uint8Array;
  /** CYCLE_CLASS */
  readonly classes: Uint8Array;
  /** Index of the cycle's shape in shapeTexts. */
  readonly shape: Uint32Array;
  readonly shapeTexts: readonly string[];
}

/** Reads what the classes need of the file. The caller releases `structures`. */
export async function findCycleStructures(
  dump: AnalysedDump,
  tools: Pick<Scene, 'checkpoint' | 'drive'>,
): Promise<CycleStructures> {
  const { graph, naming, components, account } = dump;
  const waiting = await stuckGoroutines({ ...dump, finalizerOf: finalizersByObject(dump), ...tools });
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
  const shapes = yield* findCycleShapes(components, dump.labels);
  const classes = yield* findCycleClasses({ ...dump, ...structures }, dump.account);
  return { ...border, retainedBytes, above, ...shapes, classes, ...(yield* countMembers(dump)) };
}

function* countMembers(dump: AnalysedDump): Work<Pick<CycleFacts, 'ownBytes' | 'finalizers' | 'holder'>> {
  const { cycleCount, cycleOf, member } = dump.components;
  const ownBytes = new Float64Array(cycleCount);
  const finalizers = new Uint32Array(cycleCount);
  const holder = new Uint8Array(cycleCount);
  for (let at = 0; at < member.length; at++) {
    const id = member[at];
    ownBytes[cycleOf[id]] += shallowSize(dump.graph, id);
    holder[cycleOf[id]] = dump.reachability.holder[id];
    if ((at & SLICE_MASK) === 0) yield at;
  }
  for (const id of dump.finalizers.keys()) if (cycleOf[id] !== NONE) finalizers[cycleOf[id]]++;
  return { ownBytes, finalizers, holder };
}

/** Cycles whose members have the same labels, each as often, have the same shape. */
function* findCycleShapes(components: Components, labels: TypeLabels): Work<Pick<CycleFacts, 'shape' | 'shapeTexts'>> {
  const shape = new Uint32Array(components.cycleCount);
  const shapeTexts: string[] = [];
  const known = new Map<string, number>();
  const census = new LabelCensus(labels);
  for (let cycle = 0; cycle < components.cycleCount; cycle++) {
    for (let at = components.memberStart[cycle]; at < components.memberStart[cycle + 1]; at++) {
      census.add(labels.labelOf(components.member[at]));
      if ((at & SLICE_MASK) === 0) yield at;
    }
    const key = census.key();
    let code = known.get(key);
    if (code === undefined) {
      code = shapeTexts.push(census.text()) - 1;
      known.set(key, code);
    }
    shape[cycle] = code;
    census.clear();
  }
  return { shape, shapeTexts };
}

/** Labels that a cycle's shape spells out; the rest is a count. */
const SPELT = 4;

/** Counts labels, the same arrays for every cycle. */
class LabelCensus {
  /** label → how often it was added; zero for all that are not in `seen` */
  private readonly count: Uint32Array;
  private seen: number[] = [];

  constructor(private readonly labels: TypeLabels) {
    this.count = new Uint32Array(labels.count);
  }

  add(label: number): void {
    if (this.count[label]++ === 0) this.seen.push(label);
  }

  clear(): void {
    for (const label of this.seen) this.count[label] = 0;
    this.seen = [];
  }

  key(): string {
    return this.sorted()
      .map((label) => `${label}×${this.count[label]}`)
      .join();
  }

  /** `3 × 48 B, pointers at +0 · 1 × 64 B, …`: the most frequent first. */
  text(): string {
    const spelt = this.sorted()
      .slice(0, SPELT)
      .map((label) => `${this.count[label]} × ${typeText(this.labels.label(label))}`);
    if (this.seen.length > SPELT) spelt.push(`… (${this.seen.length} types)`);
    return spelt.join(' · ');
  }

  private sorted(): number[] {
    return this.seen.sort((a, b) => this.count[b] - this.count[a] || a - b);
  }
}
