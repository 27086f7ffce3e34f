/**
 * Objects whose contents the writer lost: those of 2 GiB or more. They may claim more memory than any table of pages
 * could follow, but a heap holds few of them, so a list does. A file that names more than a list can bear is not one
 * the runtime wrote.
 */
import { NONE } from '../lib/none';

const SMALLEST = 2 ** 31;
const MOST = 4096;

export class LostObjects {
  private readonly ranges: { from: number; to: number; id: number }[] = [];

  /** True for ranges that belong here instead of on pages. */
  mayHold(from: number, to: number): boolean {
    return to - from >= SMALLEST;
  }

  /** The object over an address, or NONE. */
  at(address: number): number {
    if (this.ranges.length === 0) return NONE;
    return this.ranges.find(({ from, to }) => address >= from && address < to)?.id ?? NONE;
  }

  isFree(from: number, to: number): boolean {
    return this.ranges.length < MOST && !this.ranges.some((other) => from < other.to && other.from < to);
  }

  add(from: number, to: number, id: number): void {
    this.ranges.push({ from, to, id });
  }
}
