// A block of bytes that is read by words of every size: the last that fits is read, one further is 0, whatever the order of bytes.
import { describe, expect, test } from 'vitest';
import { SegmentMemory } from '../../../workers/graph/contents/segment-memory';

const BYTES = Uint8Array.from({ length: 16 }, (_, i) => 0x30 + i);
const view = new DataView(BYTES.buffer);

type Read = (memory: SegmentMemory, at: number) => number | bigint;

const READERS: [string, number, Read, (at: number, little: boolean) => number | bigint][] = [
  ['u8', 1, (memory, at) => memory.u8(at), (at) => view.getUint8(at)],
  ['u16', 2, (memory, at) => memory.u16(at), (at, little) => view.getUint16(at, little)],
  ['u32', 4, (memory, at) => memory.u32(at), (at, little) => view.getUint32(at, little)],
  ['unsigned64', 8, (memory, at) => memory.unsigned64(at), (at, little) => view.getBigUint64(at, little)],
  ['signed64', 8, (memory, at) => memory.signed64(at), (at, little) => view.getBigInt64(at, little)],
  ['float32', 4, (memory, at) => memory.float32(at), (at, little) => view.getFloat32(at, little)],
  ['float64', 8, (memory, at) => memory.float64(at), (at, little) => view.getFloat64(at, little)],
];

describe.each([true, false])('little endian: %s', (little) => {
  test.each(READERS)('%s', (_, bytes, read, expected) => {
    const memory = new SegmentMemory(BYTES, little, 8);
    for (const at of [0, 3, 16 - bytes]) expect(read(memory, at)).toBe(expected(at, little));
    expect([read(memory, 17 - bytes), read(memory, 16)].map(Number)).toEqual([0, 0]);
  });

  test.each([4, 8] as const)('words of %i bytes', (pointerBytes) => {
    const memory = new SegmentMemory(BYTES, little, pointerBytes);
    const expected = (at: number): number =>
      pointerBytes === 4 ? view.getUint32(at, little) : Number(view.getBigUint64(at, little));
    for (const at of [0, 3, 16 - pointerBytes]) expect(memory.word(at)).toBe(expected(at));
    expect([memory.word(17 - pointerBytes), memory.word(-1)]).toEqual([0, 0]);
    expect(memory.wide).toBe(pointerBytes === 8);
  });
});
