/** What cycles are made of, in words: how many members of which types, what tells a cycle from the others first. */
import type { Components } from '../../analysis/results';
import { SLICE_MASK, type Work } from '../../lib/work';
import { typeText, type TypeLabels } from '../dump/type-labels';

export interface CycleCensus {
  /** cycle → index of its census in shapeTexts */
  readonly shape: Uint32Array;
  readonly shapeTexts: readonly string[];
  /** label → cycles that have a member of it */
  readonly cyclesWith: Uint32Array;
}

/**
 * Cycles whose members have the same labels, each as often, have the same census. `besides`: what other cycles have that stand in the same list.
 */
export function* censusOfCycles(
  components: Pick<Components, 'cycleCount' | 'memberStart' | 'member'>,
  labels: TypeLabels,
  besides?: Pick<CycleCensus, 'cyclesWith'>,
): Work<CycleCensus> {
  const shape = new Uint32Array(components.cycleCount);
  const cyclesWith = besides?.cyclesWith.slice() ?? new Uint32Array(labels.count);
  const known = new Map<string, number>();
  const counted: LabelCounts[] = [];
  const census = new LabelCensus(labels.count);
  for (let cycle = 0; cycle < components.cycleCount; cycle++) {
    for (let at = components.memberStart[cycle]; at < components.memberStart[cycle + 1]; at++) {
      census.add(labels.labelOf(components.member[at]));
      if ((at & SLICE_MASK) === 0) yield at;
    }
    const counts = census.take();
    const key = counts.join();
    let code = known.get(key);
    if (code === undefined) {
      code = counted.push(counts) - 1;
      known.set(key, code);
    }
    for (const [label] of counts) cyclesWith[label]++;
    shape[cycle] = code;
  }
  return { shape, shapeTexts: counted.map((counts) => censusText(counts, labels, cyclesWith)), cyclesWith };
}

/** How many members have which label, by label. */
type LabelCounts = readonly (readonly [label: number, members: number])[];

/** Counts labels, the same array for every cycle. */
class LabelCensus {
  /** label → how often it was added; zero for all that are not in `seen` */
  private readonly count: Uint32Array;
  private seen: number[] = [];

  constructor(labelCount: number) {
    this.count = new Uint32Array(labelCount);
  }

  add(label: number): void {
    if (this.count[label]++ === 0) this.seen.push(label);
  }

  /** What was added since the last time. */
  take(): LabelCounts {
    const counts = this.seen.sort((a, b) => a - b).map((label) => [label, this.count[label]] as const);
    for (const label of this.seen) this.count[label] = 0;
    this.seen = [];
    return counts;
  }
}

/** Labels that a census spells out; the rest is a count. */
const SPELT = 4;

/**
 * `3 × 48 B, pointers at +0 · 1 × 64 B, …`: first the labels of which the cycle has many and that few cycles have, as those say what it is:
 * strings, slices and timers lie in most of them.
 */
function censusText(counts: LabelCounts, labels: TypeLabels, cyclesWith: Uint32Array): string {
  const told = counts.map(([label, members]) => ({
    members,
    text: typeText(labels.label(label)),
    weight: members / cyclesWith[label],
  }));
  told.sort((a, b) => b.weight - a.weight || b.members - a.members || (a.text < b.text ? -1 : 1));
  const spelt = told.slice(0, SPELT).map(({ members, text }) => `${members} × ${text}`);
  if (told.length > SPELT) spelt.push(`… (${told.length} types)`);
  return spelt.join(' · ');
}
