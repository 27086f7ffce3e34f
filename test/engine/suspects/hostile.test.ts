// Dumps that are broken, cut or changed at random: every detector ends, and none of them by a defect.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ArraySource } from '../../../workers/dump/byte-source';
import { runDetectors } from '../../../workers/suspects/run-detectors';
import { bytesOf } from '../../support/dumps';
import { heapOf } from '../../support/analysed-heap';

const DUMPS = fileURLToPath(new URL('../../../fixtures/dumps/', import.meta.url));
const BROKEN = ['broken', 'synthetic'].flatMap((folder) =>
  readdirSync(DUMPS + folder).map((file) => `${folder}/${file}`),
);

/** What detectors say that failed; null where the bytes open as no dump. */
async function failuresOf(bytes: Uint8Array, executable: Uint8Array | null = null): Promise<string[] | null> {
  let heap;
  try {
    heap = await heapOf(new ArraySource(bytes, 'hostile.heap'), executable);
  } catch (error) {
    expect(error).toMatchObject({ name: 'NotADump' });
    return null;
  }
  const { detectors } = await runDetectors(heap);
  return detectors.flatMap(({ name, skipped }) => (skipped?.includes('defect') ? [`${name}: ${skipped}`] : []));
}

test.each(BROKEN)('%s', async (file) => {
  expect((await failuresOf(bytesOf(file))) ?? []).toEqual([]);
});

/** The same numbers for the same seed, from 0 to 1 (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Between one byte and a hundred changed to anything; the header stays, or nothing would open. */
function mutated(bytes: Uint8Array, random: () => number): Uint8Array {
  const copy = bytes.slice();
  const changes = Math.ceil(100 ** random());
  for (let n = 0; n < changes; n++) copy[64 + Math.floor(random() * (copy.length - 64))] = Math.floor(random() * 256);
  return copy;
}

describe('changed at random', () => {
  const FAULTY = [
    'go1.27.4/finalizers',
    'go1.27.4/chanleak',
    'go1.27.4-386/chanleak',
    'go1.27.4/deferleak',
    'go1.27.4/panicdefer',
    'go1.24.4/timers',
    'go1.26.11/ctxleak',
    'go1.27.4/poolcycle',
    'go1.27.4-mips/poolcycle',
    'go1.27.4/cache',
  ];

  test.each(FAULTY)('%s', async (name) => {
    const random = randomFrom(name.length);
    const bytes = bytesOf(`${name}.heap`);
    let opened = 0;
    for (let round = 0; round < 6; round++) {
      const failures = await failuresOf(mutated(bytes, random));
      expect(failures ?? [], `round ${round}`).toEqual([]);
      if (failures !== null) opened++;
    }
    expect(opened).toBeGreaterThan(0);
  });

  test.each(FAULTY)('%s, cut short', async (name) => {
    const bytes = bytesOf(`${name}.heap`);
    for (const part of [0.3, 0.9, 0.99]) {
      const failures = await failuresOf(bytes.slice(0, Math.floor(bytes.length * part)));
      expect(failures ?? [], `${part}`).toEqual([]);
    }
  });
});
