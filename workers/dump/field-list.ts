/** Field lists, entry by entry: (kind, offset) pairs ended by a single 0. Lists may be longer than any window. */
import { Damage, inDigits } from './damage';
import { SHORTAGE, type Window } from './window';

/** Kinds 2 and 3, interfaces, stopped with Go 1.5: two words, of which the second is the pointer. */
const KIND = { end: 0, pointer: 1, interface: 2, emptyInterface: 3 } as const;

export interface FieldListRule {
  pointerBytes: 4 | 8;
  /** Bytes that offsets count in. */
  contents: number;
  /** Offsets of objects, data and bss ascend, are aligned and stay inside the contents; those of frames need not. */
  strict: boolean;
}

export class FieldList {
  done = false;
  private last = -1;

  constructor(
    private readonly window: Window,
    private readonly rule: FieldListRule,
  ) {}

  /** Fills `into` with the next offsets of pointer words and tells how many; none only at the end of the list. */
  async next(into: Float64Array): Promise<number> {
    for (;;) {
      const count = this.done ? 0 : this.take(into);
      if (count > 0 || this.done) return count;
      if (!(await this.window.more())) throw this.window.truncation();
    }
  }

  /** As many entries as the window holds whole. */
  private take(into: Float64Array): number {
    const { window, rule } = this;
    let count = 0;
    let start = window.at;
    try {
      for (; count < into.length; start = window.at) {
        const kind = window.uvarint();
        this.done = kind === KIND.end;
        if (this.done) break;
        if (kind > KIND.emptyInterface) {
          throw new Damage(window.base + start, 'kind of field 1, or 0 at the end of the list', inDigits(kind));
        }
        const offset = window.uvarint() + (kind === KIND.pointer ? 0 : rule.pointerBytes);
        if (rule.strict) this.check(offset, window.base + start);
        this.last = offset;
        into[count++] = offset;
      }
    } catch (error) {
      if (error !== SHORTAGE) throw error;
      window.at = start;
    }
    return count;
  }

  private check(offset: number, at: number): void {
    const { contents, pointerBytes } = this.rule;
    if (offset + pointerBytes > contents) {
      throw new Damage(at, `the offset of a pointer inside ${contents} bytes`, `offset ${inDigits(offset)}`);
    }
    if (offset % pointerBytes !== 0)
      throw new Damage(at, `an offset that is a multiple of ${pointerBytes}`, inDigits(offset));
    if (offset <= this.last) throw new Damage(at, `an offset above ${this.last}`, inDigits(offset));
  }
}
