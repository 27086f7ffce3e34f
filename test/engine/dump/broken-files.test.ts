// Files that are damaged, cut short, or no dumps at all: what is kept, where the trouble is, what is missing, and in which words.
import { describe, expect, test } from 'vitest';
import { assertGraphIntegrity } from '../../support/graph-integrity';
import { bytesOf, graphOf } from '../../support/dumps';

const AFTER_GLOBALS = ['finalizers', 'memory statistics', 'allocation profile'];
const AFTER_STACKS = ['threads', 'globals', ...AFTER_GLOBALS];
const AFTER_OBJECTS = ['goroutines and their stacks', ...AFTER_STACKS];

interface Kept {
  state: 'whole' | 'truncated' | 'damaged';
  objects: number;
  issue: [offset: number, record: string | null, expected: string, found: string, lost: string[]] | null;
  notes: string[];
}

const KEPT: Record<string, Kept> = {
  'broken/disk-full': {
    state: 'truncated',
    objects: 869,
    issue: [
      197693,
      'data',
      '25714 bytes of contents',
      '7107 bytes, then the end of the file',
      ['some globals', ...AFTER_GLOBALS],
    ],
    notes: [],
  },
  'broken/go1.26.11-syscall-race-crash': {
    state: 'truncated',
    objects: 8912,
    issue: [
      2694617,
      'stack frame',
      'a number',
      'the end of the file',
      ['some goroutines and their stacks', ...AFTER_STACKS],
    ],
    notes: [],
  },
  'broken/go1.27.4-goroutineleak-crash': {
    state: 'truncated',
    objects: 153,
    issue: [
      94115,
      'stack frame',
      'a number',
      'the end of the file',
      ['some goroutines and their stacks', ...AFTER_STACKS],
    ],
    notes: [],
  },
  'broken/object-4gib-contents-missing': {
    state: 'whole',
    objects: 166,
    issue: null,
    notes: ['object-contents-missing @69997'],
  },
  'broken/stale-tail': { state: 'whole', objects: 169, issue: null, notes: ['bytes-after-end @302743'] },
  'broken/two-dumps-in-one-file': {
    state: 'whole',
    objects: 169,
    issue: null,
    notes: ['another-dump-follows @302743'],
  },
  'synthetic/bad-field-beyond-object': {
    state: 'damaged',
    objects: 0,
    issue: [65, 'object', 'the offset of a pointer inside 16 bytes', 'offset 16', ['some objects', ...AFTER_OBJECTS]],
    notes: [],
  },
  'synthetic/bad-length-2^64-1': {
    state: 'damaged',
    objects: 0,
    issue: [46, 'object', 'a slot of 1 to 1048576 bytes', 'a number above 2^53', ['some objects', ...AFTER_OBJECTS]],
    notes: [],
  },
  'synthetic/bad-overlapping-objects': {
    state: 'damaged',
    objects: 1,
    issue: [
      81,
      'object',
      'the address of memory that no other object has',
      '0xc000000008, 16 bytes, which overlap an object before it',
      ['some objects', ...AFTER_OBJECTS],
    ],
    notes: [],
  },
  'synthetic/bad-tag-99': {
    state: 'damaged',
    objects: 2,
    issue: [111, null, 'the tag of a record, 0 to 17', '99', ['some objects', ...AFTER_OBJECTS]],
    notes: [],
  },
  'synthetic/bad-uvarint-11-bytes': {
    state: 'damaged',
    objects: 0,
    issue: [40, 'object', 'a number of at most 10 bytes', 'a longer one', ['some objects', ...AFTER_OBJECTS]],
    notes: [],
  },
  'synthetic/frame-before-goroutine': {
    state: 'damaged',
    objects: 0,
    issue: [
      39,
      'stack frame',
      'a goroutine before its stack frame',
      'a stack frame without one',
      ['some goroutines and their stacks', ...AFTER_STACKS],
    ],
    notes: [],
  },
  'synthetic/params-repeated': {
    state: 'damaged',
    objects: 0,
    issue: [39, 'params', 'one params record', 'a second one', ['types', 'objects', ...AFTER_OBJECTS]],
    notes: [],
  },
  'synthetic/go1.5-header-numeric-arch': { state: 'whole', objects: 2, issue: null, notes: ['counts-differ @null'] },
  'synthetic/go1.6-header-numeric-arch': { state: 'whole', objects: 2, issue: null, notes: ['counts-differ @null'] },
  'synthetic/go1.6-header-string-arch': { state: 'whole', objects: 2, issue: null, notes: ['counts-differ @null'] },
  'synthetic/go1.7-otherroot-kinds': { state: 'whole', objects: 2, issue: null, notes: ['counts-differ @null'] },
};

describe.each([7, 2 ** 22])('with a window of %i bytes', (windowBytes) => {
  test.each(Object.entries(KEPT))('%s', async (name, expected) => {
    const graph = await graphOf(bytesOf(`${name}.heap`), windowBytes);
    const { state, issue, notes } = graph.records;
    const words = issue && [issue.offset, issue.record, issue.expected, issue.found, issue.lost];
    const codes = notes.map(({ code, offset }) => `${code} @${offset}`);
    expect({ state, objects: graph.objectCount, issue: words, notes: codes }).toEqual(expected);
    assertGraphIntegrity(graph);
  });
});

