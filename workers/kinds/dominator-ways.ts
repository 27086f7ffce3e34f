/**
 * Ways by dominator: each object hangs on what it goes with. What no single object dominates hangs on the kind of root that alone reaches it; what
 * roots of several kinds reach stands under a top that says what holds it first. 20 bytes an object while it runs.
 */
import type { DominatorTree } from '../analysis/results';
import { findSoleOwners, SHARED } from '../analysis/sole-holder';
import { HOLDER, type Reachability } from '../analysis/results';
import { KEEPER, type Keepers } from '../cycles/keepers';
import type { HeapGraph } from '../graph/heap-graph';
import type { MemoryAccount } from '../lib/alloc';
import { NONE } from '../lib/none';
import type { Scratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';
import type { ReferenceFields } from './reference-fields';
import type { Ways } from './way-tree';
import type { RootKinds } from './root-kinds';
import { Tops } from './tops';

export interface DominatorScene {
  readonly graph: HeapGraph;
  readonly reachability: Reachability;
  readonly dominators: DominatorTree;
  readonly keepers: Keepers;
  readonly fields: ReferenceFields;
  readonly rootKinds: RootKinds;
  readonly account: MemoryAccount;
}

export function* findDominatorWays(scene: DominatorScene, scratch: Scratch): Work<{ ways: Ways; tops: Tops }> {
  const { graph, reachability, dominators, rootKinds, fields, keepers, account } = scene;
  const { immediateDominator, dominatedStart, dominatedObject } = dominators;
  const order = scratch.uint32('order of dominators', graph.vertexCount);
  let visited = 0;
  for (let head = -1; head < visited; head++) {
    const above = head < 0 ? 0 : order[head];
    for (let at = dominatedStart[above]; at < dominatedStart[above + 1]; at++) order[visited++] = dominatedObject[at];
    if ((head & SLICE_MASK) === 0) yield visited;
  }
  const reference = yield* referencesOfDominators(graph, immediateDominator, scratch);
  const ownerOf = (root: number): number => rootKinds.ofRoot[root];
  const owner = yield* findSoleOwners(graph, reachability, rootKinds.count, ownerOf, account);
  scratch.adopt(owner);
  const tops = new Tops();
  const topOf = (id: number): number => {
    if (immediateDominator[id] !== 0) return NONE;
    if (reachability.holder[id] === HOLDER.nothing) return tops.number('nothing recorded', KEEPER.nothing);
    const kind = owner[id];
    if (kind < SHARED) return tops.number(rootKinds.text(kind), rootKinds.keeper[kind], rootKinds.roots[kind]);
    const keeper = keepers.ofObject[id];
    return tops.number('several roots', keeper);
  };
  const fieldOf = (id: number): number => (reference[id] === NONE ? NONE : fields.ofReference[reference[id]]);
  return { ways: { order, visited, source: immediateDominator, fieldOf, topOf }, tops };
}

/** objectId → the first reference of its dominator to it; NONE where others lead to it */
function* referencesOfDominators(
  { objectCount, vertexCount, referenceStart, referenceTarget }: HeapGraph,
  immediateDominator: Uint32Array,
  scratch: Scratch,
): Work<Uint32Array> {
  const reference = scratch.uint32('references of dominators', vertexCount).fill(NONE);
  for (let id = 1; id <= objectCount; id++) {
    if ((id & SLICE_MASK) === 0) yield id;
    for (let at = referenceStart[id]; at < referenceStart[id + 1]; at++) {
      const target = referenceTarget[at];
      if (immediateDominator[target] === id && reference[target] === NONE) reference[target] = at;
    }
  }
  return reference;
}
