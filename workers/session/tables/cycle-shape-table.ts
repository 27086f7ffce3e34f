/** Shapes of cycles as a list and as rows. */
import type { CycleShapeRow } from '../../api/cycle-rows';
import type { CycleShapeColumn } from '../../api/session';
import { EXACT_MEMBERS, fieldAt } from '../../cycles/cycle-shapes';
import { membersOf } from '../rows/cycle-border';
import { bytesColumn, countColumn, type Table } from '../list/table';
import type { AnalysedDump } from '../dump/opened-dump';
import { classColumn, classKeys, reasonOf } from './cycle-class';
import { throughOf } from './cycle-table';
import { typeLabel, typeText } from '../dump/type-labels';
import type { ShapeFacts } from '../computed/cycle-shape-facts';
import type { CycleCatalogue } from '../computed/full-cycle-facts';

export function cycleShapeTable({ facts }: CycleCatalogue, graph: string, shapes: ShapeFacts): Table<CycleShapeColumn> {
  const { shown, first, largest } = shapes;
  const columns: Table<CycleShapeColumn>['columns'] = {
    shape: {
      kind: 'text',
      codes: facts.shapeTexts.length,
      codeOf: (shape) => facts.shape[first[shape]],
      text: (code) => facts.shapeTexts[code],
    },
    class: classColumn((shape) => facts.classes[first[shape]]),
    count: countColumn((shape) => shapes.cycles[shape]),
    objects: countColumn((shape) => shapes.objects[shape]),
    own: bytesColumn((shape) => shapes.ownBytes[shape]),
    retained: bytesColumn((shape) => shapes.retainedBytes[shape]),
    largest: bytesColumn((shape) => facts.retainedBytes[largest[shape]]),
  };
  return { name: `cycle shapes ${graph}`, count: shown.length, itemAt: (position) => shown[position], columns };
}

export async function cycleShapeRow(
  catalogue: CycleCatalogue,
  shapes: ShapeFacts,
  shape: number,
): Promise<CycleShapeRow> {
  const { dump, facts } = catalogue;
  const first = shapes.first[shape];
  const largest = shapes.largest[shape];
  return {
    first,
    ...classKeys(facts.classes[first]),
    reason: reasonOf(dump, facts, first),
    shape: facts.shapeTexts[facts.shape[first]],
    joints: await jointsOf(dump, first),
    through: throughOf(catalogue, first),
    exact: membersOf(dump, first).length <= EXACT_MEMBERS,
    count: shapes.cycles[shape],
    objects: shapes.objects[shape],
    ownBytes: shapes.ownBytes[shape],
    retainedBytes: shapes.retainedBytes[shape],
    largest,
    largestBytes: facts.retainedBytes[largest],
  };
}

/** Joints that a row spells out. */
const SPELT = 6;

/** Different references between the members of a cycle, in the order of the dump; each is told once. */
async function jointsOf(dump: AnalysedDump, cycle: number): Promise<string[]> {
  const { graph, components, naming, pointers, labels } = dump;
  const joints = new Set<string>();
  for (const id of membersOf(dump, cycle).subarray(0, EXACT_MEMBERS)) {
    if (joints.size >= SPELT) break;
    const { offset } = await pointers.of(id);
    for (let at = 0; at < offset.length && joints.size < SPELT; at++) {
      const target = graph.referenceTarget[graph.referenceStart[id] + at];
      if (components.cycleOf[target] !== cycle) continue;
      const [from, to] = [id, target].map((one) => typeText(typeLabel(labels, one)));
      const field = fieldAt(naming, id, offset[at]);
      joints.add(`${from}${field.startsWith('.') || field.startsWith('[') ? '' : ' '}${field} → ${to}`);
    }
  }
  return [...joints];
}
