/** Who refers to the members and what they refer to: the weightiest few by name, the others counted. */
import { TIER_OF_HOLDER } from '../../analysis/tiers';
import { shallowSize } from '../../graph/heap-graph';
import { SLICE_MASK, type Work } from '../../lib/work';
import type { AnalysedDump } from '../dump/opened-dump';
import { Best } from './best';
import { rootGroup } from './nodes';
import type { Scope } from './scope';

/** Where an object outside the members stands; each stands in one place. */
export const SIDE = { unseen: 0, out: 1, in: 2, path: 3 } as const;

export interface Side {
  objects: number;
  bytes: number;
  readonly best: Best;
}

export interface Surroundings {
  /** objectId → SIDE */
  readonly side: Uint8Array;
  readonly in: Side;
  readonly out: Side;
  /** Groups of roots that lead to members, in the order of the root table, with their first root; at most MAX_ROOT_GROUPS. */
  readonly rootGroups: Map<string, number>;
}

/** More groups than can ever be drawn; roots of further ones are counted with the rest. */
const MAX_ROOT_GROUPS = 600;

/** `side` has what the way from the root takes already. */
export function* lookAround(dump: AnalysedDump, scope: Scope, side: Uint8Array): Work<Surroundings> {
  const { referenceStart, referenceTarget, referrerStart, referrerSource } = dump.graph;
  const first = weightierFirst(dump);
  const found: Surroundings = {
    side,
    in: { objects: 0, bytes: 0, best: new Best(scope.shown.in, first) },
    out: { objects: 0, bytes: 0, best: new Best(scope.shown.out, first) },
    rootGroups: new Map(),
  };
  let steps = 0;
  for (const member of scope.members) {
    for (let reference = referenceStart[member]; reference < referenceStart[member + 1]; reference++) {
      if ((++steps & SLICE_MASK) === 0) yield steps;
      meet(dump, scope, found, referenceTarget[reference], SIDE.out);
    }
    for (let referrer = referrerStart[member]; referrer < referrerStart[member + 1]; referrer++) {
      if ((++steps & SLICE_MASK) === 0) yield steps;
      meet(dump, scope, found, referrerSource[referrer], SIDE.in);
    }
    for (const root of dump.roots.ofObject(member)) {
      const group = rootGroup(dump, root);
      if (found.rootGroups.size < MAX_ROOT_GROUPS && !found.rootGroups.has(group)) found.rootGroups.set(group, root);
    }
  }
  return found;
}

function meet(dump: AnalysedDump, scope: Scope, found: Surroundings, objectId: number, at: 1 | 2): void {
  if (found.side[objectId] !== SIDE.unseen || scope.contains(objectId)) return;
  found.side[objectId] = at;
  const side = at === SIDE.out ? found.out : found.in;
  side.objects++;
  side.bytes += shallowSize(dump.graph, objectId);
  side.best.offer(objectId);
}

/** What is held strongly comes before what is not; then by retained size, largest first; then in the order of the dump. */
function weightierFirst({ reachability: { holder }, dominators: { retainedSize } }: AnalysedDump) {
  return (a: number, b: number): boolean => {
    const tiers = TIER_OF_HOLDER[holder[a]] - TIER_OF_HOLDER[holder[b]];
    if (tiers !== 0) return tiers < 0;
    return retainedSize[a] === retainedSize[b] ? a < b : retainedSize[a] > retainedSize[b];
  };
}
