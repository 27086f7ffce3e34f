/** What would free a target, held against removing references by kind and marking again. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSketch } from '../../fixtures/shapes/sketch';
import { FreeTarget, type Ways } from '../../workers/kinds/free-target';
import type { FreeHeap } from '../../workers/kinds/target-ancestors';
import { finish } from '../../workers/lib/work';
import { FIELD_COUNT, NaiveFree, prepare } from './naive-free';
import { randomSketch } from './random-sketch';

const numbers = fc.array(fc.nat(1000), { minLength: 1, maxLength: 30 });
const draws = fc.record({ objects: numbers, references: numbers, roots: numbers });
const picks = fc.array(fc.nat(1000), { minLength: 1, maxLength: 3 });

function find(heap: FreeHeap, members: readonly number[]): { target: FreeTarget; ways: Ways } {
  return finish(FreeTarget.find(heap, Uint32Array.from(members)));
}

describe('random targets of random graphs', () => {
  const holds = (check: (found: ReturnType<typeof find>, naive: NaiveFree) => void): void => {
    fc.assert(
      fc.property(randomSketch(), draws, picks, (drawing, draw, picked) => {
        const { heap, naive } = prepare(drawing, draw);
        if (heap.graph.objectCount === 0) return;
        const members = picked.map((pick) => 1 + (pick % heap.graph.objectCount));
        const used = heap.account.used;
        const found = find(heap, members);
        check(found, new NaiveFree(heap, naive, members));
        found.target.release();
        expect(heap.account.used, 'memory is given back').toBe(used);
      }),
      { numRuns: 400, seed: 23 },
    );
  };

  test('ways, their kinds and their numbers', () => {
    holds(({ target, ways }, naive) => {
      const counts = new Map(ways.ways.map((way) => [naive.keyOf(way), way.references]));
      expect(counts.size).toBe(ways.ways.length);
      expect(counts).toEqual(naive.allKeys());
      expect(new Set(target.members)).toEqual(naive.members);
      expect(ways.ancestors.objects).toBe(naive.ancestors.size);
    });
  });

  test('what goes without all of them, and without each alone', () => {
    holds(({ target, ways }, naive) => {
      const together = naive.gone(
        () => false,
        () => false,
        naive.members,
      );
      expect(ways.together).toEqual({ objects: together.length, bytes: naive.naive.bytes(together) });
      const entering = ways.ways.flatMap(({ enters }, way) => (enters ? [way] : []));
      expect(finish(target.without(entering))).toEqual(ways.together);
      for (const [way, one] of ways.ways.entries()) {
        const gone = naive.goneWithout([one]);
        const lost = { objects: gone.length, bytes: naive.naive.bytes(gone) };
        expect(finish(target.without([way]))).toEqual(lost);
        if (!one.enters) continue;
        const alone = { objects: ways.alone.objects[way], bytes: ways.alone.bytes[way] };
        if (naive.heap.finalizers.rootsOf.size === 0) expect(alone).toEqual(lost);
        else expect(alone.objects).toBeLessThanOrEqual(lost.objects);
      }
    });
  });

  test('the fewest kinds let go of all of it', () => {
    holds(({ target, ways }, naive) => {
      for (const cut of [ways.fewest.nearSource, ways.fewest.nearSink]) {
        expect(cut).toHaveLength(ways.fewest.cost);
        const chosen = cut.map((way) => ways.ways[way]);
        const gone = naive.goneWithout(chosen);
        for (const member of naive.members) expect(gone).toContain(member);
        expect(finish(target.without(cut))).toEqual({ objects: gone.length, bytes: naive.naive.bytes(gone) });
      }
    });
  });

  test('without a field of its members', () => {
    holds(({ target }, naive) => {
      for (const field of Array.from({ length: FIELD_COUNT }, (_, i) => i)) {
        const isCut = (from: number, at: number): boolean =>
          naive.members.has(from) && naive.heap.kinds.ofReference[at] === field;
        const gone = naive.gone(isCut, () => false);
        expect(finish(target.withoutField(field))).toEqual({ objects: gone.length, bytes: naive.naive.bytes(gone) });
      }
    });
  });
});

/** An answer in words that no number of an object is in. */
function inWords({ ways }: { ways: Ways }): unknown {
  const words = ways.ways.map(({ from, to, enters, references }, way) => {
    const alone = [ways.alone.objects[way], ways.alone.bytes[way]];
    return JSON.stringify({ from, to, enters, references, alone });
  });
  const inOrder = (cut: readonly number[]): string[] => cut.map((way) => words[way]).sort();
  const { nearSource, nearSink, cost } = ways.fewest;
  const { ancestors, together } = ways;
  return {
    ways: words.slice().sort(),
    near: inOrder(nearSource),
    far: inOrder(nearSink),
    cost,
    ancestors,
    together,
  };
}

test('the numbering of objects changes nothing', () => {
  fc.assert(
    fc.property(randomSketch(), draws, picks, (drawing, draw, picked) => {
      const sketch = parseSketch(drawing);
      const { objects } = sketch;
      if (objects.length === 0) return;
      const chosen = picked.map((pick) => objects[pick % objects.length].name);
      const backwards = `${objects
        .map(({ name }) => name)
        .reverse()
        .join('; ')}; ${drawing}`;
      const [first, second] = [drawing, backwards].map((text) => {
        const { heap } = prepare(text, draw);
        const { id } = parseSketch(text);
        return inWords(
          find(
            heap,
            chosen.map((name) => id(name)),
          ),
        );
      });
      expect(second).toEqual(first);
    }),
    { numRuns: 300, seed: 5 },
  );
});

test('one marking for a target, and one for each choice', () => {
  const draw = { objects: [1, 1, 2, 3], references: [0], roots: [0, 1, 2] };
  const { heap } = prepare('data -> o1 -> o3; bss -> o2 -> o3; o3 -> o4', draw);
  const { target, ways } = find(heap, [2]);
  expect(target.markings).toBe(1);
  expect(ways.together.objects).toBe(2);
  finish(target.without(ways.fewest.nearSink));
  finish(target.withoutField(0));
  expect(target.markings).toBe(3);
});
