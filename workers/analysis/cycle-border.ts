/** References across the border of each cycle, counted: who holds it, and what it holds. Parallel references count each. */
import { NONE } from '../lib/none';
import { SLICE_MASK, type Work } from '../lib/work';
import type { ObjectGraph } from './object-graph';
import type { Components, Reachability } from './results';

export interface CycleBorder {
  /** cycle → references into it from objects that are not members, and from the roots that count */
  readonly entering: Uint32Array;
  /** cycle → references from members to other objects */
  readonly leaving: Uint32Array;
}

export function* countCycleBorder(
  graph: ObjectGraph,
  { effectiveRoots }: Reachability,
  { cycleCount, cycleOf, member }: Components,
): Work<CycleBorder> {
  const { referenceStart, referenceTarget, referrerStart, referrerSource, roots } = graph;
  const entering = new Uint32Array(cycleCount);
  const leaving = new Uint32Array(cycleCount);
  for (let i = 0; i < member.length; i++) {
    const v = member[i];
    const cycle = cycleOf[v];
    for (let referrer = referrerStart[v]; referrer < referrerStart[v + 1]; referrer++) {
      if (cycleOf[referrerSource[referrer]] !== cycle) entering[cycle]++;
    }
    for (let reference = referenceStart[v]; reference < referenceStart[v + 1]; reference++) {
      if (cycleOf[referenceTarget[reference]] !== cycle) leaving[cycle]++;
    }
    if ((i & SLICE_MASK) === 0) yield i;
  }
  for (const root of effectiveRoots) {
    const cycle = cycleOf[roots.target[root]];
    if (cycle !== NONE) entering[cycle]++;
  }
  return { entering, leaving };
}
