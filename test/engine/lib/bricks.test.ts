// The numeric bricks: the memory account, columns that grow, bit sets, reversing a graph, UTF-8.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryAccount } from '../../../workers/lib/alloc';
import { BitSet, popcount } from '../../../workers/lib/bit-set';
import { Float64Column, Uint32Column, Uint8Column } from '../../../workers/lib/column';
import { reversed } from '../../../workers/lib/csr';
import { decodeUtf8 } from '../../../workers/lib/utf8';
import { finish } from '../../../workers/lib/work';

describe('the memory account', () => {
  test('knows what is held and what was held at most', () => {
    const account = new MemoryAccount();
    const first = account.float64('first', 100);
    const second = account.uint8('second', 50);
    account.release(first);
    account.release(first);
    expect([account.used, account.peak]).toEqual([50, 850]);
    account.release(second.subarray(10), new Uint8Array(7));
    expect([account.used, account.peak]).toEqual([0, 850]);
  });

  test('refuses an array above the limit for one, by name', () => {
    const account = new MemoryAccount({ arrayBytes: 1000 });
    expect(account.uint32('fits', 250)).toHaveLength(250);
    expect(() => account.uint32('referenceTarget', 251)).toThrow(
      expect.objectContaining({
        name: 'OutOfMemory',
        message: 'referenceTarget needs 1004 bytes in one array; this host allows 1000 bytes.',
      }),
    );
  });

  test('refuses what the limit for all leaves no room for', () => {
    const account = new MemoryAccount({ totalBytes: 2 ** 20 });
    account.uint8('held', 2 ** 19);
    expect(() => account.uint8('more', 2 ** 19 + 1)).toThrow(
      /^more needs 524289 bytes; the limit is 1\.0 MiB of which 524288 bytes are in use/,
    );
  });

  test('says so where the system does not grant an array', () => {
    const account = new MemoryAccount({ arrayBytes: Infinity });
    expect(() => account.float64('huge', 2 ** 50)).toThrow(expect.objectContaining({ name: 'OutOfMemory' }));
    expect(account.used).toBe(0);
  });
});

describe('columns', () => {
  const LENGTHS = [0, 1, 256, 257, 2 ** 18, 2 ** 18 + 1, 600_000];

  test.each(LENGTHS)('keep %i entries, flat and not', (length) => {
    const account = new MemoryAccount();
    for (const column of [
      new Uint8Column(account, 'a'),
      new Uint32Column(account, 'b'),
      new Float64Column(account, 'c'),
    ]) {
      for (let i = 0; i < length; i++) column.push(i % 251);
      expect(column.length).toBe(length);
      if (length > 0) expect(column.get(length - 1)).toBe((length - 1) % 251);
      const flat = column.flatten();
      expect(flat).toHaveLength(length);
      expect(flat.every((value, i) => value === i % 251)).toBe(true);
      account.release(flat);
    }
    expect(account.used).toBe(0);
  });

  test.each(LENGTHS)('forget what is behind %i entries', (length) => {
    const account = new MemoryAccount();
    const column = new Uint32Column(account, 'a');
    for (let i = 0; i < 600_000; i++) column.push(i);
    column.truncate(length);
    column.truncate(700_000);
    column.push(7);
    expect([column.length, column.get(length)]).toEqual([length + 1, 7]);
    expect(
      column
        .flatten()
        .subarray(0, length)
        .every((value, i) => value === i),
    ).toBe(true);
  });

  test('are given back from the front', () => {
    const account = new MemoryAccount();
    const column = new Float64Column(account, 'a');
    for (let i = 0; i < 600_000; i++) column.push(i);
    const before = account.used;
    column.releaseBefore(2 ** 19 - 1);
    expect(account.used).toBe(before - 8 * 2 ** 18);
    expect(column.get(2 ** 18)).toBe(2 ** 18);
    column.release();
    expect(account.used).toBe(0);
  });
});

test('bit sets are sets', () => {
  const numbers = fc.array(fc.nat(199), { maxLength: 300 });
  fc.assert(
    fc.property(numbers, numbers, (added, removed) => {
      const bits = new BitSet(new MemoryAccount(), 'bits', 200);
      const set = new Set(added);
      added.forEach((i) => bits.add(i));
      for (const i of removed) {
        bits.delete(i);
        set.delete(i);
      }
      for (let i = 0; i < 200; i++) expect(bits.has(i)).toBe(set.has(i));
      bits.clear();
      expect(added.some((i) => bits.has(i))).toBe(false);
    }),
    { seed: 1 },
  );
});

test('popcount counts bits', () => {
  fc.assert(
    fc.property(fc.integer(), (word) => {
      expect(popcount(word)).toBe((word >>> 0).toString(2).replaceAll('0', '').length);
    }),
    { seed: 2 },
  );
});

test('reversing gives each vertex its referrers, ascending, parallel ones kept', () => {
  const graphs = fc.array(fc.array(fc.nat(30), { maxLength: 5 }), { minLength: 31, maxLength: 31 });
  fc.assert(
    fc.property(graphs, (targets) => {
      const start = Uint32Array.from([0, ...targets.map((_, i) => targets.slice(0, i + 1).flat().length)]);
      const count = new Uint32Array(32);
      for (const target of targets.flat()) count[target]++;
      const rows = { start, entry: Uint32Array.from(targets.flat()) };
      const { start: back, entry } = finish(reversed(rows, count, new MemoryAccount()));
      for (let vertex = 0; vertex < 31; vertex++) {
        const expected = targets.flatMap((row, source) => row.filter((target) => target === vertex).map(() => source));
        expect([...entry.subarray(back[vertex], back[vertex + 1])]).toEqual(expected);
      }
    }),
    { seed: 3 },
  );
});

describe('UTF-8', () => {
  test('what is well formed is what TextDecoder makes of it', () => {
    const points = fc.oneof(fc.nat(0xff), fc.nat(0xd7ff), fc.integer({ min: 0xe000, max: 0x10_ffff }));
    fc.assert(
      fc.property(fc.array(points), (codes) => {
        const bytes = new TextEncoder().encode(String.fromCodePoint(...codes));
        expect(decodeUtf8(bytes, 0, bytes.length)).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
      }),
      { seed: 4 },
    );
  });

  test.each([
    ['a lone continuation', [0x61, 0x80, 0x62], 'a\ufffdb'],
    ['a sequence cut short', [0xe2, 0x82], '\ufffd\ufffd'],
    ['an overlong slash', [0xc0, 0xaf], '\ufffd\ufffd'],
    ['half a surrogate pair', [0xed, 0xa0, 0x80], '\ufffd\ufffd\ufffd'],
    ['beyond the last code point', [0xf4, 0x90, 0x80, 0x80], '\ufffd\ufffd\ufffd\ufffd'],
    ['no lead byte at all', [0xff], '\ufffd'],
  ])('%s', (_what, bytes, expected) => {
    expect(decodeUtf8(Uint8Array.from(bytes), 0, bytes.length)).toBe(expected);
  });
});
