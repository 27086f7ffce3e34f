/**
 * Channels and maps that a dump alone shows, on both sides of every change: found in a dump of their release, and not in one that says it is of the
 * release across the change. Sources: runtime/chan.go (hchan, makechan), runtime/map.go up to Go 1.23, internal/runtime/maps since.
 */
import { describe, expect, test } from 'vitest';
import { buildDump } from '../../../fixtures/builder/build';
import { platform, type Platform } from '../../../fixtures/builder/platform';
import { NIL, Shape } from '../../../fixtures/builder/shape';
import { NEWEST } from '../../../workers/go/version';
import { graphOf } from '../../support/dumps';
import { nameGraph } from '../../support/programs';

const ELEMENT_TYPE = 0x4a1000;
const SEED = 0x1234567;

/** Bytes side by side, as the word that they are. */
function wordOf({ pointerBytes, bigEndian }: Platform, ...bytes: number[]): number {
  return bytes.reduce((word, byte, i) => word + byte * 256 ** (bigEndian ? pointerBytes - 1 - i : i), 0);
}

/** The words of a channel's struct, in their order: one of a timer knows it since Go 1.23, one of a bubble that since 1.25. */
function channelWords(P: number, minor: number): string[] {
  return [
    ...['qcount', 'dataqsiz', 'buf', 'elemsize', ...(P === 4 ? ['closed'] : [])],
    ...(minor >= 23 ? ['timer'] : []),
    ...['elemtype', 'sendx', 'recvx', 'recvq', 'recvq.last', 'sendq', 'sendq.last'],
    ...(minor >= 25 ? ['bubble'] : []),
    'lock',
  ];
}

/** One without a buffer; one of numbers, in the same slot; one of pointers, whose queue begins in the middle of its ring. */
function addChannels(shape: Shape, on: Platform, minor: number): string[] {
  const P = on.pointerBytes;
  const words = channelWords(P, minor);
  const at = (word: string): number => words.indexOf(word) * P;
  const bytes = Math.ceil((words.length * P) / 8) * 8;
  const elemsize = on.bigEndian ? wordOf(on, 0, P) : wordOf(on, P, 0);
  const put = (channel: number, values: Record<string, number>): void => {
    for (const [word, value] of Object.entries(values)) shape.put(channel, at(word), value);
  };

  const plain = shape.object(bytes, 'a channel');
  put(plain, { elemtype: ELEMENT_TYPE });
  shape.put(plain, at('buf'), { object: plain, offset: at('buf') });

  const numbers = shape.object(bytes + 5 * P, 'a channel of numbers');
  put(numbers, { qcount: 2, dataqsiz: 5, elemsize, elemtype: ELEMENT_TYPE, sendx: 1, recvx: 4 });
  shape.put(numbers, at('buf'), { object: numbers, offset: bytes });

  const pointers = shape.object(bytes, 'a channel of pointers');
  const ring = shape.object(8 * P);
  put(pointers, { qcount: 3, dataqsiz: 8, elemsize, sendx: 1, recvx: 6 });
  for (let k = 0; k < 8; k++) shape.point(ring, k * P, k >= 6 || k < 1 ? shape.object(32) : NIL);
  shape.point(pointers, at('buf'), ring);
  shape.point(pointers, at('elemtype'), { address: ELEMENT_TYPE });
  const listed = ['timer', 'recvq', 'recvq.last', 'sendq', 'sendq.last', 'bubble'];
  for (const word of listed) if (words.includes(word)) shape.point(pointers, at(word), NIL);
  return ['a channel', 'a channel of numbers', 'a channel of pointers'];
}

/** One with its entries in one bucket, or in one group. */
function addMap(shape: Shape, on: Platform, minor: number): string[] {
  const P = on.pointerBytes;
  const entries = shape.object(8 + 16 * P);
  shape.point(entries, 8, shape.object(32));
  if (minor >= 24) {
    const header = shape.object(P === 8 ? 48 : 32, 'a map');
    shape.put(header, P === 4 && on.bigEndian ? 4 : 0, 3);
    shape.put(header, 8, SEED);
    shape.point(header, 8 + P, entries);
    return ['a map'];
  }
  const header = shape.object(8 + 5 * P, 'a map');
  shape.put(header, 0, 3);
  // {flags u8, B u8, noverflow u16, hash0 u32}
  if (P === 8) shape.put(header, 8, wordOf(on, 0, 0, 0, 0, 1, 2, 3, 4));
  else shape.put(header, 8, SEED);
  shape.point(header, 8 + P, entries);
  for (const word of [2, 4]) shape.point(header, 8 + word * P, NIL);
  return ['a map'];
}

/** What was built as of Go 1.minor, and what of it is found when the dump is read as a version. */
async function foundIn(architecture: string, minor: number, version: string) {
  const on = platform(`go1.${minor}`, architecture);
  const shape = new Shape();
  const built = [...addChannels(shape, on, minor), ...addMap(shape, on, minor)];
  const { bytes, order } = buildDump(shape, { ...on, version });
  const naming = await nameGraph(await graphOf(bytes), null);
  const isFound = (name: string): boolean => {
    const role = naming.typeOf(order.indexOf(shape.id(name)) + 1)?.role;
    return role === (name === 'a map' ? 'map header' : 'channel');
  };
  return { built, found: built.filter(isFound) };
}

/** Up to Go 1.16 a dump has no version. */
const versionOf = (minor: number): string => (minor <= 16 ? '' : `go1.${minor}.1`);
const MINORS = Array.from({ length: NEWEST - 14 }, (_, i) => i + 15);
/** The releases whose channels or maps are not those of the one before. */
const CHANGES = [23, 24, 25];

describe.each(['amd64', 's390x', '386', 'mips'])('on %s', (architecture) => {
  test.each(MINORS)('channels and maps of Go 1.%i are found', async (minor) => {
    const { built, found } = await foundIn(architecture, minor, versionOf(minor));
    expect(found).toEqual(built);
  });

  test.each(CHANGES)('those of Go 1.%i are not those of the release before, either way', async (minor) => {
    for (const [written, read] of [
      [minor, minor - 1],
      [minor - 1, minor],
    ]) {
      const { built, found } = await foundIn(architecture, written, versionOf(read));
      expect(found.length).toBeLessThan(built.length);
    }
  });
});

test('maps with buckets are found where groups were switched off', async () => {
  const { built, found } = await foundIn('amd64', 23, 'go1.24.4 X:noswissmap');
  expect(built).toContain('a map');
  expect(found).toContain('a map');
});
