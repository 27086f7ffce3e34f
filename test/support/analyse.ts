/** All analyses of a graph at once, and its roots by what they point at. */
import { findComponents } from '../../workers/analysis/components';
import type { ObjectGraph } from '../../workers/analysis/object-graph';
import { findReachability } from '../../workers/analysis/reachability';
import type { Components, DominatorTree, Reachability } from '../../workers/analysis/results';
import { buildDominatorTree } from '../../workers/analysis/retained';
import type { RootLookup } from '../../workers/analysis/root-paths';
import { MemoryAccount } from '../../workers/lib/alloc';
import { finish } from '../../workers/lib/work';

export interface Analysed {
  account: MemoryAccount;
  reachability: Reachability;
  components: Components;
  tree: DominatorTree;
}

export function analyse(graph: ObjectGraph): Analysed {
  const account = new MemoryAccount();
  const reachability = finish(findReachability(graph, account));
  const components = finish(findComponents(graph, reachability, account));
  const tree = finish(buildDominatorTree(graph, reachability, components, account));
  return { account, reachability, components, tree };
}

export function rootLookup(graph: ObjectGraph, { effectiveRoots }: Reachability): RootLookup {
  return { ofObject: (id) => [...effectiveRoots].filter((root) => graph.roots.target[root] === id) };
}

/** HOLDER → what tests call it */
export const HOLDER_NAMES = ['global', 'goroutine', 'other', 'finalizer', 'stack word', 'nothing'] as const;
