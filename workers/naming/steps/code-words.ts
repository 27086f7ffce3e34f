/** Objects whose first word is a function's entry, as closures have it: two columns in the order of ids, searched by halving. */
import { Float64Column, Uint32Column } from '../../lib/column';
import type { Scratch } from '../../lib/scratch';

export class CodeWords {
  private readonly ids: Uint32Column;
  private readonly words: Float64Column;

  constructor(scratch: Scratch) {
    this.ids = new Uint32Column(scratch, 'objects that begin with code');
    this.words = new Float64Column(scratch, 'code that objects begin with');
  }

  /** Ids must ascend from call to call. */
  add(objectId: number, word: number): void {
    this.ids.push(objectId);
    this.words.push(word);
  }

  /** The first word of an object, null where that is no code. */
  of(objectId: number): number | null {
    let low = 0;
    let high = this.ids.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.ids.get(middle) < objectId) low = middle + 1;
      else high = middle;
    }
    return low < this.ids.length && this.ids.get(low) === objectId ? this.words.get(low) : null;
  }

  *[Symbol.iterator](): Generator<readonly [objectId: number, word: number]> {
    for (let at = 0; at < this.ids.length; at++) yield [this.ids.get(at), this.words.get(at)];
  }
}
