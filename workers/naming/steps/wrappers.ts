/**
 * Structs that begin with another. A pointer to the first field is one to the whole: `&pw.r` of an io.PipeWriter says io.PipeReader. Where the program
 * never allocates the shorter, or not in such a slot, and one struct that begins with it fits exactly, the object is that.
 */
import { KIND } from '../../go/type-kinds';
import { fit } from '../types/fit';
import type { GoType } from '../types/go-type';
import type { ObjectShape } from '../types/object-shapes';

/** First fields of first fields that are followed. */
const DEEPEST = 8;

export class Wrappers {
  /** id of a struct → structs that begin with it and that the program is seen to allocate */
  private readonly byFirst = new Map<number, GoType[]>();
  /** id of a struct, shape → what an object of that shape is */
  private readonly known = new Map<number, Map<ObjectShape, GoType>>();

  /** @param isAllocated does code of the program allocate a type? */
  constructor(
    types: readonly GoType[],
    private readonly isAllocated: (type: GoType) => boolean,
  ) {
    for (const type of types) {
      if (type.kind !== KIND.struct || !isAllocated(type)) continue;
      let first = firstField(type);
      for (let depth = 0; first && depth < DEEPEST; depth++, first = firstField(first)) {
        const wrappers = this.byFirst.get(first.id);
        if (wrappers) wrappers.push(type);
        else this.byFirst.set(first.id, [type]);
      }
    }
  }

  /** Does any struct that is allocated begin with a type? */
  has(type: GoType): boolean {
    return this.byFirst.has(type.id);
  }

  /** What an object is that is told to be a type: that, or the one struct around it. */
  around(type: GoType, shape: ObjectShape): GoType {
    const ofType = this.known.get(type.id) ?? new Map<ObjectShape, GoType>();
    this.known.set(type.id, ofType);
    const found = ofType.get(shape) ?? this.find(type, shape);
    ofType.set(shape, found);
    return found;
  }

  private find(type: GoType, shape: ObjectShape): GoType {
    if (shape.pointers === 0 || (this.isAllocated(type) && takes(type, shape))) return type;
    const fitting = (this.byFirst.get(type.id) ?? []).filter((wrapper) => takes(wrapper, shape));
    return fitting.length === 1 ? fitting[0] : type;
  }
}

/** Would the allocator choose this very slot for one value? */
function takes(type: GoType, shape: ObjectShape): boolean {
  const result = fit(type, 1, shape);
  return result.verdict === 'full' && result.exact;
}

function firstField(type: GoType): GoType | null {
  const first = type.fields.find(({ offset, type: inner }) => offset === 0 && inner.size > 0)?.type;
  return first?.kind === KIND.struct ? first : null;
}
