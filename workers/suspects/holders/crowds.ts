/** Objects that are called the same, counted together: by type where it is known, else by shape. */
import { SLICE_MASK } from '../../lib/work';
import type { AnalysedHeap } from '../../heap/analysed-heap';

export interface Crowd {
  /** The first that was counted. */
  readonly sample: number;
  readonly count: number;
  /** Sums of what they retain, which is right where none retains another. */
  readonly objects: number;
  readonly bytes: number;
}

/** By kind, most bytes first. Linear, without a text an object. */
export async function crowdsOf(
  heap: Pick<AnalysedHeap, 'graph' | 'naming' | 'dominators' | 'checkpoint'>,
  objectIds: Iterable<number>,
): Promise<Crowd[]> {
  const { retainedObjects, retainedSize } = heap.dominators;
  const crowds = new Map<number, { sample: number; count: number; objects: number; bytes: number }>();
  let steps = 0;
  for (const id of objectIds) {
    if ((++steps & SLICE_MASK) === 0) await heap.checkpoint();
    const key = crowdKey(heap, id);
    let crowd = crowds.get(key);
    if (!crowd) crowds.set(key, (crowd = { sample: id, count: 0, objects: 0, bytes: 0 }));
    crowd.count++;
    crowd.objects += retainedObjects[id];
    crowd.bytes += retainedSize[id];
  }
  return [...crowds.values()].sort((a, b) => b.bytes - a.bytes);
}

/** One number for all objects that are called the same. */
export function crowdKey({ graph, naming }: Pick<AnalysedHeap, 'graph' | 'naming'>, objectId: number): number {
  const type = naming.groupOfBelief(naming.beliefs.numberOf(objectId));
  return type > 0 ? type : -1 - graph.shapeId[objectId];
}

/** What objects of a crowd are called: `[]main.T` whatever their lengths; the shape where no name is to be had. */
export function crowdText(heap: AnalysedHeap, sample: number): string {
  return crowdName(heap, sample) ?? heap.typeText(sample);
}

/** The same, null where only the shape is known: that of an array that grows is another in each dump. */
export function crowdName({ naming }: AnalysedHeap, sample: number): string | null {
  return naming.group(naming.groupOfBelief(naming.beliefs.numberOf(sample)))?.name ?? null;
}
