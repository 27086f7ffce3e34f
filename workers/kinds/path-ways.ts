/**
 * Ways by path: what leads to each object on a shortest way from the roots, roots in the order of what holds (cycles/keepers.ts). So what is below
 * the tops of one holder is what the summary says is held by it. What no root reaches has ways too, from what nothing refers to.
 *
 *   1. The marking that tells keepers, with its trace.
 *   2. What is held only by references that are left out, from where those lead.
 *   3. What nothing recorded holds, from the sources of garbage.
 *
 * The runtime's own descriptors stand by themselves; what a goroutine's leads to, what a processor's timers keep and the items of a pool begin a
 * way anew, since they are held by what they are and not by what lists them. 12 bytes an object while it runs.
 */
import type { MarkingTrace } from '../analysis/gated-marking';
import { HOLDER } from '../analysis/results';
import { KEEPER, traceKeepers, type Kept, type KeeperTrace } from '../cycles/keepers';
import { isDescriptor, STRUCTURE } from '../cycles/runtime-structures';
import { NONE } from '../lib/none';
import type { Scratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';
import type { ObjectKinds } from './object-kinds';
import type { ReferenceFields } from './reference-fields';
import type { Ways } from './way-tree';
import type { RootKinds } from './root-kinds';
import { Tops } from './tops';

export interface WayScene extends Kept {
  readonly kinds: ObjectKinds;
  readonly fields: ReferenceFields;
  readonly rootKinds: RootKinds;
}

/** Which references are not followed: field → 1 for those; null where all are. */
export type LeftOut = Uint8Array | null;

export function* findPathWays(scene: WayScene, leftOut: LeftOut, scratch: Scratch): Work<{ ways: Ways; tops: Tops }> {
  const { graph, fields } = scene;
  const trace: MarkingTrace = {
    source: scratch.uint32('ways to objects', graph.vertexCount),
    reference: scratch.uint32('references to objects', graph.vertexCount),
    order: scratch.uint32('order of ways', graph.vertexCount),
    visited: 0,
    isLeftOut: leftOut && ((reference) => leftOut[fields.ofReference[reference]] === 1),
  };
  const traced = yield* traceKeepers(scene, trace, scratch);
  if (leftOut) yield* goOnBehind(scene, leftOut, trace);
  yield* goOn(scene, scene.components.garbageEntry, trace);
  yield* passThroughWaiters(scene, trace, traced.rootOf);
  const tops = new PathTops(scene, trace, traced);
  const ways: Ways = {
    order: trace.order,
    visited: trace.visited,
    source: trace.source,
    fieldOf: (id) => (trace.reference[id] === NONE ? NONE : fields.ofReference[trace.reference[id]]),
    topOf: (id) => tops.of(id),
  };
  return { ways, tops: tops.tops };
}

/** Phase 2: what references that are left out lead to, breadth first as everything. */
function* goOnBehind({ graph, fields }: WayScene, leftOut: Uint8Array, trace: MarkingTrace): Work<void> {
  const starts: number[] = [];
  for (let at = 0; at < trace.visited; at++) {
    if ((at & SLICE_MASK) === 0) yield at;
    const id = trace.order[at];
    for (let reference = graph.referenceStart[id]; reference < graph.referenceStart[id + 1]; reference++)
      if (leftOut[fields.ofReference[reference]] === 1) starts.push(graph.referenceTarget[reference]);
  }
  yield* goOn({ graph }, starts, trace);
}

/** Walks on from objects that nothing led to so far; every reference is followed. */
function* goOn({ graph }: Pick<WayScene, 'graph'>, starts: Iterable<number>, trace: MarkingTrace): Work<void> {
  const { source, reference, order } = trace;
  const isNew = (id: number): boolean => source[id] === 0 && reference[id] !== NONE;
  let head = trace.visited;
  for (const start of starts) {
    if (!isNew(start)) continue;
    reference[start] = NONE;
    order[trace.visited++] = start;
  }
  for (; head < trace.visited; head++) {
    if ((head & SLICE_MASK) === 0) yield head;
    const id = order[head];
    for (let at = graph.referenceStart[id]; at < graph.referenceStart[id + 1]; at++) {
      const target = graph.referenceTarget[at];
      if (!isNew(target)) continue;
      source[target] = id;
      reference[target] = at;
      order[trace.visited++] = target;
    }
  }
}

/** What waits in a queue is led to by what has the queue: the runtime's note between them is none of the program's. */
function* passThroughWaiters(
  { structures }: WayScene,
  { order, visited, source, reference }: MarkingTrace,
  rootOf: Map<number, number>,
): Work<void> {
  for (let at = 0; at < visited; at++) {
    if ((at & SLICE_MASK) === 0) yield at;
    const id = order[at];
    const waiter = source[id];
    if (waiter === 0 || structures[waiter] !== STRUCTURE.waiter) continue;
    source[id] = source[waiter];
    reference[id] = NONE;
    const root = rootOf.get(waiter);
    if (source[id] === 0 && root !== undefined) rootOf.set(id, root);
  }
}

/** STRUCTURE → what holds by it is called */
const GATES: Partial<Record<number, string>> = {
  [STRUCTURE.goroutine]: 'descriptors of goroutines',
  [STRUCTURE.stuckGoroutine]: 'descriptors of goroutines',
  [STRUCTURE.machine]: 'descriptors of threads',
  [STRUCTURE.processor]: 'timers',
};

class PathTops {
  readonly tops = new Tops();

  constructor(
    private readonly scene: WayScene,
    private readonly trace: MarkingTrace,
    private readonly traced: KeeperTrace,
  ) {}

  /** See Ways. */
  of(id: number): number {
    const { structures, reachability } = this.scene;
    if (isDescriptor(structures[id]) && reachability.holder[id] !== HOLDER.nothing)
      return this.tops.number('descriptors of the runtime', KEEPER.runtime);
    const above = this.trace.source[id];
    if (above === 0) return this.ofStart(id);
    const structure = structures[above];
    if (structure === STRUCTURE.none) return NONE;
    const keeper = this.traced.keeper[id];
    return this.tops.number(GATES[structure] ?? `items of ${this.poolText(above)}`, keeper);
  }

  private ofStart(id: number): number {
    const { rootKinds, reachability } = this.scene;
    const keeper = this.traced.keeper[id];
    const root = this.traced.rootOf.get(id);
    if (root !== undefined) {
      const kind = rootKinds.ofRoot[root];
      return this.tops.number(rootKinds.text(kind), keeper, rootKinds.roots[kind]);
    }
    if (keeper === KEEPER.cleanup) return this.tops.number('cleanups, not recorded', keeper);
    const isLeftOut = reachability.holder[id] !== HOLDER.nothing;
    return this.tops.number(isLeftOut ? 'only what is left out' : 'nothing recorded', KEEPER.nothing);
  }

  /** The pool whose array this is: a variable, or a field of what leads to it. */
  private poolText(locals: number): string {
    const { kinds, fields, rootKinds } = this.scene;
    const above = this.trace.source[locals];
    if (above === 0) {
      const root = this.traced.rootOf.get(locals);
      return root === undefined ? 'sync.Pool' : withoutPart(rootKinds.text(rootKinds.ofRoot[root]));
    }
    const reference = this.trace.reference[locals];
    const field = reference === NONE ? '' : fields.text(fields.ofReference[reference]);
    return withoutPart(`${kinds.text(kinds.ofObject[above])} ${field}`).trim();
  }
}

/** The two arrays of a pool are fields of it. */
function withoutPart(name: string): string {
  return name.replace(/\.(local|victim)$/, '');
}
