/**
 * Which field each reference lies in: one column over all references, made when kinds are first asked for. The n-th reference of an object is
 * its n-th listed word where none of them is nil, and where all words are one field it does not matter which: such objects are told without a
 * look at the file. The contents of the others are read, once, in the order of the file.
 */
import { eachObject } from '../graph/contents/each-object';
import { HeapWindows } from '../graph/contents/heap-windows';
import type { HeapGraph } from '../graph/heap-graph';
import { BitSet } from '../lib/bit-set';
import { Scratch } from '../lib/scratch';
import { SLICE_MASK, type Work } from '../lib/work';
import type { Naming } from '../naming/naming';
import { FieldNumbers, WordFields } from './field-numbers';
import type { ObjectKinds } from './object-kinds';
import { readShapeOffsets, type ReadingTools, type ShapeOffsets } from './shape-offsets';

export interface ReferenceFields {
  readonly count: number;
  /** reference, as an index of graph.referenceTarget → field */
  readonly ofReference: Uint32Array;
  /** field → kind of the objects that have it */
  readonly owner: Uint32Array;
  /** `.conns[].buf`, `captured r`, `value[]`, `[]`; `+0x18` where it has no name, and '' where nothing tells which it is. */
  text(field: number): string;
}

/** Pointers that lie evenly spaced, at least, to be taken for an array's. */
const LEAST_OF_ARRAY = 16;

/** 4 bytes a reference, which the caller releases. */
export async function readReferenceFields(
  graph: HeapGraph,
  naming: Naming,
  kinds: ObjectKinds,
  tools: ReadingTools,
): Promise<ReferenceFields> {
  const scratch = new Scratch(tools.account);
  try {
    const offsets = await readShapeOffsets(graph, tools);
    const reader = new FieldReader(graph, naming, kinds, offsets, scratch);
    await tools.drive(reader.tellBySight());
    await reader.readOthers(scratch, tools.checkpoint);
    const { owner, texts } = reader.fields;
    return {
      count: texts.length,
      ofReference: scratch.keep(reader.ofReference),
      owner: Uint32Array.from(owner),
      text: (field) => texts[field],
    };
  } finally {
    scratch.releaseAll();
  }
}

/** What is known of the words of objects of one shape that are believed to be the same. */
interface WordTable {
  readonly fields: WordFields;
  readonly offsets: Uint32Array | null;
  /** The field of all of them; null where they are not one. */
  readonly only: number | null;
}

class FieldReader {
  readonly fields = new FieldNumbers();
  readonly ofReference: Uint32Array;
  /** belief and shape, as one number → what is known of the words */
  private readonly tables = new Map<number, WordTable>();
  /** Objects whose contents have to be read. */
  private readonly others: BitSet;

  constructor(
    private readonly graph: HeapGraph,
    private readonly naming: Naming,
    private readonly kinds: ObjectKinds,
    private readonly offsets: ShapeOffsets,
    scratch: Scratch,
  ) {
    this.ofReference = scratch.uint32('fields of references', graph.referenceTarget.length);
    this.others = new BitSet(scratch, 'objects whose fields are read', graph.vertexCount);
  }

  /** Tells the fields of all objects that need no look at the file, and notes the others. */
  *tellBySight(): Work<void> {
    const { graph, ofReference } = this;
    const { referenceStart, objectCount, shapes, shapeId } = graph;
    for (let id = 1; id <= objectCount; id++) {
      if ((id & SLICE_MASK) === 0) yield id;
      const first = referenceStart[id];
      const count = referenceStart[id + 1] - first;
      if (count === 0) continue;
      const { only, offsets, fields } = this.table(id);
      if (only !== null) ofReference.fill(only, first, first + count);
      else if (offsets !== null && count === shapes.pointerCount[shapeId[id]]) {
        for (let at = 0; at < count; at++) ofReference[first + at] = fields.at(offsets[at]);
      } else {
        ofReference.fill(fields.any, first, first + count);
        if (offsets !== null) this.others.add(id);
      }
    }
  }

  /** Reads what is left: a listed word is a reference where it leads to the next target of the object's row. */
  async readOthers(scratch: Scratch, checkpoint: () => void | Promise<void>): Promise<void> {
    const { graph, others, ofReference } = this;
    const { referenceStart, referenceTarget, index } = graph;
    const windows = await HeapWindows.over(graph, 0, scratch, checkpoint);
    const visit = (id: number, position: number): void => {
      const { offsets, fields } = this.table(id);
      let reference = referenceStart[id];
      const end = referenceStart[id + 1];
      for (let at = 0; offsets !== null && at < offsets.length && reference < end; at++) {
        const word = windows.word(position + offsets[at]);
        if (word !== 0 && index.objectAt(word) === referenceTarget[reference])
          ofReference[reference++] = fields.at(offsets[at]);
      }
    };
    await eachObject(windows, checkpoint, visit, (id) => others.has(id));
  }

  private table(id: number): WordTable {
    const { graph, naming } = this;
    const belief = naming.beliefs.numberOf(id);
    const shape = graph.shapeId[id];
    const key = belief * graph.shapes.count + shape;
    let table = this.tables.get(key);
    if (!table) {
      const { shapes, records } = graph;
      const valueBytes = shapes.slotSize[shape] - shapes.valueOffset[shape];
      const kind = this.kinds.ofObject[id];
      const { pointerBytes } = records.params;
      const offsets = this.offsets[shape];
      const isLikeArray = offsets === null || areEvenlySpaced(offsets);
      const fields = new WordFields(this.fields, kind, naming, belief, valueBytes, pointerBytes, isLikeArray);
      table = { fields, offsets, only: offsets && onlyField(offsets, fields) };
      this.tables.set(key, table);
    }
    return table;
  }
}

function onlyField(offsets: Uint32Array, fields: WordFields): number | null {
  const first = fields.at(offsets[0]);
  for (const offset of offsets) if (fields.at(offset) !== first) return null;
  return first;
}

/** As many pointers as no struct has, each as far from the one before it as the others. */
function areEvenlySpaced(offsets: Uint32Array): boolean {
  if (offsets.length < LEAST_OF_ARRAY) return false;
  const step = offsets[1] - offsets[0];
  for (let at = 2; at < offsets.length; at++) if (offsets[at] - offsets[at - 1] !== step) return false;
  return true;
}
