/** What would free a target: found once, and kept for the last target that was asked about, so that ticking a kind marks the heap once. */
import { finalizerRootsOf } from '../../analysis/cut-tables';
import type { Lost } from '../../kinds/free-marking';
import { FreeTarget, type Ways } from '../../kinds/free-target';
import type { Kinds } from '../../kinds/kinds';
import { shallowSize } from '../../graph/heap-graph';
import type { Work } from '../../lib/work';
import type { AnalysedDump } from '../dump/opened-dump';
import { Once } from '../running/once';
import type { Task } from '../running/task-runner';
import type { Ticket } from '../running/ticket';
import { RUNTIMES_OWN, wayKinds, type OwnedWays } from './way-kinds';

/** Some ways and what goes without them. */
export interface WayCut {
  readonly ways: readonly number[];
  readonly frees: Lost;
}

export interface FoundTarget {
  readonly target: FreeTarget;
  readonly ways: Ways;
  readonly kinds: OwnedWays;
  /** Shallow bytes of the members that something recorded holds. */
  readonly bytes: number;
  /** Minimum cuts; null where they cost more than a program can pay. */
  readonly fewest: WayCut | null;
  readonly nearest: WayCut | null;
  /** way of a minimum cut → what goes without it alone, of as many as were tried */
  readonly alone: ReadonlyMap<number, Lost>;
  /** The field of members without which most goes. */
  readonly inside: { readonly field: number; readonly frees: Lost } | null;
}

/** Ways of minimum cuts that are tried alone, a marking each. */
const TRIED_ALONE = 8;

export function* findFreeTarget(dump: AnalysedDump, kinds: Kinds, members: Uint32Array): Work<FoundTarget> {
  const ways = wayKinds(dump, kinds);
  const heap = {
    ...dump,
    kinds: ways,
    cycleOf: dump.components.cycleOf,
    finalizers: { rootsOf: yield* finalizerRootsOf(dump.graph) },
  };
  const found = yield* FreeTarget.find(heap, members);
  try {
    const cuts = yield* countCuts(found.target, found.ways);
    const inside = yield* findInside(dump, kinds, found.target);
    return { ...found, kinds: ways, bytes: bytesOf(dump, found.target.members), ...cuts, inside };
  } catch (error) {
    found.target.release();
    throw error;
  }
}

function* countCuts(
  target: FreeTarget,
  { fewest, ways }: Ways,
): Work<Pick<FoundTarget, 'fewest' | 'nearest' | 'alone'>> {
  const alone = new Map<number, Lost>();
  if (fewest.cost >= RUNTIMES_OWN || fewest.nearSource.length === 0) return { fewest: null, nearest: null, alone };
  const { nearSource, nearSink } = fewest;
  const near = { ways: nearSource, frees: yield* target.without(nearSource) };
  const isOne = nearSource.join() === nearSink.join();
  const far = isOne ? near : { ways: nearSink, frees: yield* target.without(nearSink) };
  for (const cut of [near, far]) if (cut.ways.length === 1) alone.set(cut.ways[0], cut.frees);
  const others = [...nearSource, ...nearSink].filter((way) => !ways[way].enters);
  for (const way of others.slice(0, TRIED_ALONE)) if (!alone.has(way)) alone.set(way, yield* target.without([way]));
  return { fewest: near, nearest: far, alone };
}

/** The field whose targets keep most by themselves, as dominators tell; what goes without it is counted by marking. */
function* findInside(
  { graph, dominators }: AnalysedDump,
  { fields }: Kinds,
  target: FreeTarget,
): Work<FoundTarget['inside']> {
  const { referenceStart, referenceTarget } = graph;
  const { immediateDominator, retainedSize } = dominators;
  const keeps = new Map<number, number>();
  for (const v of target.members) {
    const seen = new Set<number>();
    for (let at = referenceStart[v]; at < referenceStart[v + 1]; at++) {
      const w = referenceTarget[at];
      if (immediateDominator[w] !== v || seen.has(w)) continue;
      seen.add(w);
      const field = fields.ofReference[at];
      keeps.set(field, (keeps.get(field) ?? 0) + retainedSize[w]);
    }
    yield seen.size;
  }
  if (keeps.size === 0) return null;
  const [[field]] = [...keeps].sort(
    ([a, bytes], [b, others]) => others - bytes || (fields.text(a) < fields.text(b) ? -1 : 1),
  );
  const frees = yield* target.withoutField(field);
  return frees.objects > 0 ? { field, frees } : null;
}

function bytesOf({ graph }: AnalysedDump, members: Uint32Array): number {
  return members.reduce((bytes, v) => bytes + shallowSize(graph, v), 0);
}

/** Where what targets are found in comes from. */
interface TargetSources {
  run<T>(ticket: Ticket, task: Task<T>): Promise<T>;
}

export class FreeTargets {
  private last: { readonly key: string; readonly found: Once<FoundTarget> } | null = null;

  constructor(private readonly from: TargetSources) {}

  /** @param key tells targets apart; @param find is asked where the last one was another */
  get(ticket: Ticket, key: string, find: () => Work<FoundTarget>): Promise<FoundTarget> {
    if (this.last?.key !== key) {
      this.release();
      this.last = { key, found: new Once((first) => this.from.run(first, ({ drive }) => drive(find()))) };
    }
    return this.last.found.get(ticket);
  }

  release(): void {
    this.last?.found.whenDone(({ target }) => {
      target.release();
    });
    this.last = null;
  }
}
