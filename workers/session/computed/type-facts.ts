/** What a list of types shows of each label: one pass over the objects and one walk over the dominator tree. */
import { findSetRetained } from '../../analysis/set-retained';
import { shallowSize } from '../../graph/heap-graph';
import { withScratch } from '../../lib/scratch';
import { SLICE_MASK, type Work } from '../../lib/work';
import type { AnalysedDump } from '../dump/opened-dump';

/** Columns indexed by label. */
export interface TypeFacts {
  readonly objects: Float64Array;
  /** Shallow bytes of its objects, and of the largest of them. */
  readonly bytes: Float64Array;
  readonly largest: Float64Array;
  /** What its objects retain together, nothing counted twice. */
  readonly retainedBytes: Float64Array;
}

/** 8 bytes an object while it runs. */
export function findTypeFacts(dump: AnalysedDump): Work<TypeFacts> {
  return withScratch(dump.account, function* (scratch) {
    const { graph, labels } = dump;
    const largest = new Float64Array(labels.count);
    const labelOf = scratch.uint32('labels of objects', graph.vertexCount);
    for (let id = 1; id <= graph.objectCount; id++) {
      const label = labels.labelOf(id);
      const size = shallowSize(graph, id);
      labelOf[id] = label;
      if (size > largest[label]) largest[label] = size;
      if ((id & SLICE_MASK) === 0) yield id;
    }
    const retained = yield* findSetRetained(dump.dominators, dump.components, labelOf, labels.count, dump.account);
    return { objects: labels.objects, bytes: labels.bytes, largest, retainedBytes: retained.bytes };
  });
}
