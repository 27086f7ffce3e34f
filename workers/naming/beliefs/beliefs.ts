/**
 * What each object is believed to be once naming is over. Beliefs repeat: objects hold the number of one, 4 bytes, besides who told it, 8 bytes.
 */
import type { HeapGraph } from '../../graph/heap-graph';
import type { MemoryAccount } from '../../lib/alloc';
import { NONE } from '../../lib/none';
import type { Scratch } from '../../lib/scratch';
import { SLICE_MASK } from '../../lib/work';
import type { Assignments } from './assignments';
import type { CandidateSets } from './candidate-sets';
import type { Contradiction } from './contradictions';
import type { GoType } from '../types/go-type';
import { TINY_BYTES } from '../../go/size-classes';

export interface Belief {
  /** What the object's value begins with; null where nothing tells. */
  readonly type: GoType | null;
  /** Values of it side by side, at least 1. */
  readonly count: number;
  /** SOURCE */
  readonly source: number;
  /** Whether that is the whole object, its start only, or one of the small values that share a slot. */
  readonly extent: 'whole' | 'start' | 'tiny';
  /** Types that fit equally well, where nothing tells between them. */
  readonly candidates: readonly GoType[];
}

const NOTHING: Belief = { type: null, count: 1, source: 0, extent: 'start', candidates: [] };

/** objectId → …, by columns of the account */
interface BeliefColumns {
  /** index of `all` */
  readonly number: Uint32Array;
  /** the object whose pointer told it, NONE where a root or the object itself did */
  readonly teller: Uint32Array;
  /** offset of that pointer in the teller's value */
  readonly tellerOffset: Uint32Array;
}

export class Beliefs {
  /** `columns` null where nothing is believed of any object. */
  constructor(
    /** number → belief; 0 is of objects that nothing names */
    readonly all: readonly Belief[] = [NOTHING],
    private readonly columns: BeliefColumns | null = null,
    /** What else was said of objects, as surely. */
    readonly contradictions: readonly Contradiction[] = [],
  ) {}

  numberOf(objectId: number): number {
    return this.columns ? this.columns.number[objectId] : 0;
  }

  of(objectId: number): Belief {
    return this.all[this.numberOf(objectId)];
  }

  tellerOf(objectId: number): { objectId: number; offset: number } {
    if (!this.columns) return { objectId: NONE, offset: 0 };
    return { objectId: this.columns.teller[objectId], offset: this.columns.tellerOffset[objectId] };
  }

  /** Gives the columns back; nothing may be asked afterwards. */
  release(account: MemoryAccount): void {
    if (this.columns) account.release(this.columns.number, this.columns.teller, this.columns.tellerOffset);
  }
}

/** Numbers what was assigned, in place: 12 bytes an object stay. `checkpoint` may throw to cancel. */
export async function settleBeliefs(
  graph: HeapGraph,
  assignments: Assignments,
  sets: CandidateSets,
  scratch: Scratch,
  checkpoint: () => void | Promise<void>,
): Promise<Beliefs> {
  const { typeId: number, teller, tellerOffset } = assignments;
  const numbers = new BeliefNumbers(assignments, sets);
  for (let id = 1; id <= graph.objectCount; id++) {
    number[id] = numbers.of(id, isTinySlot(graph, id));
    if ((id & SLICE_MASK) === 0) await checkpoint();
  }
  const columns = {
    number: scratch.keep(number),
    teller: scratch.keep(teller),
    tellerOffset: scratch.keep(tellerOffset),
  };
  return new Beliefs(numbers.all, columns, assignments.contradictions.list());
}

function isTinySlot({ shapes, shapeId }: HeapGraph, objectId: number): boolean {
  const shape = shapeId[objectId];
  return shapes.slotSize[shape] === TINY_BYTES && shapes.pointerCount[shape] === 0;
}

class BeliefNumbers {
  readonly all: Belief[] = [NOTHING];
  /** type id → what else makes up a belief, as one number → the belief's number */
  private readonly ofType: (Map<number, number> | undefined)[] = [];

  constructor(
    private readonly assignments: Assignments,
    private readonly sets: CandidateSets,
  ) {}

  of(objectId: number, tiny: boolean): number {
    const { typeId, count, source } = this.assignments;
    const type = typeId[objectId];
    const extent = this.assignments.isFull(objectId) ? 'whole' : tiny ? 'tiny' : 'start';
    const rest =
      type === 0
        ? this.sets.numberOf(objectId)
        : (count[objectId] * 128 + source[objectId]) * 4 + EXTENTS.indexOf(extent);
    if (type === 0 && rest === 0) return 0;
    const known = (this.ofType[type] ??= new Map<number, number>());
    let number = known.get(rest);
    if (number === undefined) {
      number =
        this.all.push(
          type === 0
            ? { ...NOTHING, candidates: this.sets.of(objectId) }
            : {
                type: this.assignments.typeOf(objectId),
                count: Math.max(count[objectId], 1),
                source: source[objectId],
                extent,
                candidates: [],
              },
        ) - 1;
      known.set(rest, number);
    }
    return number;
  }
}

const EXTENTS: readonly Belief['extent'][] = ['whole', 'start', 'tiny'];
