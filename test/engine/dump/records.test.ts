// Every kind of record, written by hand with a value of its own in each field, and read back through windows of any size.
import { describe, expect, test } from 'vitest';
import { Encoder, MemorySink } from '../../../fixtures/builder/encoder';
import { ROOT, ROOT_PART } from '../../../workers/graph/heap-graph';
import { readGoVersion } from '../../../workers/go/version';
import { assertGraphIntegrity } from '../../support/graph-integrity';
import { graphOf } from '../../support/dumps';

const HEAP = 0xc000000000;
/** Larger than a signed 64-bit number: what garbage in a word may look like. */
const GARBAGE = 0xdead_beef_dead_beefn;

/** The words of a dump's memory, in its byte order. */
function memory(words: (number | bigint)[], pointerBytes: 4 | 8, bigEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(words.length * pointerBytes));
  words.forEach((word, i) => {
    if (pointerBytes === 8) view.setBigUint64(8 * i, BigInt(word), !bigEndian);
    else view.setUint32(4 * i, Number(BigInt(word) & 0xffff_ffffn), !bigEndian);
  });
  return new Uint8Array(view.buffer);
}

interface Machine {
  pointerBytes: 4 | 8;
  bigEndian: boolean;
  heap: number;
}

const MACHINES: Record<string, Machine> = {
  'little-endian, 64 bit': { pointerBytes: 8, bigEndian: false, heap: HEAP },
  'big-endian, 64 bit': { pointerBytes: 8, bigEndian: true, heap: HEAP },
  'little-endian, 32 bit': { pointerBytes: 4, bigEndian: false, heap: 0x8000000 },
  'big-endian, 32 bit': { pointerBytes: 4, bigEndian: true, heap: 0x8000000 },
};

/** Two objects of two words, A → B and B → into A, and one record of each kind. */
function everyRecord({ pointerBytes: p, bigEndian, heap }: Machine): Uint8Array {
  const sink = new MemorySink();
  const out = new Encoder(sink.write);
  const numbers = (...values: (number | bigint)[]): void => values.forEach((value) => out.uvarint(value));
  const words = (...values: (number | bigint)[]): void => out.string(memory(values, p, bigEndian));
  const list = (...offsets: number[]): void => numbers(...offsets.flatMap((offset) => [1, offset]), 0);
  const a = heap;
  const b = heap + 2 * p;

  out.raw(new TextEncoder().encode('go1.7 heap dump\n'));
  numbers(6, bigEndian ? 1 : 0, p, heap, heap + 0x100000);
  out.string('riscv');
  out.string('go1.21.3');
  numbers(16);
  numbers(3, 0x4a0000, 24);
  out.string('main.Größe');
  numbers(1);
  numbers(8, 0x530000, 0x4a0000);
  numbers(1, a);
  words(b, 0);
  list(0, p);
  numbers(1, b);
  words(GARBAGE, a + 3);
  list(p);
  numbers(2);
  out.string('a root by name');
  numbers(b);
  numbers(4, a, heap + 0x80000, 17, 0x401000, 4, 1, 0, 12345);
  out.string('chan receive');
  numbers(b, 0x5000, 0x6000, 0x7000);
  numbers(5, heap + 0x80000, 0, 0);
  words(a, b, 0, 7);
  numbers(0x402000, 0x402010, 0x402010);
  out.string('main.serve');
  list(0, 2 * p, 100 * p);
  numbers(5, heap + 0x80000 + 4 * p, 1, heap + 0x80000);
  words(b);
  numbers(0x403000, 0x403020, 0);
  out.string('main.dead');
  list(0);
  numbers(14, a, a, 0x11, 0x12, b, 0x13, 0x14);
  numbers(15, 0x6000, a, 0x4a0000, b, 0, 0);
  numbers(9, 0x7100, 3, 4711);
  numbers(12, 0x560000);
  words(1, a + p);
  list(p);
  numbers(13, 0x570000);
  words(b, 0);
  list(0, p);
  numbers(7, a, b, 0x404000, 0x4a0000, 0x4a0040);
  numbers(11, b, 0, 0x405000, 0x4a0000, 0x4a0080);
  numbers(10, ...Array.from({ length: 24 }, (_, i) => (i === 11 ? 2 : i === 6 ? 4 * p : i)));
  numbers(...new Array<number>(256).fill(9), 77);
  numbers(16, 0x8000, 48, 2);
  out.string('main.alloc');
  out.string('/src/main.go');
  numbers(21);
  out.string('main.main');
  out.string('/src/main.go');
  numbers(7, 1000, 999);
  numbers(17, a, 0x8000);
  numbers(0);
  out.flush();
  return sink.bytes();
}

