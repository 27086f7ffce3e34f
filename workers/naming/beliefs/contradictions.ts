/** Where two tellers that both count as certain say different things of one object: who is believed is the rank of SOURCE, and that there was another is kept. */
import type { GoType } from '../types/go-type';

/** Objects that are remembered one by one; more contradictions than this are a dump that its executable did not write. */
const MOST_OBJECTS = 1 << 16;

/** One kind of contradiction: objects that are told to be the one, and also the other. */
export interface Contradiction {
  readonly believed: string;
  readonly refused: string;
  objects: number;
}

export class Contradictions {
  private readonly seen = new Set<number>();
  private readonly kinds = new Map<string, Contradiction>();

  /** An object counts once, by the first that was said of it. */
  note(objectId: number, believed: GoType, refused: GoType): void {
    if (this.seen.has(objectId) || this.seen.size >= MOST_OBJECTS) return;
    this.seen.add(objectId);
    const key = `${believed.id} ${refused.id}`;
    const kind = this.kinds.get(key);
    if (kind) kind.objects++;
    else this.kinds.set(key, { believed: believed.shown, refused: refused.shown, objects: 1 });
  }

  /** Most objects first, then by name. */
  list(): Contradiction[] {
    return [...this.kinds.values()].sort((a, b) => b.objects - a.objects || (a.believed < b.believed ? -1 : 1));
  }
}
