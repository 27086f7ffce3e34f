// The tables of every structure, by version: what is written here was read in Go's sources, release by release, and is held against real dumps.
import { describe, expect, test } from 'vitest';
import { channelLayout } from '../../../workers/go/channels';
import { hasCleanups } from '../../../workers/go/cleanups';
import { contextLayout, mayBeContext } from '../../../workers/go/contexts';
import { lacksArguments } from '../../../workers/go/goroutines';
import { heapLayout } from '../../../workers/go/malloc-headers';
import { holdsEntry, mapLayout } from '../../../workers/go/maps';
import { moduleFields } from '../../../workers/go/module-data';
import { poolLayout } from '../../../workers/go/pools';
import { cachesSudogs, mayBeProcessor } from '../../../workers/go/processors';
import { isSudog } from '../../../workers/go/sudogs';
import { timerLayout } from '../../../workers/go/timers';
import { descriptorLayout } from '../../../workers/go/type-descriptors';
import { NEWEST, readGoVersion, type GoVersion } from '../../../workers/go/version';

const WIDE = { pointerBytes: 8, bigEndian: false } as const;
const NARROW = { pointerBytes: 4, bigEndian: false } as const;

/**
 * A row a version, and what its tables say: malloc headers and bytes of mark bits; maps; what channels have besides; the row of module data; of
 * type descriptors the words of a map, then (s)hifted offsets, (w)ide name lengths, masks on (d)emand, direct by (f)lags; cleanups; whether the
 * arguments of goroutines are there on amd64. A new Go release is one row.
 */
const TABLE = `
go1.7          -       0   | buckets | -            | 16 | 4 sw-- | -        | -
go1.8          -       0   | buckets | -            | 16 | 4 sw-- | -        | -
go1.9          -       0   | buckets | -            | 16 | 4 sw-- | -        | -
go1.10         -       0   | buckets | -            | 16 | 4 sw-- | -        | -
go1.11         -       0   | buckets | -            | 16 | 4 sw-- | -        | -
go1.12         -       0   | buckets | -            | 16 | 4 sw-- | -        | -
go1.13         -       0   | buckets | -            | 16 | 4 sw-- | -        | -
go1.14         -       0   | buckets | -            | 16 | 4 sw-- | -        | -
go1.15         -       0   | buckets | -            | 16 | 4 sw-- | -        | -
go1.16         -       0   | buckets | -            | 16 | 4 sw-- | -        | -
go1.17         -       0   | buckets | -            | 16 | 4 s--- | -        | arguments
go1.18         -       0   | buckets | -            | 18 | 4 s--- | -        | arguments
go1.19         -       0   | buckets | -            | 18 | 4 ---- | -        | arguments
go1.20         -       0   | buckets | -            | 20 | 4 ---- | -        | arguments
go1.21         -       0   | buckets | -            | 20 | 4 ---- | -        | arguments
go1.22         headers 0   | buckets | -            | 20 | 4 ---- | -        | arguments
go1.23         headers 0   | buckets | timer        | 20 | 4 ---- | -        | arguments
go1.24         headers 0   | groups  | timer        | 20 | 7 --d- | cleanups | arguments
go1.25         headers 0   | groups  | timer bubble | 20 | 7 --d- | cleanups | arguments
go1.26         headers 128 | groups  | timer bubble | 20 | 7 --df | cleanups | arguments
go1.27         headers 128 | groups  | timer bubble | 27 | 10 --df | cleanups | arguments
`;

const ROWS = TABLE.trim()
  .split('\n')
  .map((line): [string, string] => {
    const [, text, row] = /^(\S+) +(.*)$/.exec(line) ?? ['', '', ''];
    return [text, row.replace(/ +/g, ' ')];
  });
const rowOf = new Map(ROWS);

function readTables(version: GoVersion): string {
  const { hasHeaders, markBytes } = heapLayout(version, 8);
  const added = channelLayout(version, 8)
    .fields.map(({ name }) => name)
    .filter((name) => /^(timer|bubble)$/.test(name));
  const types = descriptorLayout(version, 8);
  const flags = [
    types.shiftedOffsets ? 's' : '-',
    types.wideNameLength ? 'w' : '-',
    types.masksOnDemand ? 'd' : '-',
    types.directInFlags ? 'f' : '-',
  ].join('');
  return [
    `${hasHeaders ? 'headers' : '-'} ${markBytes}`,
    mapLayout(version, WIDE).swiss ? 'groups' : 'buckets',
    added.join(' ') || '-',
    moduleFields(version)[0].from,
    `${(types.mapBytes - 8) / 8} ${flags}`,
    hasCleanups(version) ? 'cleanups' : '-',
    lacksArguments(version, 'amd64') ? '-' : 'arguments',
  ].join(' | ');
}

test('every release has its row', () => {
  expect(ROWS.map(([text]) => text)).toEqual(Array.from({ length: NEWEST - 6 }, (_, i) => `go1.${i + 7}`));
});