describe.each(Object.entries(MACHINES))('%s', (_name, machine) => {
  const { pointerBytes: p, bigEndian, heap } = machine;
  const a = heap;
  const b = heap + 2 * p;

  test.each([1, 7, 64, 2 ** 22])('through a window of %i bytes', async (windowBytes) => {
    const bytes = everyRecord(machine);
    const graph = await graphOf(bytes, windowBytes);
    assertGraphIntegrity(graph);
    const { source, ...records } = graph.records;
    expect(source.size).toBe(bytes.length);
    expect(records).toMatchObject({ state: 'whole', issue: null, notes: [] });
    expect(records.params).toEqual({
      bigEndian,
      pointerBytes: p,
      arenaStart: heap,
      arenaEnd: heap + 0x100000,
      architecture: 'riscv',
      go: readGoVersion('go1.21.3'),
      cpus: 16,
      header: 7,
    });
    expect(records.types).toEqual([{ address: 0x4a0000, size: 24, name: 'main.Größe' }]);
    expect(records.itabs).toEqual([{ address: 0x530000, typeAddress: 0x4a0000 }]);
    expect(records.otherRoots).toEqual([{ description: 'a root by name', pointer: b }]);
    expect(records.threads).toEqual([{ address: 0x7100, id: 3, osId: 4711 }]);
    expect(records.goroutines).toMatchObject([
      {
        address: a,
        sp: heap + 0x80000,
        id: 17,
        goPc: 0x401000,
        status: 4,
        system: true,
        waitSince: 12345,
        waitReason: 'chan receive',
        context: b,
        machine: 0x5000,
        topDefer: 0x6000,
        topPanic: 0x7000,
        firstFrame: 0,
        frameCount: 2,
        defers: [{ address: a, sp: 0x11, pc: 0x12, funcval: b, entryPc: 0x13 }],
        panics: [{ address: 0x6000, typeAddress: 0x4a0000, value: b }],
      },
    ]);
    expect(records.frames).toMatchObject([
      {
        goroutine: 0,
        address: heap + 0x80000,
        depth: 0,
        calleeSp: 0,
        bytes: 4 * p,
        entryPc: 0x402000,
        pc: 0x402010,
        continuationPc: 0x402010,
        function: 'main.serve',
        // the third lies outside, as those of runtime.goexit do up to Go 1.16
        pointerOffsets: Uint32Array.of(0, 2 * p),
      },
      { depth: 1, calleeSp: heap + 0x80000, bytes: p, continuationPc: 0, function: 'main.dead' },
    ]);
    expect(records.data).toMatchObject({ address: 0x560000, bytes: 2 * p, pointerOffsets: Uint32Array.of(p) });
    expect(records.bss).toMatchObject({ address: 0x570000, bytes: 2 * p, pointerOffsets: Uint32Array.of(0, p) });
    expect(records.finalizers).toEqual([
      { object: a, funcval: b, entryPc: 0x404000, parameterType: 0x4a0000, objectType: 0x4a0040, queued: false },
      { object: b, funcval: 0, entryPc: 0x405000, parameterType: 0x4a0000, objectType: 0x4a0080, queued: true },
    ]);
    expect(records.memstats).toMatchObject({ Alloc: 0, TotalAlloc: 1, HeapObjects: 2, LastGC: '22', NumGC: 77 });
    expect(records.memprof).toEqual([
      {
        id: 0x8000,
        objectSize: 48,
        frames: [
          { function: 'main.alloc', file: '/src/main.go', line: 21 },
          { function: 'main.main', file: '/src/main.go', line: 7 },
        ],
        allocs: 1000,
        frees: 999,
      },
    ]);
    expect(records.allocSamples).toEqual([{ object: a, bucket: 0x8000 }]);

    const { slotAddress, referenceStart, referenceTarget, referrerSource, roots } = graph;
    expect([...slotAddress]).toEqual([0, a, b]);
    expect([...referenceStart]).toEqual([0, 0, 1, 2]);
    expect([...referenceTarget]).toEqual([2, 1]);
    expect([...referrerSource]).toEqual([2, 1]);
    const rows = [...roots.target].map((target, i) => {
      const kind = Object.keys(ROOT)[roots.kind[i]];
      return [kind, target, roots.targetOffset[i], roots.owner[i], roots.offset[i]];
    });
    expect(rows.slice(0, roots.strongCount)).toEqual([
      ['other', 2, 0, 0, 0],
      ['goroutine', 1, 0, 0, ROOT_PART.descriptor],
      ['goroutine', 2, 0, 0, ROOT_PART.context],
      ['stack', 1, 0, 0, 0],
      ['goroutine', 1, 0, 0, ROOT_PART.deferRecord],
      ['goroutine', 2, 0, 0, ROOT_PART.deferFunction],
      ['goroutine', 2, 0, 0, ROOT_PART.panicValue],
      ['data', 1, p, 0, p],
      ['bss', 2, 0, 0, 0],
      ['finalizer', 2, 0, 0, ROOT_PART.finalizerFunction],
      ['finalizer', 2, 0, 0, ROOT_PART.finalizerReference],
      ['finalizer', 2, 0, 1, ROOT_PART.finalizerObject],
      ['finalizer', 1, 3, 1, ROOT_PART.finalizerReference],
    ]);
    // the unlisted word of the first frame, and the listed one of a frame that can never run again
    expect(rows.slice(roots.strongCount)).toEqual([
      ['stack', 2, 0, 0, p],
      ['stack', 2, 0, 1, 0],
    ]);
  });
});
