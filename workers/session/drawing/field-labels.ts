/** Which fields the references of an edge lie in, read from the file. */
import type { AnalysedDump } from '../dump/opened-dump';
import type { Pointers } from '../../graph/contents/object-pointers';
import type { SketchLink } from './sketch';

/** Objects with more references are not read: some label is not worth megabytes. */
const MOST_REFERENCES = 1 << 14;

export class FieldLabels {
  private readonly read = new Map<number, Promise<Pointers>>();

  constructor(private readonly dump: AnalysedDump) {}

  /**
   * The field that all references of a link lie in, `.next`, or its offset where no name is known, `+16`; two for two of one object, `+0 +8`.
   * Null where they differ, or were not all sampled.
   */
  async of(link: SketchLink): Promise<string | null> {
    if (link.samples.length === 0) return null;
    const pairs = new Map(link.samples.map((sample) => [`${sample.from} ${sample.to}`, sample]));
    const single = pairs.size === 1;
    if (!single && link.samples.length < link.count) return null;
    const found = new Set<string>();
    for (const { from, to } of pairs.values()) {
      const fields = await this.fields(from, to);
      if (fields === null || fields.length > (single ? 2 : 1)) return null;
      found.add(fields.join(' '));
      if (found.size > 1) return null;
    }
    return [...found][0] || null;
  }

  private async fields(from: number, to: number): Promise<string[] | null> {
    const { referenceStart, referenceTarget } = this.dump.graph;
    const first = referenceStart[from];
    const end = referenceStart[from + 1];
    if (end - first > MOST_REFERENCES) return null;
    const { offset } = await this.pointers(from);
    const fields: string[] = [];
    for (let reference = first; reference < end; reference++) {
      if (referenceTarget[reference] === to) fields.push(this.fieldAt(from, offset[reference - first]));
    }
    return fields;
  }

  private fieldAt(objectId: number, offset: number): string {
    return this.dump.naming.fieldPath(objectId, offset) || `+${offset}`;
  }

  private pointers(objectId: number): Promise<Pointers> {
    const known = this.read.get(objectId);
    if (known) return known;
    const reading = this.dump.pointers.of(objectId);
    this.read.set(objectId, reading);
    return reading;
  }
}
