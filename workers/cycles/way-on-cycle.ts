/** Ways along a cycle: how one of its members leads to another, or back to itself. */
import type { Components } from '../analysis/results';
import type { Digraph } from '../lib/digraph';
import { NONE } from '../lib/none';
import { SLICE_MASK, type Work } from '../lib/work';

/** A graph and the cycles on it. */
export interface CycleGraph {
  readonly graph: Pick<Digraph, 'referenceStart' | 'referenceTarget'>;
  readonly components: Pick<Components, 'cycleOf'>;
}

/** Objects that are met on the search; in larger cycles a long way is not looked for. */
const MOST_MET = 2 ** 18;

/** The way by the fewest references, both ends included: from an object to itself all round. Null where there is none, or it is long. */
export function* wayOnCycle(
  { graph, components: { cycleOf } }: CycleGraph,
  from: number,
  to: number,
): Work<readonly number[] | null> {
  const { referenceStart, referenceTarget } = graph;
  if (cycleOf[from] === NONE) return null;
  const cameFrom = new Map<number, number>();
  const queue = [from];
  for (let head = 0; head < queue.length; head++) {
    const v = queue[head];
    for (let reference = referenceStart[v]; reference < referenceStart[v + 1]; reference++) {
      if (queue.length > MOST_MET) return null;
      const w = referenceTarget[reference];
      if (w === to) return [...backwards(cameFrom, from, v), to];
      if (w === from || cycleOf[w] !== cycleOf[from] || cameFrom.has(w)) continue;
      cameFrom.set(w, v);
      queue.push(w);
    }
    if ((head & SLICE_MASK) === 0) yield head;
  }
  return null;
}

/** From the start of the search to an object that it met. */
function backwards(cameFrom: ReadonlyMap<number, number>, start: number, met: number): number[] {
  const way: number[] = [];
  for (let v: number | undefined = met; v !== undefined && v !== start; v = cameFrom.get(v)) way.push(v);
  way.push(start);
  return way.reverse();
}
