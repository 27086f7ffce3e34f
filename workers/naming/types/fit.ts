/**
 * The fit test, the heart of correctness: can an object of this shape hold n values of this type? The dump lists exactly which words of an
 * object may be pointers, so a guess that disagrees with one word is wrong, whatever suggested it.
 */
import { pointerFree, type GoType } from './go-type';
import type { ObjectShape } from './object-shapes';
import { slotFor, TINY_BYTES } from '../../go/size-classes';

export type Fit =
  | { verdict: 'reject' }
  /** The object begins with such values and holds more: a pointer to a first field, a part of a slice. */
  | { verdict: 'partial'; count: number }
  /** The whole object is `count` such values. `exact`: the allocator would choose this very slot for them. */
  | { verdict: 'full'; count: number; exact: boolean };

const REJECT: Fit = { verdict: 'reject' };

/** @param count values that are known to be there, at least 1 */
export function fit(type: GoType, count: number, shape: ObjectShape): Fit {
  const size = type.size;
  if (type.role === 'identity') return { verdict: 'full', count: 1, exact: false };
  if (size === 0 || count < 1 || size * count > shape.valueSize) return REJECT;
  if (shape.pointers === 0) return fitPointerFree(type, count, shape);
  if (type.mask === null || shape.offsets === null) return fitBySize(type, count, shape);
  return shape.tiled ? fitTiled(type, count, shape) : fitListed(type, count, shape);
}

/** Where one side has no list of pointers: the allocator's slot must be the very one. */
function fitBySize(type: GoType, count: number, shape: ObjectShape): Fit {
  const exact = slotFor(type.size * count + shape.slotSize - shape.valueSize) === shape.slotSize;
  return exact ? { verdict: 'full', count, exact } : { verdict: 'partial', count };
}

function fitPointerFree(type: GoType, count: number, shape: ObjectShape): Fit {
  // A channel of pointer-free elements is allocated without pointers though its header has some, and its buffer lies behind it.
  if (type.role === 'channel') return { verdict: 'full', count: 1, exact: slotFor(type.size) === shape.slotSize };
  if (type.mask !== null && !pointerFree(type)) return REJECT;
  const exact = slotFor(type.size * count) === shape.slotSize;
  if (exact) return { verdict: 'full', count, exact };
  // A string may be cut from a longer one, but nothing else than bytes lies behind it.
  if (type.role === 'bytes' && shape.slotSize > TINY_BYTES)
    return { verdict: 'full', count: shape.valueSize, exact: false };
  return { verdict: 'partial', count };
}

/** Objects with a malloc header, and those with a span of their own, repeat the element's mask to the end of the slot. */
function fitTiled(type: GoType, count: number, shape: ObjectShape): Fit {
  const tiles = Math.floor(shape.valueSize / type.size);
  if (!tilesTo(type, shape, shape.valueSize)) return REJECT;
  const header = shape.slotSize - shape.valueSize;
  const exact = slotFor(type.size * count + header) === shape.slotSize;
  return { verdict: 'full', count: exact ? count : tiles, exact };
}

function fitListed(type: GoType, count: number, shape: ObjectShape): Fit {
  const extent = type.size * count;
  if (!tilesTo(type, shape, extent)) return REJECT;
  const offsets = shape.offsets!; // fit() has sent shapes without a list elsewhere
  const beyond = offsets.length > 0 && offsets[offsets.length - 1] >= extent;
  if (!beyond) return { verdict: 'full', count, exact: slotFor(extent) === shape.slotSize };
  const tiles = Math.floor(shape.valueSize / type.size);
  if (
    tilesTo(type, shape, tiles * type.size) &&
    slotFor(tiles * type.size) === shape.slotSize &&
    offsets[offsets.length - 1] < tiles * type.size
  ) {
    return { verdict: 'full', count: tiles, exact: true };
  }
  return { verdict: 'partial', count };
}

/** Do the object's pointer words below `extent` equal the type's, repeated? */
function tilesTo(type: GoType, shape: ObjectShape, extent: number): boolean {
  const mask = type.mask!; // fit() has sent types without a list elsewhere
  const offsets = shape.offsets!;
  let i = 0;
  for (let base = 0; base < extent && mask.length > 0; base += type.size) {
    for (const offset of mask) {
      if (base + offset >= extent) return i >= offsets.length || offsets[i] >= extent;
      if (i >= offsets.length || offsets[i] !== base + offset) return false;
      i++;
    }
  }
  return i >= offsets.length || offsets[i] >= extent;
}
