/** Arrays of sync.poolLocal by their unmistakable pointers: three words of each 128 bytes, and nothing else. */
import { NONE } from '../../lib/none';
import { valueAddress } from '../../graph/heap-graph';
import { POOL_LOCAL } from '../../go/pools';
import { SOURCE } from '../beliefs/assignments';
import { fit } from '../types/fit';
import type { ObjectShape } from '../types/object-shapes';
import type { Propagation } from './propagation';
import type { TypeNames } from '../types/type-names';

export function tellPools(walk: Propagation, shapes: readonly ObjectShape[], names: TypeNames): void {
  const local = names.find(POOL_LOCAL);
  if (!local) return;
  const { graph, assignments } = walk;
  const fits = shapes.map(
    (shape) => shape.pointers > 0 && shape.slotSize % local.size < 64 && fit(local, 1, shape).verdict === 'full',
  );
  for (let id = 1; id <= graph.objectCount; id++) {
    if (assignments.typeId[id] !== 0 || !fits[graph.shapeId[id]]) continue;
    walk.tell(valueAddress(graph, id), local, 1, SOURCE.pool, { objectId: NONE, offset: 0 });
  }
}
