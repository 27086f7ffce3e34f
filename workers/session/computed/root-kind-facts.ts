/** What a list of roots by kind shows of each: how many count, what they alone reach, what they reach, and what their targets retain. */
import { findAloneAndReaches, type AloneAndReaches, type Starts } from '../../kinds/alone-and-reaches';
import type { RootKinds } from '../../kinds/root-kinds';
import { findUnionRetained } from '../../kinds/union-retained';
import type { Work } from '../../lib/work';
import type { AnalysedDump } from '../dump/opened-dump';

/** Columns indexed by kind of root. */
export interface RootKindFacts {
  readonly kinds: RootKinds;
  /** Kinds that have roots that count, in their order. */
  readonly listed: Uint32Array;
  /** Roots that count. */
  readonly roots: Uint32Array;
  readonly holdings: AloneAndReaches;
  readonly retainedBytes: Float64Array;
}

export function* findRootKindFacts(dump: AnalysedDump, kinds: RootKinds): Work<RootKindFacts> {
  const { effectiveRoots } = dump.reachability;
  const starts: Starts = {
    object: effectiveRoots.map((root) => dump.graph.roots.target[root]),
    group: effectiveRoots.map((root) => kinds.ofRoot[root]),
    groupCount: kinds.count,
  };
  const roots = new Uint32Array(kinds.count);
  for (const kind of starts.group) roots[kind]++;
  return {
    kinds,
    listed: Uint32Array.from(roots.keys()).filter((kind) => roots[kind] > 0),
    roots,
    holdings: yield* findAloneAndReaches(dump, starts, dump.account),
    retainedBytes: yield* findUnionRetained(dump, starts, dump.account),
  };
}
