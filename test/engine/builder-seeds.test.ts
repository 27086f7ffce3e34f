// What is made from a seed: the same each time, damage that leaves the original alone, and a large heap that is what it says.
import { expect, test } from 'vitest';
import { buildDump } from '../../fixtures/builder/build';
import { LargeShape } from '../../fixtures/builder/large-shape';
import { mutate } from '../../fixtures/builder/mutate';
import { platform } from '../../fixtures/builder/platform';
import { randomShape } from '../../fixtures/builder/random-shape';
import { HOLDER } from '../../workers/analysis/results';
import { ArraySource } from '../../workers/dump/byte-source';
import { readHeapGraph } from '../../workers/graph/build';
import { MemoryAccount } from '../../workers/lib/alloc';
import { analyse } from '../support/analyse';

const ON = platform('go1.27.4');
const dumpOf = (seed: number): Uint8Array => {
  const shape = randomShape(seed, { objects: 40, pointerBytes: 8 });
  return buildDump(shape, ON, { seed, freeOneIn: 4, shuffleWindow: 4 }).bytes;
};

/** Much faster than `toEqual` over some hundred thousand bytes. */
const areEqual = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

test('the same seed gives the same bytes, another one others', () => {
  expect(areEqual(dumpOf(5), dumpOf(5))).toBe(true);
  expect(areEqual(dumpOf(5), dumpOf(6))).toBe(false);
});

test('damage is the same for a seed, says what it did, and leaves the original alone', () => {
  const bytes = dumpOf(1);
  const original = bytes.slice();
  const steps = new Set<string>();
  for (let seed = 0; seed < 300; seed++) {
    const damaged = mutate(bytes, seed, [16, 40]);
    const again = mutate(bytes, seed, [16, 40]);
    expect(again.steps).toEqual(damaged.steps);
    expect(areEqual(again.bytes, damaged.bytes)).toBe(true);
    expect(damaged.steps.length).toBeGreaterThan(0);
    for (const step of damaged.steps) steps.add(step.replace(/\d+/g, 'N'));
  }
  expect(areEqual(bytes, original)).toBe(true);
  expect([...steps].sort()).toEqual([
    'cut at N',
    'flip bit N at N',
    'huge number of N bytes at N',
    'insert N bytes at N',
    'lose N bytes at N',
    'repeat N bytes of N at N',
    'set N at N',
    'zero N bytes at N',
  ]);
});

test('a large heap has the objects, references, cycles and garbage that it announces', async () => {
  const large = new LargeShape(30_000, 7);
  const facts = large.make();
  const { bytes } = buildDump(large.shape, ON, { seed: 7, freeOneIn: 16, shuffleWindow: 64 });
  const graph = await readHeapGraph(new ArraySource(bytes), { account: new MemoryAccount() });
  const { reachability, components } = analyse(graph);
  const { cycleCount, memberStart } = components;
  const sizes = Array.from({ length: cycleCount }, (_, cycle) => memberStart[cycle + 1] - memberStart[cycle]);
  expect({
    objects: graph.objectCount,
    references: graph.referenceTarget.length,
    cycles: cycleCount,
    cycleObjects: memberStart[cycleCount],
    largestCycle: Math.max(...sizes),
    garbageObjects: reachability.objects[HOLDER.nothing],
  }).toEqual(facts);
});
