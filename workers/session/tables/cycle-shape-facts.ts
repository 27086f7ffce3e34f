/** What a list of cycle shapes shows of each: sums over the cycles of a shape. */
import { NONE } from '../../lib/none';
import { SLICE_MASK } from '../../lib/work';
import { findCycleShapes, type CycleShapes } from '../../suspects/cycle-shapes';
import type { AnalysedDump } from '../opened-dump';
import type { CycleFacts } from './cycle-facts';

/** Columns indexed by shape. */
export interface ShapeFacts extends CycleShapes {
  readonly cycles: Uint32Array;
  /** Members of all cycles, and their shallow bytes. */
  readonly objects: Float64Array;
  readonly ownBytes: Float64Array;
  /** What each cycle retains; of one below another of the same shape, nothing more. */
  readonly retainedBytes: Float64Array;
  /** The cycle that retains most, the first of several. */
  readonly largest: Uint32Array;
}

/** Reads the file for the fields. `checkpoint` may throw to cancel. */
export async function findShapeFacts(
  dump: AnalysedDump,
  facts: CycleFacts,
  checkpoint: () => Promise<void> | undefined,
): Promise<ShapeFacts> {
  const { graph, naming, components, labels, account } = dump;
  const heap = { graph, naming, components, classes: facts.classes, kindOf: (id: number) => labels.labelOf(id) };
  const shapes = await findCycleShapes(heap, { account, checkpoint });
  return { ...shapes, ...(await sumShapes(dump, facts, shapes, checkpoint)) };
}

async function sumShapes(
  { components: { cycleCount, memberStart } }: AnalysedDump,
  facts: CycleFacts,
  { count, shapeOf, first }: CycleShapes,
  checkpoint: () => Promise<void> | undefined,
): Promise<Omit<ShapeFacts, keyof CycleShapes>> {
  const cycles = new Uint32Array(count);
  const objects = new Float64Array(count);
  const ownBytes = new Float64Array(count);
  const largest = first.slice();
  for (let cycle = 0; cycle < cycleCount; cycle++) {
    const shape = shapeOf[cycle];
    cycles[shape]++;
    objects[shape] += memberStart[cycle + 1] - memberStart[cycle];
    ownBytes[shape] += facts.ownBytes[cycle];
    if (facts.retainedBytes[cycle] > facts.retainedBytes[largest[shape]]) largest[shape] = cycle;
    if ((cycle & SLICE_MASK) === 0) await checkpoint();
  }
  return { cycles, objects, ownBytes, retainedBytes: sumRetained(facts, shapeOf, count), largest };
}

/**
 * Adds up what cycles retain that lie below no other of their shape. A walk over the forest of cycles, from those that nothing is above: it
 * counts how many of each shape lie on the way to where it is.
 */
function sumRetained({ above, retainedBytes }: CycleFacts, shapeOf: Uint32Array, count: number): Float64Array {
  const { start, child } = childrenOf(above);
  const sums = new Float64Array(count);
  const onTheWay = new Uint32Array(count);
  const path = new Uint32Array(above.length);
  const cursor = start.slice();
  for (let top = 0; top < above.length; top++) {
    if (above[top] !== NONE) continue;
    let depth = 0;
    path[0] = top;
    if (onTheWay[shapeOf[top]]++ === 0) sums[shapeOf[top]] += retainedBytes[top];
    while (depth >= 0) {
      const cycle = path[depth];
      if (cursor[cycle] < start[cycle + 1]) {
        const next = child[cursor[cycle]++];
        path[++depth] = next;
        if (onTheWay[shapeOf[next]]++ === 0) sums[shapeOf[next]] += retainedBytes[next];
      } else {
        onTheWay[shapeOf[cycle]]--;
        depth--;
      }
    }
  }
  return sums;
}

/** Cycles by the cycle above them. */
function childrenOf(above: Uint32Array): { start: Uint32Array; child: Uint32Array } {
  const start = new Uint32Array(above.length + 1);
  for (const parent of above) if (parent !== NONE) start[parent]++;
  for (let cycle = 1; cycle <= above.length; cycle++) start[cycle] += start[cycle - 1];
  const child = new Uint32Array(start[above.length]);
  for (let cycle = above.length - 1; cycle >= 0; cycle--) {
    if (above[cycle] !== NONE) child[--start[above[cycle]]] = cycle;
  }
  return { start, child };
}