test('an object of 4 GiB without contents is a node of 4 GiB that refers to nothing', async () => {
  const { notes } = (await graphOf(bytesOf('broken/object-4gib-contents-missing.heap'))).records;
  expect(notes[0].message).toBe(
    'The object at 0x2787d2800000, 4294967296 bytes, is not whole in the file: the runtime cannot write 2 GiB or more at once. What it points at is unknown.',
  );
  const graph = await graphOf(bytesOf('broken/object-4gib-contents-missing.heap'));
  const id = graph.index.objectAt(0x2787d2800000 + 2 ** 31);
  expect(graph.slotAddress[id]).toBe(0x2787d2800000);
  expect(graph.contentsAt[id]).toBe(-1);
  expect(graph.referenceStart[id + 1] - graph.referenceStart[id]).toBe(0);
  expect(graph.heapBytes).toBe(graph.records.memstats?.['HeapAlloc']);
});

test('what the statistics say otherwise is told in numbers', async () => {
  const { notes } = (await graphOf(bytesOf('synthetic/go1.6-header-string-arch.heap'))).records;
  expect(notes[0].message).toBe(
    "The dump does not agree with the runtime's statistics: memstats.HeapObjects is 11, the file holds 2 objects (9 fewer); memstats.HeapAlloc is 6, the file holds 48 bytes (42 more).",
  );
});

test.each([
  ['go1.5-header-numeric-arch', 'amd64', 5],
  ['go1.6-header-numeric-arch', '386', 6],
  ['go1.6-header-string-arch', 'amd64', 6],
])('%s: the architecture is a letter or a text', async (name, architecture, header) => {
  const { params } = (await graphOf(bytesOf(`synthetic/${name}.heap`))).records;
  expect(params).toMatchObject({ architecture, header });
});

const head = (text: string, size = 64): Uint8Array => {
  const bytes = new Uint8Array(size);
  bytes.set(Uint8Array.from(text, (c) => c.charCodeAt(0)));
  return bytes;
};
const text = (content: string): Uint8Array => head(content, content.length);

describe('a file that is no dump is told by name', () => {
  test.each<[string, Uint8Array, RegExp]>([
    ['nothing', bytesOf('broken/empty.heap'), /^The file is empty/],
    [
      'a cut header',
      bytesOf('broken/cut-header.heap'),
      /ends at offset 9, inside the 16 bytes of a heap dump's header/,
    ],
    [
      'a header alone',
      bytesOf('broken/header-only.heap'),
      /parameters are not whole: at offset 16, nothing follows it/,
    ],
    [
      'no params',
      bytesOf('synthetic/no-params.heap'),
      /at offset 16, expected the params record, found a record of kind object/,
    ],
    ['a go1.4 dump', bytesOf('synthetic/go1.4-header.heap'), /written by Go 1\.4 or older/],
    ['a dump of the future', text('go1.9 heap dump\n\0'), /a Go newer than this program knows/],
    ['gzip', bytesOf('broken/gzipped.heap.gz'), /^This is a gzip file.*run gunzip/],
    ['eight bytes of gzip', bytesOf('broken/not-a-dump-gzip.heap'), /^This is a gzip file/],
    ['a pprof text profile', bytesOf('broken/pprof-text-profile.heap'), /^This is a pprof text profile.*not objects/],
    ['a pprof profile', head('\n\x04\x08\x01\x10\x02'), /^This is a pprof profile/],
    ['a little-endian core', head('\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x04\0'), /^This is a core file/],
    ['a big-endian core', head('\x7fELF\x02\x02\x01\0\0\0\0\0\0\0\0\0\0\x04'), /^This is a core file/],
    ['an ELF executable', head('\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0'), /^This is an ELF executable/],
    ['a Mach-O executable', head('\xcf\xfa\xed\xfe'), /^This is a Mach-O executable/],
    ['a Windows executable', head('MZ\x90'), /^This is a Windows executable/],
    ['an execution trace', head('go 1.22 trace\0\0\0'), /^This is a Go execution trace/],
    ['a Java heap dump', head('JAVA PROFILE 1.0.2'), /^This is a Java heap dump/],
    ['zstd', head('\x28\xb5\x2f\xfd'), /^This is a zstd file.*Unpack/],
    ['text', text('hello, world\n'), /^This is a text file/],
    ['zeros', new Uint8Array(100), /^This is a file that begins with zeros/],
    ['noise', head('\x93\x11\xfe\x80'), /^This is no kind of file known here/],
  ])('%s', async (_name, bytes, message) => {
    const reading = graphOf(bytes);
    await expect(reading).rejects.toMatchObject({ name: 'NotADump' });
    await expect(reading).rejects.toThrow(message);
  });
});

test('a dump cut at any byte keeps what was whole and says where it ends', async () => {
  const bytes = bytesOf('synthetic/go1.7-otherroot-kinds.heap');
  const paramsEnd = 39;
  for (let length = paramsEnd; length < bytes.length; length++) {
    const graph = await graphOf(bytes.subarray(0, length));
    assertGraphIntegrity(graph);
    expect(graph.records.state, `cut at ${length}`).toBe('truncated');
    expect(graph.records.issue!.offset).toBeLessThanOrEqual(length);
    expect(graph.records.issue!.lost.length).toBeGreaterThan(0);
  }
});
