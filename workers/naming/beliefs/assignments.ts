/** What each object is believed to be while it is named, by what, and told by whom: columns by objectId, 18 bytes an object. */
import { NONE } from '../../lib/none';
import type { Scratch } from '../../lib/scratch';
import type { HeapGraph } from '../../graph/heap-graph';
import { KIND } from '../../go/type-kinds';
import { Contradictions } from './contradictions';
import { fit } from '../types/fit';
import { isBare } from '../types/bare';
import { pointerFree, type GoType } from '../types/go-type';
import type { ObjectShape } from '../types/object-shapes';

/** Where a belief comes from. The number is its rank, and this the one order of trust: a higher one wins where both fit equally well. */
export const SOURCE = {
  header: 100,
  record: 95,
  closure: 92,
  interface: 88,
  variable: 84,
  pointer: 80,
  frame: 79,
  channelScan: 78,
  pool: 76,
  instance: 62,
  code: 61,
  receiver: 60,
  reverseMap: 50,
  closureScan: 45,
  shape: 40,
  interiorArray: 39,
  structure: 35,
  poolStructure: 34,
  channelStructure: 33,
  stringScan: 30,
} as const;

const DEEPEST = 8;
const PARTIAL = 1;
const FULL = 2;
const EXACT = 3;

export class Assignments {
  /** objectId → GoType id, 0 for none */
  readonly typeId: Uint32Array;
  /** objectId → values of that type that the object holds */
  readonly count: Uint32Array;
  /** objectId → SOURCE */
  readonly source: Uint8Array;
  /** objectId → how well it fits: partial, full, exact; 0 for none */
  readonly quality: Uint8Array;
  /** objectId → object whose pointer told it, or NONE where a root or the object itself did */
  readonly teller: Uint32Array;
  /** objectId → offset of that pointer in the teller's value */
  readonly tellerOffset: Uint32Array;

  readonly contradictions = new Contradictions();

  constructor(
    private readonly graph: HeapGraph,
    private readonly shapes: readonly ObjectShape[],
    scratch: Scratch,
    private readonly types: (id: number) => GoType | null,
  ) {
    const n = graph.objectCount + 1;
    this.typeId = scratch.uint32('type ids', n);
    this.count = scratch.uint32('type counts', n);
    this.source = scratch.uint8('type sources', n);
    this.quality = scratch.uint8('type fits', n);
    this.teller = scratch.uint32('type tellers', n).fill(NONE);
    this.tellerOffset = scratch.uint32('type teller offsets', n);
  }

  /** Offers a belief about the start of an object's value; true where it was taken. */
  offer(objectId: number, type: GoType, count: number, source: number, teller: number, tellerOffset: number): boolean {
    if (this.knows(objectId, type, count, source)) return false;
    const result = fit(type, count, this.shapes[this.graph.shapeId[objectId]]);
    if (result.verdict === 'reject') return false;
    const quality = result.verdict === 'partial' ? PARTIAL : result.exact ? EXACT : FULL;
    const better = this.better(objectId, type, result.count, quality, source);
    if (source >= SOURCE.frame && quality >= FULL) this.noteContradiction(objectId, type, better);
    if (!better) return false;
    this.count[objectId] = result.count;
    this.source[objectId] = this.typeId[objectId] === type.id ? Math.max(source, this.source[objectId]) : source;
    this.typeId[objectId] = type.id;
    this.quality[objectId] = quality;
    this.teller[objectId] = teller;
    this.tellerOffset[objectId] = tellerOffset;
    return true;
  }

  private noteContradiction(objectId: number, type: GoType, better: boolean): void {
    const before = this.types(this.typeId[objectId]);
    if (before === null || this.source[objectId] < SOURCE.frame || !this.isFull(objectId) || agree(before, type))
      return;
    if (better) this.contradictions.note(objectId, type, before);
    else this.contradictions.note(objectId, before, type);
  }

  /** Is that believed already, on grounds as good? */
  knows(objectId: number, type: GoType, count: number, source: number): boolean {
    if (this.typeId[objectId] !== type.id || this.source[objectId] < source) return false;
    return count <= 1 || this.count[objectId] >= count;
  }

  /** What an object's value begins with, or null. */
  typeOf(objectId: number): GoType | null {
    return this.types(this.typeId[objectId]);
  }

  /** True where the whole object is known, not just its beginning. */
  isFull(objectId: number): boolean {
    return this.quality[objectId] >= FULL;
  }

  private better(objectId: number, type: GoType, count: number, quality: number, source: number): boolean {
    const known = this.quality[objectId];
    if (known === 0) return true;
    if (source <= SOURCE.shape) return false;
    const full = quality >= FULL;
    if (full !== known >= FULL) return full;
    // A header does not say how many values there are; a slice does.
    if (this.typeId[objectId] === type.id && quality > known) return true;
    const before = this.types(this.typeId[objectId]);
    if (before && this.source[objectId] !== SOURCE.header) {
      if (quality >= known && wraps(type, before)) return true;
      if (known >= quality && wraps(before, type)) return false;
    }
    if (before && isBare(before) !== isBare(type)) return isBare(before);
    if (source !== this.source[objectId]) return source > this.source[objectId];
    return this.typeId[objectId] === type.id && count > this.count[objectId];
  }
}

/** May an object be both: one within the other, the same without its name, or one that does not say of what it is? */
function agree(a: GoType, b: GoType): boolean {
  if (a === b || a.role !== b.role || isBare(a) || isBare(b)) return true;
  if (wraps(a, b) || wraps(b, a) || isArrayOf(a, b) || isArrayOf(b, a)) return true;
  return a.kind === b.kind && (pointerFree(a) || a.element === b.element) && a.size === b.size;
}

function isArrayOf(type: GoType, element: GoType): boolean {
  return (
    type.kind === KIND.array && type.element !== null && (type.element === element || wraps(type.element, element))
  );
}

/** Is a type a struct that begins with the other, which is not of its name only? A pointer to the first field tells less than one to the whole. */
function wraps(type: GoType, inner: GoType, depth = 0): boolean {
  if (depth > DEEPEST || type === inner || type.role !== 'plain') return false;
  const first = type.fields.find((field) => field.offset === 0 && field.type.size > 0)?.type;
  return first !== undefined && (first === inner || wraps(first, inner, depth + 1));
}
