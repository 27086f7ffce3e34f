/**
 * What is known of each object's type, and the objects that a list of types shows as one. Everything that shows, filters or groups by type goes
 * through here.
 */
import type { EvidenceCounts } from '../api/rows';
import type { Evidence, TypeLabel } from '../api/values';
import { shallowSize, type HeapGraph, type ShapeTable } from '../graph/heap-graph';
import type { MemoryAccount } from '../lib/alloc';
import { SLICE_MASK, type Work } from '../lib/work';
import type { NameLabel, Naming } from '../naming/naming';

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
  /** The label of one object. */
  of(objectId: number): TypeLabel;
  /** How much of the heap is known how well; objects with several candidates count as known by shape. */
  readonly coverage: { readonly objects: EvidenceCounts; readonly bytes: EvidenceCounts };
}

/** What labels need of the names. */
export type NamesForLabels = Pick<Naming, 'label' | 'groupOf' | 'group'>;

/** Offsets that a shape's text lists; the rest is a count. */
export const SHAPE_OFFSETS = 8;

const WEAKEST_LAST: readonly Evidence[] = ['exact', 'likely', 'kind', 'one-of', 'shape'];
const COUNTED_AS: Record<Evidence, keyof EvidenceCounts> = {
  exact: 'exact',
  likely: 'likely',
  kind: 'kind',
  'one-of': 'shape',
  shape: 'shape',
};

/**
 * Labels all objects; 4 bytes each are kept. Objects without any name are told apart by shape: two shapes that read the same (equal sizes,
 * equal counts, equal first offsets) share a label. `offsetsOf` holds, by shape, the first SHAPE_OFFSETS pointer offsets counted from the value.
 */
export function* labelObjects(
  graph: HeapGraph,
  naming: NamesForLabels,
  offsetsOf: readonly (readonly number[])[],
  account: MemoryAccount,
): Work<TypeLabels> {
  const { shapes, shapeId, objectCount } = graph;
  const shapeTexts = Array.from({ length: shapes.count }, (_, shape) => shapeText(shapes, shape, offsetsOf[shape]));
  const groupOf = account.uint32('types of objects', graph.vertexCount);
  const groups = new Groups(naming);
  const coverage = { objects: noCounts(), bytes: noCounts() };
  for (let id = 1; id <= objectCount; id++) {
    const name = naming.label(id);
    const counted = COUNTED_AS[name.evidence];
    coverage.objects[counted]++;
    coverage.bytes[counted] += shallowSize(graph, id);
    groupOf[id] = groups.add(id, name, shapeTexts[shapeId[id]]);
    if ((id & SLICE_MASK) === 0) yield id;
  }
  return {
    count: groups.labels.length,
    labelOf: (objectId) => groupOf[objectId],
    label: (group) => groups.labels[group],
    of: (objectId) => {
      const { type, evidence, candidates } = naming.label(objectId);
      const hint = type === null ? hintOf(naming, objectId, candidates) : null;
      return { type, evidence, hint, shape: shapeTexts[shapeId[objectId]] };
    },
    coverage,
  };
}

/** Where the objects of a group differ in size or pointers. */
const SEVERAL_SHAPES = 'several sizes';

class Groups {
  readonly labels: GroupLabel[] = [];
  /** The naming's number → place in `labels`; two types that are called the same share a place. */
  private readonly byNumber = new Map<number, number>();
  private readonly byText = new Map<string, number>();

  constructor(private readonly naming: NamesForLabels) {}

  /** Adds an object to its group, a new one where it is the first. */
  add(objectId: number, name: NameLabel, shape: string): number {
    const number = this.naming.groupOf(objectId);
    const known = number === 0 ? undefined : this.byNumber.get(number);
    if (known !== undefined) return this.widen(known, name.evidence, shape);
    const label = this.labelFor(number, objectId, name, shape);
    const text = typeText(label);
    let place = this.byText.get(text);
    if (place === undefined) {
      place = this.labels.push(label) - 1;
      this.byText.set(text, place);
    }
    if (number !== 0) this.byNumber.set(number, place);
    return this.widen(place, name.evidence, shape);
  }

  private labelFor(
    number: number,
    objectId: number,
    { type, evidence, candidates }: NameLabel,
    shape: string,
  ): GroupLabel {
    const group = this.naming.group(number);
    const hint = type === null ? hintOf(this.naming, objectId, candidates) : null;
    return {
      type: type === null ? null : (group?.name ?? type),
      evidence,
      hint,
      shape,
      package: group?.package ?? null,
    };
  }

  private widen(place: number, evidence: Evidence, shape: string): number {
    const label = this.labels[place];
    if (WEAKEST_LAST.indexOf(evidence) > WEAKEST_LAST.indexOf(label.evidence)) label.evidence = evidence;
    if (label.shape !== shape) label.shape = SEVERAL_SHAPES;
    return place;
  }
}

/** Candidates that a label spells out; the rest is a count. */
const SPELT = 3;

function hintOf(naming: NamesForLabels, objectId: number, candidates: readonly string[]): string | null {
  if (candidates.length === 0) return naming.group(naming.groupOf(objectId))?.name ?? null;
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

function shapeText(shapes: ShapeTable, shape: number, offsets: readonly number[]): string {
  const size = `${shapes.slotSize[shape]} B`;
  const pointers = shapes.pointerCount[shape];
  if (pointers === 0) return `${size}, no pointers`;
  const listed = offsets.map((offset) => `+${offset}`).join(' ');
  if (pointers <= SHAPE_OFFSETS) return `${size}, ${pointers === 1 ? 'pointer' : 'pointers'} at ${listed}`;
  return `${size}, pointers at ${listed} … (${pointers} pointers)`;
}
