/** How much of the heap has names, by evidence. */
import { shallowSize } from '../../workers/graph/heap-graph';
import type { Naming } from '../../workers/naming/naming';

export interface EvidenceCounts {
  exact: number;
  likely: number;
  kind: number;
  shape: number;
}

export interface Coverage {
  objects: EvidenceCounts;
  bytes: EvidenceCounts;
}

/** Objects between two checkpoints. */
const SLICE = 1 << 16;

/** Counts objects and bytes by evidence; what several types fit counts as `shape`. Linear; `checkpoint` may throw to cancel. */
export async function countCoverage(naming: Naming, checkpoint: () => void | Promise<void>): Promise<Coverage> {
  const { graph } = naming;
  const objects: EvidenceCounts = { exact: 0, likely: 0, kind: 0, shape: 0 };
  const bytes: EvidenceCounts = { exact: 0, likely: 0, kind: 0, shape: 0 };
  for (let id = 1; id <= graph.objectCount; id++) {
    if (id % SLICE === 0) await checkpoint();
    const { evidence } = naming.label(id);
    const key = evidence === 'one-of' ? 'shape' : evidence;
    objects[key]++;
    bytes[key] += shallowSize(graph, id);
  }
  return { objects, bytes };
}
