/** What a list of cycle shapes shows of each: sums over the cycles of a shape. */
import { NONE } from '../../lib/none';
import { SLICE_MASK } from '../../lib/work';
import { findCycleShapes, type CycleShapes } from '../../cycles/cycle-shapes';
import type { CycleFacts } from './cycle-facts';
import type { CycleCatalogue } from './full-cycle-facts';

/** Columns indexed by shape. */
export interface ShapeFacts extends CycleShapes {
  /** Shapes of which the list has cycles, ascending. */
  readonly shown: Uint32Array;
  /** How many cycles of the list it is. */
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
  catalogue: CycleCatalogue,
  checkpoint: () => Promise<void> | undefined,
): Promise<ShapeFacts> {
  const { graph, naming, components, labels, account } = catalogue.dump;
  const heap = { graph, naming, components, groups: groupsOf(catalogue), kindOf: (id: number) => labels.labelOf(id) };
  const shapes = await findCycleShapes(heap, { account, checkpoint });
  return { ...shapes, ...(await sumShapes(catalogue, shapes, checkpoint)) };
}

/** Classes, of which there are fewer. */
const CLASSES = 16;

/** Cycles of one shape have one class, and the same globals on them; goroutines differ from each other by number only. */
function groupsOf({ facts, through }: CycleCatalogue): Uint32Array {
  const known = new Map<string, number>([['', 0]]);
  return Uint32Array.from(facts.classes, (code, cycle) => {
    const names = through(cycle).map((one) => (one.kind === 'place' ? one.place.name : 'a goroutine'));
    const key = names.sort().join();
    const place = known.get(key) ?? known.size;
    known.set(key, place);
    return CLASSES * place + code;
  });
}

async function sumShapes(
  { dump, facts, shown }: CycleCatalogue,
  { count, shapeOf, first }: CycleShapes,
  checkpoint: () => Promise<void> | undefined,
): Promise<Omit<ShapeFacts, keyof CycleShapes>> {
  const { memberStart } = dump.components;
  const cycles = new Uint32Array(count);
  const objects = new Float64Array(count);
  const ownBytes = new Float64Array(count);
  const largest = first.slice();
  const listed = shown ?? shapeOf.keys();
  for (const cycle of listed) {
    const shape = shapeOf[cycle];
    cycles[shape]++;
    objects[shape] += memberStart[cycle + 1] - memberStart[cycle];
    ownBytes[shape] += facts.ownBytes[cycle];
    if (facts.retainedBytes[cycle] > facts.retainedBytes[largest[shape]]) largest[shape] = cycle;
    if ((cycle & SLICE_MASK) === 0) await checkpoint();
  }
  const retainedBytes = sumRetained(facts, shapeOf, count);
  const kept = Uint32Array.from(cycles.keys()).filter((shape) => cycles[shape] > 0);
  return { shown: kept, cycles, objects, ownBytes, retainedBytes, largest };
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
