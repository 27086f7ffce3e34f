/** A shortest way from a root to an object, read off the distances: each step back goes to a referrer that is one nearer. */
import { TIER_OF_HOLDER } from '../../analysis/tiers';
import { shallowSize } from '../../graph/heap-graph';
import { NONE } from '../../lib/none';
import type { AnalysedDump } from '../dump/opened-dump';

export interface NearestRoot {
  /** A row of graph.roots. */
  root: number;
  /** Objects from the root's end, at most as many as asked for in `head` and `tail` together; the object itself is not among them. */
  head: number[];
  /** What is left out between head and tail. */
  between: { objects: number; bytes: number };
  tail: number[];
}

/**
 * Null where no root reaches the object. A way may be millions of objects long: only `shown` of them are kept, those at its two ends;
 * `onLeftOut` hears of the others.
 */
export function nearestRoot(
  dump: AnalysedDump,
  objectId: number,
  shown: number,
  onLeftOut: (objectId: number) => void,
): NearestRoot | null {
  const steps = dump.distance[objectId];
  if (steps === NONE) return null;
  const onTheWay = steps - 1;
  const headLength = onTheWay <= shown ? onTheWay : Math.ceil(shown / 2);
  const tailLength = onTheWay <= shown ? 0 : shown - headLength;
  const head: number[] = [];
  const tail: number[] = [];
  const between = { objects: 0, bytes: 0 };
  let v = objectId;
  for (let left = onTheWay; left > 0; left--) {
    v = nearerReferrer(dump, v);
    if (onTheWay - left < tailLength) tail.push(v);
    else if (left <= headLength) head.push(v);
    else {
      between.objects++;
      between.bytes += shallowSize(dump.graph, v);
      onLeftOut(v);
    }
  }
  return { root: dump.roots.ofObject(v)[0], head: head.reverse(), between, tail: tail.reverse() };
}

function nearerReferrer({ graph, distance, reachability: { holder } }: AnalysedDump, v: number): number {
  const { referrerStart, referrerSource } = graph;
  for (let referrer = referrerStart[v]; referrer < referrerStart[v + 1]; referrer++) {
    const u = referrerSource[referrer];
    if (distance[u] === distance[v] - 1 && TIER_OF_HOLDER[holder[u]] === TIER_OF_HOLDER[holder[v]]) return u;
  }
  throw new Error(`Object ${v} is ${distance[v]} references from a root, but nothing nearer refers to it.`);
}
