/** Values in data and bss are told by pointers to them, where the pointers that the dump lists there are those of the type. */
import { SOURCE } from '../../../workers/naming/beliefs/assignments';
import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryAccount } from '../../../workers/lib/alloc';
import { Scratch } from '../../../workers/lib/scratch';
import type { Segment } from '../../../workers/dump/records';
import { madeType, type GoType } from '../../../workers/naming/types/go-type';
import { StaticValues } from '../../../workers/naming/executable/static-values';
import { bytesOf, graphOf } from '../../support/dumps';

const graph = await graphOf(bytesOf('go1.27.4/poolcycle.heap'));
const data = graph.records.data!;
/** Where one listed pointer stands with words around it that are none. */
const lonely = data.pointerOffsets.find((offset, i) => {
  const [before, after] = [data.pointerOffsets[i - 1] ?? 0, data.pointerOffsets[i + 1] ?? Infinity];
  return offset - before > 8 && after - offset > 24;
})!;

let values: StaticValues;
beforeEach(async () => {
  values = await StaticValues.of(graph, new Scratch(new MemoryAccount()));
});

function struct(size: number, ...mask: number[]): GoType {
  return { id: 1, ...madeType({ name: `main.T${size}`, size, mask: Uint32Array.from(mask) }) };
}

/** Positions and sizes of what is to be walked, in the order of the segment. */
function told(): string[] {
  const all: string[] = [];
  for (let value = values.take(); value; value = values.take()) all.push(`${value.position}:${value.type.size}`);
  return all.sort();
}

describe('a pointer to a literal', () => {
  test('tells its type once, and a larger one that begins there again', () => {
    values.tell(data.address + lonely, struct(8, 0), 1, SOURCE.pointer);
    values.tell(data.address + lonely, struct(8, 0), 1, SOURCE.pointer);
    expect(told()).toEqual([`${lonely}:8`]);
    values.tell(data.address + lonely, struct(24, 0), 1, SOURCE.pointer);
    values.tell(data.address + lonely, struct(8, 0), 1, SOURCE.pointer);
    expect(told()).toEqual([`${lonely}:24`]);
    expect(values.isEmpty).toBe(true);
  });

  test('tells nothing where a pointer of the type is none, or a word of it is a pointer against the type', () => {
    values.tell(data.address + lonely, struct(16, 0, 8), 1, SOURCE.pointer);
    values.tell(data.address + lonely - 8, struct(24, 0), 1, SOURCE.pointer);
    values.tell(data.address + lonely, struct(16, 8), 1, SOURCE.pointer);
    values.tell(data.address + lonely + 4, struct(8, 0), 1, SOURCE.pointer);
    expect(told()).toEqual([]);
  });

  test('tells nothing outside the segments or beyond their ends', () => {
    values.tell(data.address - 2 ** 32, struct(8, 0), 1, SOURCE.pointer);
    values.tell(data.address + data.bytes - 8, struct(16, 0), 1, SOURCE.pointer);
    expect(told()).toEqual([]);
    values.tell(data.address + lonely, struct(8, 0), 2 ** 40, SOURCE.pointer);
    const positions = told().map((text) => Number.parseInt(text, 10));
    expect(Math.min(...positions)).toBe(lonely);
    expect(Math.max(...positions)).toBeLessThanOrEqual(data.bytes - 8);
  });
});

test('slices that overlap without end are given up', () => {
  const small = struct(8, 0);
  for (let i = 0; i < 2000; i++) values.tell(data.address, small, 2 ** 40, SOURCE.pointer);
  expect(told().length).toBeLessThanOrEqual(data.pointerOffsets.length);
});

test('bytes of a segment are read once and kept', () => {
  expect(values.memoryOf(data)?.size).toBe(data.bytes);
  const other: Segment = { ...data };
  expect(values.memoryOf(other)).toBeNull();
});
