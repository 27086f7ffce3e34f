/** What stands at the top of a retention tree: kinds of roots, and what holds objects without being one. */
import { KEEPER } from '../cycles/keepers';

export interface Top {
  /** `unheld`: no recorded root reaches what is below it. */
  readonly kind: 'root' | 'unheld';
  readonly text: string;
  /** KEEPER of all that is below it. */
  readonly keeper: number;
  /** How many roots there are of the kind; 0 for what is no root. */
  readonly roots: number;
}

export class Tops {
  readonly all: Top[] = [];
  private readonly known = new Map<string, number>();

  number(text: string, keeper: number, roots = 0): number {
    const key = `${keeper} ${text}`;
    let top = this.known.get(key);
    if (top === undefined) {
      const kind = keeper >= KEEPER.cleanup ? 'unheld' : 'root';
      top = this.all.push({ kind, text, keeper, roots }) - 1;
      this.known.set(key, top);
    }
    return top;
  }
}
