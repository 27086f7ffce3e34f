/** Every pool with its items and what they retain. */
import { findSetRetained } from '../../analysis/set-retained';
import { shallowSize } from '../../graph/heap-graph';
import { NONE } from '../../lib/none';
import { withScratch } from '../../lib/scratch';
import type { Work } from '../../lib/work';
import type { PoolRow as FoundPool } from '../../values/pool-summary';
import type { AnalysedDump } from '../dump/opened-dump';

export interface PoolFacts {
  readonly pools: readonly FoundPool[];
  /** pool → shallow bytes of its items, and what they retain together; of an item that lies in two pools only the first retains it */
  readonly bytes: Float64Array;
  readonly retainedBytes: Float64Array;
}

/** 8 bytes an object while it runs. */
export function weighPools(dump: AnalysedDump, pools: readonly FoundPool[]): Work<PoolFacts> {
  return withScratch(dump.account, function* (scratch) {
    const { graph, dominators, components } = dump;
    const bytes = new Float64Array(pools.length);
    const poolOf = scratch.uint32('pools of objects', graph.vertexCount).fill(NONE);
    for (const [pool, { items }] of pools.entries()) {
      for (const { objectId } of items) {
        bytes[pool] += shallowSize(graph, objectId);
        if (poolOf[objectId] === NONE) poolOf[objectId] = pool;
      }
      yield pool;
    }
    const retained = yield* findSetRetained(dominators, components, poolOf, pools.length, dump.account);
    return { pools, bytes, retainedBytes: retained.bytes };
  });
}
