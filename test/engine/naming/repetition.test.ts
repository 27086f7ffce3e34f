// The linear search for a repeated pattern against the definition, tried period by period.
import { expect, test } from 'vitest';
import { Random } from '../../../fixtures/builder/random';
import { repeats } from '../../../workers/naming/steps/repetition';

function byDefinition(offsets: Uint32Array, size: number): boolean {
  const first = offsets[0];
  for (let i = 1; i <= offsets.length / 2; i++) {
    const period = offsets[i] - first;
    if (period * 2 > size || first >= period) continue;
    const regular = offsets.every((offset, k) => (k < i ? offset < period : offset === offsets[k - i] + period));
    if (regular && offsets[offsets.length - 1] + period >= size) return true;
  }
  return false;
}

/** A pattern of a few words, repeated and now and then cut, shifted or broken in one place. */
function patternOf(random: Random): { offsets: Uint32Array; size: number } {
  const words = 1 + random.below(5);
  const times = 1 + random.below(6);
  const pattern = Array.from({ length: words }, (_, word) => word).filter(() => random.below(3) > 0);
  const all = Array.from({ length: times }, (_, turn) => pattern.map((word) => 8 * (turn * words + word))).flat();
  const broken = random.below(4) === 0 ? all.filter(() => random.below(8) > 0) : all;
  const shift = random.below(5) === 0 ? 8 : 0;
  const size = 8 * (words * times + random.below(3));
  return { offsets: Uint32Array.from(broken.length > 0 ? broken : [0], (offset) => offset + shift), size };
}

test('agrees with the definition on thousands of patterns, repeated and broken', () => {
  const random = new Random(7);
  const found = { true: 0, false: 0 };
  for (let round = 0; round < 20_000; round++) {
    const { offsets, size } = patternOf(random);
    const expected = byDefinition(offsets, size);
    found[`${expected}`]++;
    expect(repeats(offsets, size), `${[...offsets].join(' ')} in ${size}`).toBe(expected);
  }
  expect(Math.min(found.true, found.false)).toBeGreaterThan(2000);
});

test('is done at once with a million pointers that break their pattern only at the end', () => {
  const offsets = Uint32Array.from({ length: 1 << 20 }, (_, i) => 16 * i);
  expect(repeats(offsets, 16 << 20)).toBe(true);
  offsets[offsets.length - 1] += 8;
  expect(repeats(offsets, 16 << 20)).toBe(false);
});
