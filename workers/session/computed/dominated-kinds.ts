/** What an object dominates immediately, or the roots together, by type: one group for all that are called the same. */
import { shallowSize } from '../../graph/heap-graph';
import { SLICE_MASK, type Work } from '../../lib/work';
import type { AnalysedDump } from '../dump/opened-dump';

/** Objects of one label that are dominated by the same. */
export interface DominatedKind {
  readonly label: number;
  /** The one that retains most. */
  readonly largest: number;
  objects: number;
  bytes: number;
  retainedObjects: number;
  retainedBytes: number;
}

/** `children`: by retained size, largest first. Groups are in the order of their largest. Linear in children. */
export function* findDominatedKinds(dump: AnalysedDump, children: Uint32Array): Work<DominatedKind[]> {
  const { labels, dominators, graph } = dump;
  const kinds = new Map<number, DominatedKind>();
  for (const [at, id] of children.entries()) {
    if ((at & SLICE_MASK) === 0) yield at;
    const label = labels.labelOf(id);
    let kind = kinds.get(label);
    if (kind === undefined) {
      kind = { label, largest: id, objects: 0, bytes: 0, retainedObjects: 0, retainedBytes: 0 };
      kinds.set(label, kind);
    }
    kind.objects++;
    kind.bytes += shallowSize(graph, id);
    kind.retainedObjects += dominators.retainedObjects[id];
    kind.retainedBytes += dominators.retainedSize[id];
  }
  return [...kinds.values()];
}
