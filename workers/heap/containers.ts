/**
 * Containers are passed through: maps of both layouts, sync.Map, channels, lists, the arrays of slices. What is between a holder and what it
 * holds there is the runtime's and the library's own; an answer names the field or variable that has the container, and its entries.
 */
import { containerOf, type ContainerKind } from '../naming/types/container-types';
import type { Naming } from '../naming/naming';
import type { AnalysedHeap } from './analysed-heap';

export class Containers {
  /** number of a belief → kind */
  private readonly kinds: readonly (ContainerKind | null)[];

  constructor(private readonly beliefs: Naming['beliefs']) {
    this.kinds = beliefs.all.map(({ type, count }) => type && containerOf(type, count));
  }

  /** What container an object is the inside of, its head included; null where it is none. */
  kindOf(objectId: number): ContainerKind | null {
    return this.kinds[this.beliefs.numberOf(objectId)];
  }

  isInside(objectId: number): boolean {
    return this.kinds[this.beliefs.numberOf(objectId)] !== null;
  }
}

const made = new WeakMap<Naming, Containers>();

/** Made once for the names of a dump. */
export function containersOf(naming: Naming): Containers {
  let containers = made.get(naming);
  if (!containers) made.set(naming, (containers = new Containers(naming.beliefs)));
  return containers;
}

/**
 * What an object dominates at first hand, with the insides of containers left out and what is in them put in their place. An inside that
 * dominates nothing is an entry itself: a channel that nobody sent to, a table whose values lie in it.
 */
export function* entriesBelow({ dominators, naming }: AnalysedHeap, objectId: number): Generator<number> {
  const { dominatedStart, dominatedObject } = dominators;
  const containers = containersOf(naming);
  const waiting = [objectId];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (let child = dominatedStart[at]; child < dominatedStart[at + 1]; child++) {
      const id = dominatedObject[child];
      const isPassed = dominatedStart[id] < dominatedStart[id + 1] && containers.isInside(id);
      if (isPassed) waiting.push(id);
      else yield id;
    }
  }
}
