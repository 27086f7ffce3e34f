import { describe, expect, it } from 'vitest';
import { hexAt, wordAt } from '../../src/renderer/parts/contents/contents';
import type { Contents } from '../../workers/api';

function contents(bytes: number[], more: Partial<Contents> = {}): Contents {
  return {
    address: '0xc000010000',
    offset: 0,
    bytes: Uint8Array.from(bytes),
    size: bytes.length,
    pointerBytes: 8,
    byteOrder: 'little',
    pointers: [],
    missing: null,
    ...more,
  };
}

const POINTER = [0x00, 0x00, 0x02, 0x00, 0xc0, 0, 0, 0];

describe('a word', () => {
  it('is read in the byte order of the dump', () => {
    expect(wordAt(contents(POINTER), 0)?.word).toBe('0x000000c000020000');
    expect(wordAt(contents(POINTER.toReversed(), { byteOrder: 'big' }), 0)?.word).toBe('0x000000c000020000');
    expect(wordAt(contents([1, 2, 3, 4], { pointerBytes: 4 }), 0)?.word).toBe('0x04030201');
  });

  it('leads to an object only where the dump lists a pointer', () => {
    const listed = { pointers: [{ offset: 0, target: '0xc000020000' as const }] };
    expect(wordAt(contents(POINTER, listed), 0)).toMatchObject({ pointer: '0xc000020000', reading: '' });
    expect(wordAt(contents(POINTER), 0)?.pointer).toBeUndefined();
    expect(wordAt(contents(POINTER, { pointers: [{ offset: 0, target: null }] }), 0)?.pointer).toBeNull();
  });

  it.each([
    [[...Buffer.from('session\0')], '“session”'],
    [[42, 0, 0, 0, 0, 0, 0, 0], '42'],
    [[0, 0, 0, 0, 0, 0, 0, 0], '0'],
    [[0x61, 0x62, 0x63, 0x07, 0, 0, 0, 0], '123953761'],
    [[1, 2, 3, 4, 5, 6, 7, 8], ''],
  ])('%j reads %s', (bytes, reading) => expect(wordAt(contents(bytes), 0)?.reading).toBe(reading));

  it('is short at the end of an object, and absent outside of the window', () => {
    const window = contents([9, 8, 7], { offset: 4096, size: 4099 });
    expect(wordAt(window, 4096)?.word).toBe('0x070809');
    expect([wordAt(window, 0), wordAt(window, 4104)]).toEqual([undefined, undefined]);
  });
});

describe('a line of bytes', () => {
  it('shows sixteen in two halves, and what of them is text', () => {
    const bytes = [...Buffer.from('GET /index.html\n')];
    expect(hexAt(contents(bytes), 0)).toEqual({
      offset: 0,
      hex: '47 45 54 20 2f 69 6e 64  65 78 2e 68 74 6d 6c 0a',
      text: 'GET /index.html·',
    });
  });

  it('ends where the object does', () => expect(hexAt(contents([0x41, 0x42]), 0)?.hex).toBe('41 42'));
});
