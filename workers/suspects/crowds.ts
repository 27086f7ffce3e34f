/** Objects that are called the same, counted together: by type where it is known, else by shape. */
import type { Scene } from './scene';

export interface Crowd {
  /** The first that was counted. */
  readonly sample: number;
  readonly count: number;
  /** Sum of what `sizeOf` told. */
  readonly bytes: number;
}

/** Most bytes first. Linear, without a text an object. */
export async function crowdsOf(
  { graph, naming, checkpoint }: Pick<Scene, 'graph' | 'naming' | 'checkpoint'>,
  objectIds: Iterable<number>,
  sizeOf: (objectId: number) => number,
): Promise<Crowd[]> {
  const crowds = new Map<number, { sample: number; count: number; bytes: number }>();
  let steps = 0;
  for (const id of objectIds) {
    const type = naming.groupOfBelief(naming.beliefs.numberOf(id));
    const key = type > 0 ? type : -1 - graph.shapeId[id];
    const crowd = crowds.get(key);
    if (crowd) {
      crowd.count++;
      crowd.bytes += sizeOf(id);
    } else crowds.set(key, { sample: id, count: 1, bytes: sizeOf(id) });
    if (++steps % 65536 === 0) await checkpoint();
  }
  return [...crowds.values()].sort((a, b) => b.bytes - a.bytes);
}
