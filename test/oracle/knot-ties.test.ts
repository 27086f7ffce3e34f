import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reachedFrom, untie, untieNaively, type DrawnKnot } from '../support/knots';

const KINDS = ['a', 'b', 'c', 'd', 'e', 'f'];

/** Up to 14 members, all on one component or several, with parallel references and references of objects to themselves. */
const knot = fc.integer({ min: 1, max: 14 }).chain((members) =>
  fc.record({
    members: fc.constant(members),
    references: fc.array(
      fc.record({
        from: fc.integer({ min: 0, max: members - 1 }),
        kind: fc.constantFrom(...KINDS),
        to: fc.integer({ min: 0, max: members - 1 }),
      }),
      { minLength: members, maxLength: members * 3 },
    ),
    entries: fc.uniqueArray(fc.integer({ min: 0, max: members - 1 }), { maxLength: 3 }),
  }),
);

function renumbered(drawn: DrawnKnot, by: (v: number) => number, turn: number): DrawnKnot {
  const references = drawn.references.map(({ from, kind, to }) => ({ from: by(from), kind, to: by(to) }));
  return {
    members: drawn.members,
    references: [...references.slice(turn), ...references.slice(0, turn)],
    entries: drawn.entries.map(by),
  };
}

describe('ties', () => {
  it('are those that trying every kind on a copy finds, in the same order', () => {
    fc.assert(
      fc.property(knot, (drawn) => {
        expect(untie(drawn).ties).toEqual(untieNaively(drawn));
      }),
      { numRuns: 2000, seed: 11 },
    );
  });

  it('hold nothing by themselves', () => {
    fc.assert(
      fc.property(knot, (drawn) => {
        const names = new Set(untie(drawn).ties.map(({ kind }) => kind));
        const left = drawn.references.filter(({ kind }) => !names.has(kind));
        expect(reachedFrom(drawn.entries, left).size).toBe(reachedFrom(drawn.entries, drawn.references).size);
      }),
      { numRuns: 500, seed: 12 },
    );
  });

  it('do not depend on how objects are numbered, nor on the order of references', () => {
    fc.assert(
      fc.property(knot, fc.integer({ min: 0, max: 20 }), fc.boolean(), (drawn, turn, mirrored) => {
        const place = (v: number) => {
          const turned = (v + turn) % drawn.members;
          return mirrored ? drawn.members - 1 - turned : turned;
        };
        const again = untie(renumbered(drawn, place, turn % drawn.references.length));
        expect(again.ties).toEqual(untie(drawn).ties);
      }),
      { numRuns: 500, seed: 13 },
    );
  });
});
