// The builder against the format by hand: every byte of a tiny dump is spelled out, so that nothing is proven by a reader of ours.
import { describe, expect, test } from 'vitest';
import { buildDump, HEADER } from '../../fixtures/builder/build';
import { Encoder, MemorySink } from '../../fixtures/builder/encoder';
import { platform } from '../../fixtures/builder/platform';
import { Shape } from '../../fixtures/builder/shape';

/** `go1.27.4` → its hex digits, as a string record: length, then bytes. */
const str = (text: string): string => num(text.length) + Buffer.from(text).toString('hex');

/** Shortest unsigned LEB128, written another way than the builder does. */
function num(value: number): string {
  const groups = value.toString(2).padStart(Math.ceil(Math.max(value.toString(2).length, 1) / 7) * 7, '0');
  const bytes = (groups.match(/.{7}/g) ?? []).reverse();
  return bytes
    .map((bits, k) => (parseInt(bits, 2) + (k < bytes.length - 1 ? 128 : 0)).toString(16).padStart(2, '0'))
    .join('');
}

const nums = (...values: number[]): string => values.map(num).join('');
/** A little-endian 64-bit word. */
const le64 = (value: number): string => Buffer.from(BigUint64Array.of(BigInt(value)).buffer).toString('hex');
/** A big-endian 32-bit word. */
const be32 = (value: number): string => value.toString(16).padStart(8, '0');

/** a → b, b → a + 8, b has a nil word; a global and a frame hold them. */
function tiny(): Shape {
  const shape = new Shape();
  const a = shape.object(16, 'a');
  const b = shape.object(32, 'b');
  shape.point(a, 0, b);
  shape.point(b, 8, { object: a, offset: 8 });
  shape.point(b, 16, { address: 0 });
  shape.bss.push({ offset: 8, target: a });
  shape.goroutine({ id: 7 }).frame('main.f', 16).lists(8, b);
  return shape;
}

const zeros = (bytes: number): string => '00'.repeat(bytes);

describe('a tiny dump, byte for byte', () => {
  test('64-bit, little-endian, Go 1.19', () => {
    const { bytes, ...built } = buildDump(tiny(), platform('go1.19.8'));
    const [base, a, b] = [0xc000000000, 0xc000010000, 0xc000012000];
    const descriptor = 0x562200;
    expect(Buffer.from(bytes).toString('hex')).toBe(
      [
        Buffer.from('go1.7 heap dump\n').toString('hex'),
        nums(6, 0, 8, base, 0xc004000000) + str('amd64') + str('go1.19.8') + num(4),
        nums(1, a, 16) + le64(b) + zeros(8) + nums(1, 0, 0),
        nums(1, b, 32) + zeros(8) + le64(a + 8) + zeros(16) + nums(1, 8, 1, 16, 0),
        nums(4, descriptor, base, 7, 0x401000, 4, 0, 0, 0) + str('chan receive') + nums(0, 0, 0, 0),
        nums(5, base, 0, 0, 16) +
          zeros(8) +
          le64(b) +
          nums(0x401100, 0x401120, 0x401120) +
          str('main.f') +
          nums(1, 8, 0),
        nums(9, 0x562000, 0, 4711),
        nums(12, 0x560000, 64) + zeros(64) + num(0),
        nums(13, 0x561000, 64) + zeros(8) + le64(a) + zeros(48) + nums(1, 8, 0),
        nums(10, 48, 0, 0, 0, 2, 0, 48, 0, 0, 0, 0, 2) + zeros(12 + 256) + num(2),
        num(0),
      ].join(''),
    );
    expect(built).toMatchObject({ heapObjects: 2, heapBytes: 48, phantomRecords: 0, fileBytes: bytes.length });
  });

  test('32-bit, big-endian: words are 4 bytes with the high byte first', () => {
    const { bytes } = buildDump(tiny(), platform('go1.19.8', 'mips'));
    const hex = Buffer.from(bytes).toString('hex');
    const [a, b] = [0x9010000, 0x9012000];
    expect(hex).toContain(nums(6, 1, 4, 0x9000000, 0x9400000) + str('mips'));
    expect(hex).toContain(nums(1, a, 16) + be32(b) + zeros(12) + nums(1, 0, 0));
    expect(hex).toContain(nums(1, b, 32) + zeros(8) + be32(a + 8) + zeros(20) + nums(1, 8, 1, 16, 0));
  });
});

describe('what Go 1.22 and Green Tea add', () => {
  /** 600 bytes with one pointer at +592: slot 640, header, the list repeats every 600 bytes and ends with the slot. */
  test('a malloc header before the value, offsets from the slot', () => {
    const shape = new Shape();
    const type = shape.type('main.T', 600);
    const id = shape.object(600, 'x', type);
    shape.point(id, 592, id);
    const { bytes, valueAddress, slotAddress } = buildDump(shape, platform('go1.24.4'));
    expect(valueAddress(id) - slotAddress(id)).toBe(8);
    const contents = le64(0x4a0000) + zeros(592) + le64(slotAddress(id) + 8) + zeros(32);
    expect(Buffer.from(bytes).toString('hex')).toContain(num(640) + contents + nums(1, 600, 0));
  });

  /** 8192 / 48 = 170 slots; the bitmap takes 128 bytes: 168 remain; Green Tea's marks take 128 more: 165. */
  test.each([
    ['go1.21.13', 0],
    ['go1.22.12', 2],
    ['go1.25.12 X:greenteagc', 5],
    ['go1.26.11-X:nogreenteagc', 2],
    ['go1.27.4', 5],
  ])('%s writes %i records over bookkeeping in a span of 48-byte slots', (version, phantoms) => {
    const shape = new Shape();
    shape.point(shape.object(48), 0, { address: 0 });
    const built = buildDump(shape, platform(version));
    expect(built).toMatchObject({ heapObjects: 1, phantomRecords: phantoms, phantomBytes: phantoms * 48 });
  });

  /** 16 slots of 8 bytes lie on the bitmap, whose bits are set: one for each word of the 1008 objects. */
  test('words of 8-byte slots on the bitmap are listed and all ones', () => {
    const shape = new Shape();
    for (let k = 0; k < 1008; k++) shape.point(shape.object(8), 0, { address: 0 });
    const { bytes, phantomRecords, slotAddress } = buildDump(shape, platform('go1.27.4'));
    expect(phantomRecords).toBe(16);
    const first = nums(1, slotAddress(0) + 1008 * 8, 8) + 'ff'.repeat(8) + nums(1, 0, 0);
    expect(Buffer.from(bytes).toString('hex')).toContain(first);
  });
});

test('numbers beyond 32 and 53 bits are written in their shortest form', () => {
  const sink = new MemorySink();
  const out = new Encoder(sink.write, 16);
  for (const value of [0, 127, 128, 0x7fffffff, 0x80000000, 2 ** 53 - 1, 2n ** 64n - 1n]) out.uvarint(value);
  out.flush();
  expect(Buffer.from(sink.bytes()).toString('hex')).toBe(
    ['00', '7f', '8001', 'ffffffff07', '8080808008', 'ffffffffffffff0f', 'ffffffffffffffffff01'].join(''),
  );
  expect(() => out.uvarint(-1)).toThrow('no unsigned integer');
});

test('the header is sixteen bytes', () => expect(HEADER).toHaveLength(16));
