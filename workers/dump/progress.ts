/** How far reading has come: what a dump that ends early goes without, and what every whole dump must have had. */
import { TAG } from './format';

/**
 * Sections of a dump in the order that the runtime writes them: the tags that begin each, and its name for a person.
 */
const SECTIONS: { tags: number[]; name: string }[] = [
  { tags: [TAG.params, TAG.type, TAG.itab], name: 'types' },
  { tags: [TAG.object, TAG.otherRoot], name: 'objects' },
  { tags: [TAG.goroutine, TAG.frame, TAG.defer, TAG.panic], name: 'goroutines and their stacks' },
  { tags: [TAG.thread], name: 'threads' },
  { tags: [TAG.data, TAG.bss], name: 'globals' },
  { tags: [TAG.finalizer, TAG.queuedFinalizer], name: 'finalizers' },
  { tags: [TAG.memstats], name: 'memory statistics' },
  { tags: [TAG.memprof, TAG.allocSample], name: 'allocation profile' },
];

/** Written once in each dump. */
const SINGLE: number[] = [TAG.params, TAG.data, TAG.bss, TAG.memstats];
const SECTION_OF = new Map(SECTIONS.flatMap(({ tags }, section) => tags.map((tag) => [tag, section])));

export class Progress {
  private section = 0;
  private readonly seen = new Set<number>();

  /** Notes that a record with this tag begins. */
  enter(tag: number): void {
    this.section = Math.max(this.section, SECTION_OF.get(tag) ?? 0);
  }

  /** Notes that the record was whole. */
  finish(tag: number): void {
    this.seen.add(tag);
  }

  /** True for a record that a dump has once and that was read already. */
  isRepeated(tag: number): boolean {
    return SINGLE.includes(tag) && this.seen.has(tag);
  }

  /** Tags of records without which no dump ends. */
  get missing(): number[] {
    return SINGLE.filter((tag) => !this.seen.has(tag));
  }

  /** What reading on would have given: the section that was being read in part, those after it whole. */
  get lost(): string[] {
    const isComplete = SECTIONS[this.section].tags.every((tag) => SINGLE.includes(tag) && this.seen.has(tag));
    return SECTIONS.slice(isComplete ? this.section + 1 : this.section).map(({ name }, i) =>
      i === 0 && !isComplete && this.section > 0 ? `some ${name}` : name,
    );
  }
}