test.each(ROWS)('the tables of %s', (text, row) => {
  expect(readTables(readGoVersion(text))).toBe(row);
});

test.each([
  ['go1.16', 'amd64', true],
  ['go1.17', 'amd64', false],
  ['go1.17', '386', true],
  ['go1.17', 'arm64', true],
  ['go1.18', '386', false],
  ['go1.18', 'arm64', false],
])('arguments of goroutines lie beyond the frames of %s on %s: %s', (text, architecture, lacking) => {
  expect(lacksArguments(readGoVersion(text), architecture)).toBe(lacking);
});

test.each(['devel +1a2b3c', 'gotip', 'go2.0', `go1.${NEWEST + 1}`, `go1.${NEWEST + 1}-devel_1a2b3c`])(
  'the tables of %s are the newest, all of them',
  (text) => {
    expect(readTables(readGoVersion(text))).toBe(rowOf.get(`go1.${NEWEST}`));
  },
);

test('the tables of a dump without a version are those of the last that wrote none, all of them', () => {
  expect(readTables(readGoVersion(''))).toBe(rowOf.get('go1.16'));
  expect(readTables(readGoVersion('', 5))).toBe(rowOf.get('go1.7'));
});

test.each([
  ['go1.24.4-microsoft', 'go1.24'],
  ['go1.22.5 (Red Hat 1.22.5-1.el9) X:strictfipsruntime', 'go1.22'],
  ['go1.25rc1', 'go1.25'],
  ['devel go1.23-1a2b3c Mon Jan 5', 'go1.23'],
  ['go1.21.3-X:nobodyknows', 'go1.21'],
])('the tables of %s are those of %s', (text, release) => {
  expect(readTables(readGoVersion(text))).toBe(rowOf.get(release));
});

