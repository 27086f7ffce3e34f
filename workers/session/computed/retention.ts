/** The retention trees of a dump, each made from the kinds of its objects. */
import type { CycleStructures } from '../../cycles/keepers';
import { ContainerInsides } from '../../kinds/containers-inside';
import { findDominatorWays } from '../../kinds/dominator-ways';
import type { Kinds } from '../../kinds/kinds';
import { findPathWays, type LeftOut } from '../../kinds/path-ways';
import { buildWayTree, type WayTree, type TreeScene, type Ways } from '../../kinds/way-tree';
import type { Tops } from '../../kinds/tops';
import { withScratch, type Scratch } from '../../lib/scratch';
import type { Work } from '../../lib/work';
import type { AnalysedDump } from '../dump/opened-dump';

/** By path; 4 bytes an object, which the caller releases. */
export function findPathTree(
  dump: AnalysedDump,
  structures: CycleStructures,
  kinds: Kinds,
  leftOut: LeftOut,
): Work<WayTree> {
  const { objects, fields, roots: rootKinds } = kinds;
  const scene = { ...dump, ...structures, kinds: objects, fields, rootKinds };
  return treeOf(dump, kinds, (scratch) => findPathWays(scene, leftOut, scratch));
}

/** By dominator; likewise. */
export function findDominatorTree(dump: AnalysedDump, kinds: Kinds): Work<WayTree> {
  const { fields, roots: rootKinds } = kinds;
  return treeOf(dump, kinds, (scratch) => findDominatorWays({ ...dump, fields, rootKinds }, scratch));
}

function treeOf(
  { graph, naming, account }: AnalysedDump,
  { objects }: Kinds,
  findWays: (scratch: Scratch) => Work<{ ways: Ways; tops: Tops }>,
): Work<WayTree> {
  const insides = new ContainerInsides(naming.beliefs);
  const scene: TreeScene = {
    graph,
    kindOf: objects.ofObject,
    kinds: objects.count,
    isInsideOf: (id, source) => insides.isInsideOf(id, source),
  };
  return withScratch(account, function* (scratch) {
    const { ways, tops } = yield* findWays(scratch);
    const tree = yield* buildWayTree(scene, ways, tops.all, scratch);
    scratch.keep(tree.nodeOf);
    return tree;
  });
}
