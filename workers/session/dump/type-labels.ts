/**
 * What is known of each object's type, and the objects that a list of types shows as one. Everything that shows, filters or groups by type goes
 * through here.
 */
import type { EvidenceCounts } from '../../api/rows';
import type { Evidence, TypeLabel } from '../../api/values';
import { shallowSize, type HeapGraph } from '../../graph/heap-graph';
import { NONE } from '../../lib/none';
import { SLICE_MASK, type Work } from '../../lib/work';
import type { Naming } from '../../naming/naming';

/** A label of several objects: `[]T` whatever their lengths, the evidence of the one of which least is known. */
export interface GroupLabel extends TypeLabel {
  /** Import path; null for what belongs to no package. */
  package: string | null;
}

export interface TypeLabels {
  /** Groups of objects that are called the same; they are numbered 0 … count - 1 by the first object that each has. */
  readonly count: number;
  /** The group of an object. */
  labelOf(objectId: number): number;
  /** What the objects of a group have in common. Callers must not change it. */
  label(group: number): GroupLabel;
  /** group → how many objects it has, and their bytes */
  readonly objects: Float64Array;
  readonly bytes: Float64Array;
  /** The label of one object. */
  of(objectId: number): TypeLabel;
  /** How much of the heap is known how well; objects with several candidates count as known by shape. */
  readonly coverage: { readonly objects: EvidenceCounts; readonly bytes: EvidenceCounts };
}

/** What labels need of the names. */
export type NamesForLabels = Pick<Naming, 'beliefs' | 'labelOf' | 'groupOfBelief' | 'group'>;

const WEAKEST_LAST: readonly Evidence[] = ['exact', 'likely', 'kind', 'one-of', 'shape'];
const COUNTED_AS: Record<Evidence, keyof EvidenceCounts> = {
  exact: 'exact',
  likely: 'likely',
  kind: 'kind',
  'one-of': 'shape',
  shape: 'shape',
};

/**
 * Labels all objects in one pass; nothing is kept for each, as what an object is believed to be and its shape say its group. Objects without any
 * name are told apart by shape: two shapes that read the same (equal sizes, equal counts, equal first offsets) share a label. `shapeTexts`:
 * shape → its text.
 */
export function* labelObjects(
  graph: HeapGraph,
  naming: NamesForLabels,
  shapeTexts: readonly string[],
): Work<TypeLabels> {
  const { shapeId, objectCount } = graph;
  const { beliefs } = naming;
  const groups = new Groups(naming, shapeTexts);
  const coverage = { objects: noCounts(), bytes: noCounts() };
  for (let id = 1; id <= objectCount; id++) {
    const belief = beliefs.numberOf(id);
    const size = shallowSize(graph, id);
    groups.add(belief, shapeId[id], size);
    const counted = COUNTED_AS[naming.labelOf(belief).evidence];
    coverage.objects[counted]++;
    coverage.bytes[counted] += size;
    if ((id & SLICE_MASK) === 0) yield id;
  }
  return {
    count: groups.labels.length,
    labelOf: (objectId) => groups.of(beliefs.numberOf(objectId), shapeId[objectId]),
    label: (group) => groups.labels[group],
    objects: Float64Array.from(groups.objects),
    bytes: Float64Array.from(groups.bytes),
    of: (objectId) => {
      const belief = beliefs.numberOf(objectId);
      const { type, evidence } = naming.labelOf(belief);
      const hint = type === null ? hintOf(naming, belief) : null;
      return { type, evidence, hint, shape: shapeTexts[shapeId[objectId]] };
    },
    coverage,
  };
}

/** Where the objects of a group differ in size or pointers. */
const SEVERAL_SHAPES = 'several sizes';

/** Groups by belief where that has a name or hint, else by shape. */
class Groups {
  readonly labels: GroupLabel[] = [];
  readonly objects: number[] = [];
  readonly bytes: number[] = [];
  private readonly byText = new Map<string, number>();
  /** number of a belief → its group; NONE where the shape says it, NEW where no object had it yet */
  private readonly ofBelief: Uint32Array;
  /** shape → the group of its objects without a name, or NEW */
  private readonly ofShape: Uint32Array;

  constructor(
    private readonly naming: NamesForLabels,
    private readonly shapeTexts: readonly string[],
  ) {
    this.ofBelief = new Uint32Array(naming.beliefs.all.length).fill(NEW);
    this.ofShape = new Uint32Array(shapeTexts.length).fill(NEW);
  }

  of(belief: number, shape: number): number {
    const group = this.ofBelief[belief];
    return group === NONE ? this.ofShape[shape] : group;
  }

  /** Notes an object: its group is made where it is the first, and called of several sizes where the others differ. */
  add(belief: number, shape: number, size: number): void {
    let group = this.of(belief, shape);
    if (group === NEW) group = this.make(belief, shape);
    this.objects[group]++;
    this.bytes[group] += size;
    const label = this.labels[group];
    if (label.shape !== SEVERAL_SHAPES && label.shape !== this.shapeTexts[shape]) label.shape = SEVERAL_SHAPES;
  }

  private make(belief: number, shape: number): number {
    const label = this.labelFor(belief, shape);
    const text = typeText(label);
    let group = this.byText.get(text);
    if (group === undefined) {
      group = this.labels.push(label) - 1;
      this.objects.push(0);
      this.bytes.push(0);
      this.byText.set(text, group);
    }
    this.weaken(group, label.evidence);
    const byShape = label.type === null && label.hint === null;
    if (byShape) this.ofShape[shape] = group;
    this.ofBelief[belief] = byShape ? NONE : group;
    return group;
  }

  private labelFor(belief: number, shape: number): GroupLabel {
    const { type, evidence } = this.naming.labelOf(belief);
    const group = this.naming.group(this.naming.groupOfBelief(belief));
    return {
      type: type === null ? null : (group?.name ?? type),
      evidence,
      hint: type === null ? hintOf(this.naming, belief) : null,
      shape: this.shapeTexts[shape],
      package: group?.package ?? null,
    };
  }

  private weaken(group: number, evidence: Evidence): void {
    const label = this.labels[group];
    if (WEAKEST_LAST.indexOf(evidence) > WEAKEST_LAST.indexOf(label.evidence)) label.evidence = evidence;
  }
}

/** No group yet; NONE is "by shape". */
const NEW = NONE - 1;

/** Candidates that a label spells out; the rest is a count. */
const SPELT = 3;

function hintOf(naming: NamesForLabels, belief: number): string | null {
  const { candidates } = naming.labelOf(belief);
  if (candidates.length === 0) return naming.group(naming.groupOfBelief(belief))?.name ?? null;
  const spelt = candidates.slice(0, SPELT).join(', ');
  return `one of ${spelt}${candidates.length > SPELT ? ` … (${candidates.length} types)` : ''}`;
}

/** The label of one object. */
export function typeLabel(labels: TypeLabels, objectId: number): TypeLabel {
  return labels.of(objectId);
}

/** What a person reads as the type: the name, else the hint, or the shape while there is nothing else. */
export function typeText(label: TypeLabel): string {
  return label.type ?? label.hint ?? label.shape;
}

function noCounts(): EvidenceCounts {
  return { exact: 0, likely: 0, kind: 0, shape: 0 };
}