describe('maps', () => {
  test.each([
    ['go1.27', WIDE, 48, [16], { directory: 16, directoryLength: 24, globalDepth: 32, clears: 40 }],
    ['go1.27', NARROW, 32, [12], { directory: 12, directoryLength: 16, globalDepth: 20, clears: 24 }],
    ['go1.23', WIDE, 48, [16, 24, 40], { flags: 8, bucketBits: 9, seed: 12, buckets: 16, oldBuckets: 24, extra: 40 }],
    ['go1.23', NARROW, 28, [12, 16, 24], { flags: 4, bucketBits: 5, seed: 8, buckets: 12, oldBuckets: 16, extra: 24 }],
  ] as const)('the header of %s, %o', (text, machine, bytes, mask, at) => {
    const { header } = mapLayout(readGoVersion(text), machine);
    expect(header).toMatchObject({ bytes, at });
    expect([...header.mask]).toEqual(mask);
  });

  test.each([
    [WIDE, 32, { capacity: 2, groups: 16, lengthMask: 24 }],
    [NARROW, 24, { capacity: 2, groups: 12, lengthMask: 16 }],
    [{ pointerBytes: 4, bigEndian: true }, 24, { capacity: 2, groups: 12, lengthMask: 20 }],
  ] as const)('the table of a directory, %o', (machine, bytes, at) => {
    const maps = mapLayout(readGoVersion('go1.24'), machine);
    expect(maps.swiss && maps.table).toMatchObject({ bytes, at });
  });

  test('of numbers of 64 bits, a machine of 32 reads the low word', () => {
    const used = [true, false].map((bigEndian) => {
      const maps = mapLayout(readGoVersion('go1.24'), { pointerBytes: 4, bigEndian });
      return maps.swiss && maps.header.at.used;
    });
    expect(used).toEqual([4, 0]);
  });

  test.each([
    ['go1.24', [0, 0x7f, 0x80, 0xfe], [true, true, false, false]],
    ['go1.23', [0, 4, 5, 0xff], [false, false, true, true]],
    ['go1.11', [0, 3, 4, 5], [false, false, true, true]],
  ])('bytes of slots with entries in %s', (text, bytes, expected) => {
    const maps = mapLayout(readGoVersion(text), WIDE);
    expect(bytes.map((byte) => holdsEntry(maps, byte))).toEqual(expected);
  });

  test('the control word of a group is one number, the top hashes of a bucket are not', () => {
    const controls = (text: string, bigEndian: boolean): readonly number[] =>
      mapLayout(readGoVersion(text), { pointerBytes: 8, bigEndian }).controls;
    expect(controls('go1.24', false)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(controls('go1.24', true)).toEqual([7, 6, 5, 4, 3, 2, 1, 0]);
    expect(controls('go1.23', true)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test('noswissmap keeps buckets, and descriptors for them', () => {
    const version = readGoVersion('go1.25.1 X:noswissmap');
    expect(mapLayout(version, WIDE).swiss).toBe(false);
    expect(descriptorLayout(version, 8).mapBytes).toBe(40);
  });
});

test.each([
  ['go1.22', 8, 96, { closed: 28, elemtype: 32, recvq: 56, sendq: 72, lock: 88 }, [16, 32, 56, 64, 72, 80]],
  ['go1.23', 8, 104, { closed: 28, elemtype: 40, recvq: 64, sendq: 80, lock: 96 }, [16, 32, 40, 64, 72, 80, 88]],
  ['go1.25', 8, 112, { closed: 28, elemtype: 40, recvq: 64, sendq: 80, lock: 104 }, [16, 32, 40, 64, 72, 80, 88, 96]],
  ['go1.25', 4, 64, { closed: 16, elemtype: 24, recvq: 36, sendq: 44, lock: 56 }, [8, 20, 24, 36, 40, 44, 48, 52]],
] as const)('the channel of %s, pointers of %i bytes', (text, P, bytes, at, mask) => {
  const layout = channelLayout(readGoVersion(text), P);
  expect(layout).toMatchObject({ bytes, at });
  expect([...layout.mask]).toEqual(mask);
});

describe('what its listed words tell, in every version', () => {
  test.each([
    [8, [0, 8, 16, 24, 64, 72, 80, 88], true],
    [8, [0, 8, 16, 24, 80, 88, 96, 104], true],
    [4, [0, 4, 8, 12, 36, 40, 44, 48], true],
    [8, [0, 8, 16, 24, 48, 56, 64, 72], false],
    [8, [0, 8, 16, 24, 64, 72, 80, 96], false],
    [8, [0, 8, 16, 24, 64, 72, 80], false],
  ] as const)('a sudog: %i, %j', (P, offsets, expected) => {
    expect(isSudog(offsets, P)).toBe(expected);
  });

  test.each([
    [8, [0, 32, 48], { when: 16, period: 24, owner: 8, status: 72, state: null }],
    [8, [0, 56, 72, 88], { when: 40, period: 48, owner: 88, status: null, state: 25, isChannel: 26 }],
    [4, [0, 24, 32], { when: 8, period: 16, owner: 4, status: 48 }],
    [4, [0, 36, 44, 52], { when: 20, period: 28, owner: 52, state: 13, isChannel: 14 }],
  ] as const)('a timer: %i, %j', (P, offsets, expected) => {
    expect(timerLayout(offsets, P)).toMatchObject(expected);
  });

  test.each([[[8, 32, 48]], [[0, 32, 56]], [[0, 40, 56]], [[0, 56, 72, 96]], [[0, 32, 48, 64]], [[0, 32]]])(
    'no timer: %j',
    (offsets) => {
      expect(timerLayout(offsets, 8)).toBeNull();
    },
  );

  test.each([
    ['up to 1.16', [8, 24, 32, 48], { done: 24, children: 32, error: 40, kind: 'plain' }],
    ['a timer up to 1.16', [8, 24, 32, 48, 56], { done: 24, kind: 'deadline' }],
    ['from 1.17 on', [8, 32, 40, 56], { done: 32, children: 40, error: 48, kind: 'plain' }],
    ['with its cause', [8, 32, 40, 56, 72], { done: 32, kind: 'plain' }],
    ['what context.AfterFunc was given', [8, 32, 40, 56, 72, 96], { done: 32, kind: 'function' }],
    ['a timer with its cause', [8, 32, 40, 56, 72, 80], { done: 32, kind: 'deadline' }],
  ])('a context %s', (_when, offsets, expected) => {
    expect(contextLayout(offsets, 8)).toMatchObject(expected);
  });

  test('what is no context', () => {
    expect(contextLayout([8, 32, 40, 64], 8)).toBeNull();
    expect([mayBeContext(192, 4), mayBeContext(208, 4), mayBeContext(96, 3), mayBeContext(96, 10)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  test('a processor has two arrays of its own, and 128 sudogs behind the slice of them', () => {
    expect([
      mayBeProcessor(9472, 2),
      mayBeProcessor(9472, 1),
      mayBeProcessor(1024, 2),
      mayBeProcessor(131072, 2),
    ]).toEqual([true, false, false, false]);
    const words = [7, 0x1018 + 8, 0, 128, 9];
    const memory = { size: 40, word: (at: number) => words[at / 8] };
    expect(cachesSudogs(memory, 0x1000, 8)).toBe(true);
    expect(cachesSudogs(memory, 0x2000, 8)).toBe(false);
    words[3] = 127;
    expect(cachesSudogs(memory, 0x1000, 8)).toBe(false);
  });
});

test('pools: the padding of rings on 32 bits is the one thing that changed', () => {
  expect(poolLayout(8)).toMatchObject({ pool: { bytes: 40, victim: 16, create: 32 }, local: { bytes: 128, tail: 24 } });
  expect([poolLayout(8).ring.nextAt, poolLayout(4).ring.nextAt]).toEqual([[32], [20, 24]]);
});

test('module data: the version’s own first, then older ones, then newer', () => {
  const order = (text: string): number[] => moduleFields(readGoVersion(text)).map(({ from }) => from);
  expect(order('go1.19')).toEqual([18, 16, 27, 20]);
  expect(order('')).toEqual([16, 27, 20, 18]);
  expect(order('go1.20')).toEqual([20, 18, 16, 27]);
});
