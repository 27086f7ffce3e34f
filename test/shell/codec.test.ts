import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { decodeMessage, encodeMessage, type Utf8 } from '../../workers/api/codec';

const utf8: Utf8 = {
  encode: (text) => new TextEncoder().encode(text),
  decode: (bytes) => new TextDecoder('utf-8', { fatal: true }).decode(bytes),
};

const travel = (message: unknown): unknown => decodeMessage(encodeMessage(message, utf8), utf8);

/** A message's bytes around a head that nobody of ours would write. */
function withHead(head: unknown, columns: number[] = []): Uint8Array {
  const text = utf8.encode(typeof head === 'string' ? head : JSON.stringify(head));
  const length = new Uint8Array(new Uint32Array([text.length]).buffer);
  return Uint8Array.from([0x4b, ...length, ...text, ...columns]);
}

describe('a message', () => {
  it('arrives as it was sent', () => {
    const message = {
      id: 'a-1',
      value: { rows: [{ address: '0xc000', held: null }], 'naïve ✓': true, total: 2 ** 53 },
    };
    expect(travel(message)).toEqual(message);
  });

  it('keeps its typed arrays, at any depth and of any length', () => {
    const message = {
      value: {
        bytes: new Uint8Array([1, 2, 3]),
        rows: [{ sizes: new Float64Array([1.5, NaN, -0]) }, { ids: new Uint32Array(0) }],
        more: [new Int32Array([-1]), new Uint16Array([65535])],
      },
    };
    expect(travel(message)).toEqual(message);
  });

  it('may be a column itself, and the answer nothing at all', () => {
    expect(travel(new Uint8Array([7]))).toEqual(new Uint8Array([7]));
    expect(travel({ id: 'a', type: 'RAW', value: undefined })).toEqual({ id: 'a', type: 'RAW' });
  });

  it('carries only the part of a buffer that a view shows', () => {
    const whole = new Float64Array([1, 2, 3, 4]);
    expect(travel({ part: whole.subarray(1, 3) })).toEqual({ part: new Float64Array([2, 3]) });
  });

  it('may hold a Buffer, and lie in one', () => {
    const message = { bytes: new Uint8Array([97, 98, 99]) };
    expect(travel({ bytes: Buffer.from('abc') })).toEqual(message);
    expect(decodeMessage(Buffer.from(encodeMessage(message, utf8)), utf8)).toEqual(message);
  });

  it('may come after blanks, at any offset of its buffer', () => {
    const bytes = encodeMessage({ sizes: new Float64Array([1, 2]) }, utf8);
    for (let blanks = 0; blanks < 9; blanks++) {
      const padded = new Uint8Array([...new Array<number>(blanks).fill(0x0a), ...bytes]);
      expect(decodeMessage(padded, utf8)).toEqual({ sizes: new Float64Array([1, 2]) });
    }
  });

  it('whose length begins like a blank is read whole', () => {
    const padded = new Uint8Array([0x0a, ...withHead('{"message":1,"columns":[]}'.padEnd(0x0a0a))]);
    expect(decodeMessage(padded, utf8)).toBe(1);
  });

  it('of any JSON arrives as it was sent', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false, maxDepth: 5 }), (message) => {
        // JSON has no negative zero.
        expect(travel(message)).toEqual(JSON.parse(JSON.stringify(message)));
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it.each([
    ['a bigint', { rows: [{ size: 1n }] }, 'a bigint, at rows.0.size'],
    ['a callback', { progress: () => 0 }, 'a function, at progress'],
    ['a Map', { byState: new Map() }, 'a Map, at byState'],
    ['a Date', { at: new Date(0) }, 'a Date, at at'],
    ['not a number', { total: NaN }, 'NaN, at total'],
    ['an array it has no name for', { sums: new BigInt64Array(1) }, 'a BigInt64Array, at sums'],
  ])('refuses %s instead of losing it', (_, message, says) => {
    expect(() => encodeMessage(message, utf8)).toThrow(says);
  });
});

describe('bytes that are no message', () => {
  const column = { path: ['bytes'], type: 'Uint8Array', length: 1 };
  const message = { bytes: null };

  it.each<[string, Uint8Array, RegExp]>([
    ['nothing', new Uint8Array(0), /empty/],
    ['only blanks', new Uint8Array([10, 10, 10]), /empty/],
    ['something else', utf8.encode('<html>'), /does not begin/],
    ['a cut length', new Uint8Array([0x4b, 1, 0]), /before the length/],
    ['a head longer than the bytes', new Uint8Array([0x4b, 255, 255, 255, 255, 0x7b]), /4294967295 bytes does not fit/],
    ['a head that is no JSON', withHead('{'), /JSON/],
    ['a head that is no UTF-8', Uint8Array.from([0x4b, 2, 0, 0, 0, 0xff, 0xff]), /./],
    ['a head that is a list', withHead([]), /no object/],
    ['no list of columns', withHead({ message }), /unreadable/],
    ['too many columns', withHead({ message, columns: new Array(1001).fill(column) }), /unreadable/],
    ['an unknown column', withHead({ message, columns: [{ ...column, type: 'constructor' }] }, [1]), /unreadable/],
    ['a negative length', withHead({ message, columns: [{ ...column, length: -1 }] }), /unreadable/],
    ['a huge length', withHead({ message, columns: [{ ...column, length: 2 ** 50 }] }), /does not fit/],
    ['a column past the end', withHead({ message, columns: [{ ...column, length: 2 }] }, [1]), /does not fit/],
    ['bytes after the last column', withHead({ message, columns: [column] }, [1, 2]), /follow/],
    ['a place that is taken', withHead({ message: { bytes: 1 }, columns: [column] }, [1]), /is taken/],
    ['a place that is not there', withHead({ message: {}, columns: [column] }, [1]), /no place bytes/],
    ['an inherited place', withHead({ message, columns: [{ ...column, path: ['__proto__'] }] }, [1]), /no place/],
    [
      'a path too long',
      withHead({ message, columns: [{ ...column, path: new Array(33).fill('bytes') }] }),
      /unreadable/,
    ],
  ])('%s', (_, bytes, says) => {
    expect(() => decodeMessage(bytes, utf8)).toThrow(says);
  });

  it('never end in anything but a message or an error', () => {
    const whole = encodeMessage({ id: 'a', rows: [1, 2], bytes: new Uint8Array([1, 2, 3]) }, utf8);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (at, value, end) => {
        const bytes = whole.slice(0, end);
        if (at < end) bytes[at] = value;
        try {
          decodeMessage(bytes, utf8);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
      { seed: 7, numRuns: 2000 },
    );
    expect(Object.prototype).not.toHaveProperty('bytes');
  });
});
