/** The fit test as a table: which values an object of some size and pointer words can hold. */
import { describe, expect, test } from 'vitest';
import { fit } from '../../../workers/naming/types/fit';
import { madeType, type GoType } from '../../../workers/naming/types/go-type';
import type { ObjectShape } from '../../../workers/naming/types/object-shapes';

function type(size: number, ...mask: number[]): GoType {
  return { id: 1, ...madeType({ name: 'T', size, mask: Uint32Array.from(mask) }) };
}

function slot(slotSize: number, ...offsets: number[]): ObjectShape {
  const list = Uint32Array.from(offsets);
  return { slotSize, valueSize: slotSize, pointers: list.length, offsets: list, tiled: false };
}

/** An object with a malloc header; offsets count from the value. */
function headed(slotSize: number, ...offsets: number[]): ObjectShape {
  return { ...slot(slotSize, ...offsets), valueSize: slotSize - 8, tiled: true };
}

const TABLE: { what: string; type: GoType; count: number; shape: ObjectShape; fit: string }[] = [
  { what: 'the very slot', type: type(24, 0, 8), count: 1, shape: slot(24, 0, 8), fit: 'full 1 exact' },
  { what: 'a slot one class too large', type: type(16, 0, 8), count: 1, shape: slot(32, 0, 8), fit: 'full 1' },
  { what: 'a value larger than the slot', type: type(32, 0), count: 1, shape: slot(24, 0), fit: 'reject' },
  { what: 'one pointer word too few', type: type(24, 0, 8), count: 1, shape: slot(24, 0), fit: 'reject' },
  { what: 'one pointer word too many', type: type(24, 0), count: 1, shape: slot(24, 0, 8), fit: 'reject' },
  { what: 'pointers where the object has none', type: type(16, 0), count: 1, shape: slot(16), fit: 'reject' },
  { what: 'an array by its tiles', type: type(16, 8), count: 1, shape: slot(64, 8, 24, 40, 56), fit: 'full 4 exact' },
  { what: 'a first field', type: type(8, 0), count: 1, shape: slot(32, 0, 24), fit: 'partial 1' },
  { what: 'pointer-free values to the end', type: type(4), count: 6, shape: slot(24), fit: 'full 6 exact' },
  { what: 'a part of pointer-free values', type: type(4), count: 2, shape: slot(64), fit: 'partial 2' },
  { what: 'no value at all', type: type(0), count: 1, shape: slot(8), fit: 'reject' },
  { what: 'a headed value', type: type(600, 0), count: 1, shape: headed(640, 0, 600), fit: 'full 1 exact' },
  {
    what: 'a headed slice of known length',
    type: type(16, 0),
    count: 38,
    shape: headed(640, ...every(16, 632)),
    fit: 'full 38 exact',
  },
  {
    what: 'a headed slice of unknown length',
    type: type(16, 0),
    count: 1,
    shape: headed(640, ...every(16, 632)),
    fit: 'full 39',
  },
  { what: 'a headed value of another mask', type: type(600, 8), count: 1, shape: headed(640, 0, 600), fit: 'reject' },
];

describe('fit', () => {
  for (const row of TABLE) {
    test(row.what, () => {
      const found = fit(row.type, row.count, row.shape);
      const text =
        found.verdict === 'reject'
          ? 'reject'
          : `${found.verdict} ${found.count}${found.verdict === 'full' && found.exact ? ' exact' : ''}`;
      expect(text).toBe(row.fit);
    });
  }
});

function every(step: number, end: number): number[] {
  return Array.from({ length: Math.ceil(end / step) }, (_, i) => i * step);
}
