// Some thousands of damaged dumps: a reader may say anything about them but must not crash, hang, take memory out of proportion, or hand
// out a graph that contradicts itself.
import { describe, expect, test } from 'vitest';
import { buildDump } from '../../../fixtures/builder/build';
import { everyRule } from '../../../fixtures/builder/every-rule';
import { mutate } from '../../../fixtures/builder/mutate';
import { platform } from '../../../fixtures/builder/platform';
import { randomShape } from '../../../fixtures/builder/random-shape';
import { ArraySource } from '../../../workers/dump/byte-source';
import { readHeapGraph } from '../../../workers/graph/build';
import { assertGraphIntegrity } from '../../support/graph-integrity';
import { MemoryAccount } from '../../../workers/lib/alloc';
import { bytesOf } from '../../support/dumps';

/** Small arrays of fixed size, and what a byte of a dump can cost at most: one of its shortest objects takes 12 bytes of the file. */
const FIXED_BYTES = 400_000;
const BYTES_PER_BYTE = 30;
const WINDOWS = [97, 4096, 2 ** 22];

const random = (version: string, architecture: string, seed: number): Uint8Array => {
  const on = platform(version, architecture);
  const shape = randomShape(seed, { objects: 60, pointerBytes: on.pointerBytes });
  return buildDump(shape, on, { freeOneIn: 3, shuffleWindow: 4 }).bytes;
};

const ORIGINALS: [name: string, bytes: Uint8Array, count: number][] = [
  ['a Go 1.27 dump of random shape', random('go1.27.4', 'amd64', 1), 700],
  ['a Go 1.22 dump, 32 bit, big endian', random('go1.22.12', 'mips', 2), 700],
  ['a Go 1.19 dump, big endian', random('go1.19.8', 's390x', 3), 700],
  ['every rule', buildDump(everyRule().shape, platform('go1.27.4', 'amd64')).bytes, 300],
  ['a synthetic go1.7 dump', bytesOf('synthetic/go1.7-otherroot-kinds.heap'), 1500],
  ['a synthetic go1.5 dump', bytesOf('synthetic/go1.5-header-numeric-arch.heap'), 500],
];

describe.each(ORIGINALS)('%s', (_name, original, count) => {
  test(`${count} times`, async () => {
    const outcomes = new Map<string, number>();
    for (let seed = 1; seed <= count; seed++) {
      const { bytes, steps } = mutate(original, seed);
      const outcome = await outcomeOf(bytes, WINDOWS[seed % WINDOWS.length], `seed ${seed}: ${steps.join(', ')}`);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    // the mutations do reach the reader: each way of ending is there
    expect([...outcomes.keys()].sort()).toEqual(['NotADump', 'damaged', 'truncated', 'whole']);
  });
});

async function outcomeOf(bytes: Uint8Array, windowBytes: number, what: string): Promise<string> {
  const account = new MemoryAccount();
  const source = new ArraySource(bytes, 'mutated.heap');
  try {
    const graph = await readHeapGraph(source, { account, windowBytes });
    assertGraphIntegrity(graph);
    expect(graph.records.issue === null, what).toBe(graph.records.state === 'whole');
    return graph.records.state;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'NotADump') throw new Error(what, { cause: error });
    return error.name;
  } finally {
    expect(account.peak, what).toBeLessThan(FIXED_BYTES + BYTES_PER_BYTE * bytes.length);
  }
}
