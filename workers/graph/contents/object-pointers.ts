/** The pointers of single objects, read again from the file: memory keeps only which object leads to which. */
import { shallowSize, valueAddress, type HeapGraph } from '../heap-graph';
import { pointersOfOne } from './listed-pointers';
import { NONE } from '../../lib/none';
import { Grouping } from '../../lib/grouping';

/** An object's pointers into the heap, in the order of its row of references: pointer i is reference referenceStart + i. */
export interface Pointers {
  /** pointer → its offset in the object's value */
  readonly offset: Float64Array;
  /** pointer → how far into the value of its target it leads */
  readonly targetOffset: Float64Array;
}

export interface ObjectPointers {
  /** Rejects with `CannotRead` where the file cannot be read any more. */
  of(objectId: number): Promise<Pointers>;
  /**
   * The reference, as an index of referenceTarget, that an entry of an object's referrers stands for. Referrers from one source lie side by
   * side; the first of them is the first reference to the object, and so on.
   */
  referenceOf(objectId: number, referrer: number): number;
}

/** Pointers kept of the objects asked for last. A slice of all that a service holds refers to nearly every row of a table. */
const KEPT_POINTERS = 2 ** 21;
/** Rows of references longer than this are searched by target instead of from their start. */
const LONG_ROW = 128;

/** Reads from the graph's file; what the rows of a page need again is kept. */
export function pointersInFile(graph: HeapGraph): ObjectPointers {
  const countOf = (objectId: number) => graph.referenceStart[objectId + 1] - graph.referenceStart[objectId];
  const read = new KeptRows<Promise<Pointers>>(countOf);
  const byTarget = new KeptRows<Grouping>(countOf);
  return {
    of: (objectId) =>
      read.get(objectId, () => {
        const pointers = readPointers(graph, objectId);
        pointers.catch(() => {
          read.forget(objectId);
        });
        return pointers;
      }),
    referenceOf: (objectId, referrer) => {
      const source = graph.referrerSource[referrer];
      const place = placeAmongEqual(graph, objectId, referrer);
      if (countOf(source) <= LONG_ROW) return nthReference(graph, source, objectId, place);
      return byTarget.get(source, () => referencesByTarget(graph, source)).of(objectId)[place];
    },
  };
}

/** What was made for single objects, as long as their references together are not too many; the object made last stays in any case. */
class KeptRows<T> {
  private readonly rows = new Map<number, T>();
  private total = 0;

  constructor(private readonly countOf: (objectId: number) => number) {}

  get(objectId: number, make: () => T): T {
    const known = this.rows.get(objectId);
    if (known !== undefined) return known;
    this.total += this.countOf(objectId);
    for (const oldest of this.rows.keys()) {
      if (this.total <= KEPT_POINTERS) break;
      this.forget(oldest);
    }
    const made = make();
    this.rows.set(objectId, made);
    return made;
  }

  forget(objectId: number): void {
    if (this.rows.delete(objectId)) this.total -= this.countOf(objectId);
  }
}

/** How many references from the same source stand before this one in an object's list of referrers. */
function placeAmongEqual({ referrerStart, referrerSource }: HeapGraph, objectId: number, referrer: number): number {
  let first = referrer;
  while (first > referrerStart[objectId] && referrerSource[first - 1] === referrerSource[referrer]) first--;
  return referrer - first;
}

/** The reference from `source` to `target` with `place` others before it. */
function nthReference(
  { referenceStart, referenceTarget }: HeapGraph,
  source: number,
  target: number,
  place: number,
): number {
  let before = 0;
  for (let at = referenceStart[source]; at < referenceStart[source + 1]; at++) {
    if (referenceTarget[at] === target && before++ === place) return at;
  }
  return referenceStart[source + 1];
}

function referencesByTarget({ referenceStart, referenceTarget }: HeapGraph, source: number): Grouping {
  const first = referenceStart[source];
  const references = Uint32Array.from({ length: referenceStart[source + 1] - first }, (_, at) => first + at);
  return new Grouping(references, (reference) => referenceTarget[reference]);
}

async function readPointers(graph: HeapGraph, objectId: number): Promise<Pointers> {
  const { referenceStart, referenceTarget, index, shapes, shapeId, contentsAt } = graph;
  const first = referenceStart[objectId];
  const count = referenceStart[objectId + 1] - first;
  const offset = new Float64Array(count);
  const targetOffset = new Float64Array(count);
  let at = 0;
  const visit = (place: number, word: number) => {
    if (index.objectAt(word) === NONE) return true;
    offset[at] = place - shapes.valueOffset[shapeId[objectId]];
    targetOffset[at] = word - valueAddress(graph, referenceTarget[first + at]);
    return ++at < count;
  };
  const slot = { contentsAt: contentsAt[objectId], size: shallowSize(graph, objectId) };
  if (count > 0) await pointersOfOne(graph.records).visit(slot, visit);
  return { offset, targetOffset };
}
