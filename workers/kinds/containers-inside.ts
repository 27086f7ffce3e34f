/**
 * Which objects are the insides of the container that leads to them. Told by beliefs, as numbers: a head is where a container begins, and a head
 * inside a container is one of its entries.
 */
import { containerOf, isContainerHead, type ContainerKind } from '../naming/types/container-types';
import type { Beliefs } from '../naming/beliefs/beliefs';

const KINDS: readonly (ContainerKind | null)[] = [null, 'map', 'channel', 'sync.Map', 'list', 'array'];
const ARRAY = KINDS.indexOf('array');
/** Added to the number of a kind. */
const HEAD = 8;

/** Made once for a walk over all objects. */
export class ContainerInsides {
  /** belief → index of KINDS, plus HEAD where it is where the container begins */
  private readonly ofBelief: Uint8Array;

  constructor(private readonly beliefs: Beliefs) {
    this.ofBelief = Uint8Array.from(beliefs.all, ({ type, count }) => {
      const kind = KINDS.indexOf(type && containerOf(type, count));
      return type && isContainerHead(type) ? kind + HEAD : kind;
    });
  }

  /** Arrays of slices are no insides: what has them is the field of a struct. */
  isInsideOf(objectId: number, source: number): boolean {
    const inside = this.ofBelief[this.beliefs.numberOf(objectId)];
    if (inside === 0 || inside >= HEAD || inside === ARRAY) return false;
    return this.ofBelief[this.beliefs.numberOf(source)] % HEAD === inside;
  }
}
