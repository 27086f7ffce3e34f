/** A pointer to the first field leads to the whole struct, where size, pointers and the program's code say so. */
import { expect, test } from 'vitest';
import { Wrappers } from '../../../workers/naming/steps/wrappers';
import { madeType, type GoType } from '../../../workers/naming/types/go-type';
import type { ObjectShape } from '../../../workers/naming/types/object-shapes';

let ids = 0;
function struct(name: string, size: number, mask: number[], first?: GoType): GoType {
  const fields = first ? [{ name: 'first', offset: 0, type: first }] : [];
  return { id: ++ids, ...madeType({ name, size, mask: Uint32Array.from(mask), fields }) };
}
function slot(size: number, ...offsets: number[]): ObjectShape {
  return {
    slotSize: size,
    valueSize: size,
    pointers: offsets.length,
    offsets: Uint32Array.from(offsets),
    tiled: false,
  };
}

const reader = struct('io.PipeReader', 96, [8, 40]);
const writer = struct('io.PipeWriter', 96, [8, 40], reader);
const plain = struct('reflect.structType', 80, [24, 48]);
const uncommon = struct('reflect.structTypeUncommon', 96, [24, 48], plain);
const deep = struct('main.deep', 112, [24, 48], uncommon);
const all = [reader, writer, plain, uncommon, deep];

/** @param allocated types that the program allocates */
function around(type: GoType, shape: ObjectShape, allocated: GoType[]): string {
  return new Wrappers(all, (one) => allocated.includes(one)).around(type, shape).name;
}

test('of equal size is what the program allocates', () => {
  expect(around(reader, slot(96, 8, 40), [writer])).toBe('io.PipeWriter');
  expect(around(reader, slot(96, 8, 40), [writer, reader])).toBe('io.PipeReader');
  expect(around(reader, slot(96, 8, 40), [])).toBe('io.PipeReader');
});

test('of another size is what takes the slot, however deep its first field lies', () => {
  expect(around(plain, slot(80, 24, 48), all)).toBe('reflect.structType');
  expect(around(plain, slot(96, 24, 48), all)).toBe('reflect.structTypeUncommon');
  expect(around(plain, slot(112, 24, 48), all)).toBe('main.deep');
});

test('stays open where the pointers differ, none is allocated, several fit or there is nothing to hold against', () => {
  expect(around(plain, slot(96, 24), all)).toBe('reflect.structType');
  expect(around(plain, slot(96, 24, 48), [deep])).toBe('reflect.structType');
  const twin = struct('main.twin', 96, [24, 48], plain);
  expect(new Wrappers([...all, twin], () => true).around(plain, slot(96, 24, 48)).name).toBe('reflect.structType');
  expect(around(plain, slot(96), all)).toBe('reflect.structType');
});
