/**
 * Objects without pointers that only slices of an array inside them lead to, as an address keeps its bytes alive. Such a slice begins where the
 * array does and has its length for capacity: where one struct of the program has that array at that offset and takes that slot, the object is one.
 */
import type { BitSet } from '../../lib/bit-set';
import { NONE } from '../../lib/none';
import { valueAddress } from '../../graph/heap-graph';
import { KIND } from '../../go/type-kinds';
import { SOURCE } from '../beliefs/assignments';
import { pointerFree, type GoType } from '../types/go-type';
import type { ObjectShape } from '../types/object-shapes';
import { eachObject } from '../../graph/contents/each-object';
import type { Propagation } from './propagation';
import type { Teller } from './telling';
import type { ShapeSearch } from './shape-search';
import { slotFor } from '../../go/size-classes';
import type { TypeSpace } from '../types/type-space';

/** Arrays inside structs inside structs: nobody nests deeper. */
const DEEPEST = 8;
const NOBODY: Teller = { objectId: NONE, offset: 0 };

/** Names such objects, as surely as a shape does. `tellers`: see findByteTellers. */
export async function tellInteriorArrays(
  walk: Propagation,
  shapes: readonly ObjectShape[],
  types: TypeSpace,
  search: ShapeSearch,
  tellers: BitSet,
  checkpoint: () => void | Promise<void>,
): Promise<void> {
  const { graph, windows, assignments, known } = walk;
  const P = known.layout.pointerBytes;
  const holders = new ArrayHolders(types, search);
  const visit = (objectId: number, position: number): void => {
    const { offsets, valueSize } = shapes[graph.shapeId[objectId]];
    for (const at of offsets ?? []) {
      if (at + 3 * P > valueSize) return;
      const address = windows.word(position + at);
      const target = address === 0 ? NONE : graph.index.objectAt(address);
      if (target === NONE || assignments.typeId[target] !== 0) continue;
      const shape = shapes[graph.shapeId[target]];
      const start = valueAddress(graph, target);
      if (shape.pointers > 0 || address <= start) continue;
      const [length, capacity] = [windows.word(position + at + P), windows.word(position + at + 2 * P)];
      if (capacity === 0 || length > capacity || capacity >= shape.valueSize) continue;
      const type = holders.only(shape.slotSize, address - start, capacity);
      if (type) walk.tell(start, type, 1, SOURCE.interiorArray, NOBODY);
    }
  };
  await eachObject(windows, checkpoint, visit, (objectId) => tellers.has(objectId));
}

/** Pointer-free structs by the slot that they take and the arrays in them. */
class ArrayHolders {
  /** slot, offset and length of an array → structs that have it; those that the program is seen to allocate go before all others */
  private readonly byArray = new Map<string, GoType[]>();

  constructor(
    types: TypeSpace,
    private readonly search: ShapeSearch,
  ) {
    for (const type of types.runtimeTypes())
      if (type.kind === KIND.struct && type.size > 0 && pointerFree(type)) this.collect(type, type, 0, 0);
  }

  /** The one struct, or null where there is none or several would do. */
  only(slotSize: number, offset: number, length: number): GoType | null {
    const all = this.byArray.get(`${slotSize} ${offset} ${length}`) ?? [];
    const allocated = all.filter((type) => this.search.isAllocated(type));
    const chosen = allocated.length > 0 ? allocated : all;
    return chosen.length === 1 ? chosen[0] : null;
  }

  private collect(owner: GoType, type: GoType, at: number, depth: number): void {
    if (depth > DEEPEST) return;
    for (const { offset, type: inner } of type.fields) {
      if (inner.kind === KIND.struct) this.collect(owner, inner, at + offset, depth + 1);
      else if (inner.kind === KIND.array) this.note(owner, at + offset, inner.length);
    }
  }

  private note(owner: GoType, offset: number, length: number): void {
    const key = `${slotFor(owner.size)} ${offset} ${length}`;
    const list = this.byArray.get(key);
    if (!list) this.byArray.set(key, [owner]);
    else if (list.at(-1) !== owner) list.push(owner);
  }
}
