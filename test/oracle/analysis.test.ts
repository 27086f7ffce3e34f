import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { objectGraph } from '../support/object-graph';
import { agreement, CHECKS, SMALL_CHECKS, type CheckName } from './agreement';
import { randomSketch } from './random-sketch';

// Object.keys forgets the names of keys.
const names = Object.keys({ ...CHECKS, ...SMALL_CHECKS }) as CheckName[];

const DRAWINGS = {
  nothing: '',
  'one object': 'a',
  'one object that is held': 'root -> a',
  'a self-reference': 'root -> a -> a; b -> b',
  'two ways that meet': 'root -> a, d; a -> b, c; d -> e -> b -> c',
  'a complete graph': 'root -> a; a, b, c, d -> a, b, c, d',
  'a ring that nothing holds': 'a:8 -> b:48 -> c:1000 -> a; c -> d; x -> d; a -> y:8',
  'a ring held by its own finalizer': 'finalizer(a) -> f; a -> b -> c -> a',
  'a stale word into a live object': 'root -> a -> b; word -> b; word -> c -> b; c -> d',
  'garbage that refers to live objects': 'root -> a -> b; x -> b; x -> y -> x',
  'rings one below the other': 'root -> a -> b -> a; b -> c -> d -> c; d -> e -> e; root -> d',
};

describe.each(names)('%s', (check) => {
  test.each(Object.entries(DRAWINGS))('of %s', (_, drawing) => {
    const { found, expected } = agreement(check, objectGraph(drawing));
    expect(found).toEqual(expected);
  });

  test('of random graphs', () => {
    const holds = (drawing: string): void => {
      const { found, expected } = agreement(check, objectGraph(drawing));
      expect(found).toEqual(expected);
    };
    fc.assert(fc.property(randomSketch(), holds), { seed: 20_261_120, numRuns: 1500 });
    fc.assert(fc.property(randomSketch(40), holds), { seed: 7, numRuns: 100 });
  });
});
