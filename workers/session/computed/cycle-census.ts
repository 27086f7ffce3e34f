/** What cycles are made of, in words: how many members of which types. */
import type { Components } from '../../analysis/results';
import { SLICE_MASK, type Work } from '../../lib/work';
import { typeText, type TypeLabels } from '../dump/type-labels';

export interface CycleCensus {
  /** cycle → index of its census in shapeTexts */
  readonly shape: Uint32Array;
  readonly shapeTexts: readonly string[];
}

/** Cycles whose members have the same labels, each as often, have the same census. */
export function* censusOfCycles(components: Components, labels: TypeLabels): Work<CycleCensus> {
  const shape = new Uint32Array(components.cycleCount);
  const shapeTexts: string[] = [];
  const known = new Map<string, number>();
  const census = new LabelCensus(labels);
  for (let cycle = 0; cycle < components.cycleCount; cycle++) {
    for (let at = components.memberStart[cycle]; at < components.memberStart[cycle + 1]; at++) {
      census.add(labels.labelOf(components.member[at]));
      if ((at & SLICE_MASK) === 0) yield at;
    }
    const key = census.key();
    let code = known.get(key);
    if (code === undefined) {
      code = shapeTexts.push(census.text()) - 1;
      known.set(key, code);
    }
    shape[cycle] = code;
    census.clear();
  }
  return { shape, shapeTexts };
}

/** Labels that a census spells out; the rest is a count. */
const SPELT = 4;

/** Counts labels, the same arrays for every cycle. */
class LabelCensus {
  /** label → how often it was added; zero for all that are not in `seen` */
  private readonly count: Uint32Array;
  private seen: number[] = [];

  constructor(private readonly labels: TypeLabels) {
    this.count = new Uint32Array(labels.count);
  }

  add(label: number): void {
    if (this.count[label]++ === 0) this.seen.push(label);
  }

  clear(): void {
    for (const label of this.seen) this.count[label] = 0;
    this.seen = [];
  }

  key(): string {
    return this.sorted()
      .map((label) => `${label}×${this.count[label]}`)
      .join();
  }

  /** `3 × 48 B, pointers at +0 · 1 × 64 B, …`: the most frequent first. */
  text(): string {
    const spelt = this.sorted()
      .slice(0, SPELT)
      .map((label) => `${this.count[label]} × ${typeText(this.labels.label(label))}`);
    if (this.seen.length > SPELT) spelt.push(`… (${this.seen.length} types)`);
    return spelt.join(' · ');
  }

  private sorted(): number[] {
    return this.seen.sort((a, b) => this.count[b] - this.count[a] || a - b);
  }
}
