/** Objects that a few types fit equally well: which ones, as a number into a table of sets. 2 bytes an object. */
import type { Scratch } from '../../lib/scratch';
import type { GoType } from '../types/go-type';

/** More candidates say nothing to a person. */
const MOST_CANDIDATES = 4;
const MOST_SETS = 0xffff;

export class CandidateSets {
  /** objectId → set, 0 for none */
  private readonly set: Uint16Array;
  private readonly sets: (readonly GoType[])[] = [[]];
  private readonly byKey = new Map<string, number>();

  constructor(objectCount: number, scratch: Scratch) {
    this.set = new Uint16Array(scratch.uint8('candidate sets', 2 * (objectCount + 1)).buffer);
  }

  of(objectId: number): readonly GoType[] {
    return this.sets[this.set[objectId]];
  }

  /** Objects of the same set have the same number; 0 for none. */
  numberOf(objectId: number): number {
    return this.set[objectId];
  }

  /** Notes 2 to 4 candidates; fewer or more are forgotten. */
  note(objectId: number, candidates: readonly GoType[]): void {
    if (candidates.length < 2 || candidates.length > MOST_CANDIDATES) return;
    const key = candidates.map(({ id }) => id).join(' ');
    let set = this.byKey.get(key);
    if (set === undefined) {
      if (this.sets.length > MOST_SETS) return;
      set = this.sets.push(candidates) - 1;
      this.byKey.set(key, set);
    }
    this.set[objectId] = set;
  }
}
