import { describe, expect, it } from 'vitest';
import { untie, type DrawnKnot, type DrawnReference } from '../../support/knots';
import { WatchedAccount } from '../../support/watched-account';

/** A clique of `size` members from `first` on, all of which refer to each other. */
function clique(first: number, size: number, kind: string): DrawnReference[] {
  const members = Array.from({ length: size }, (_, at) => first + at);
  return members.flatMap((from) => members.filter((to) => to !== from).map((to) => ({ from, kind, to })));
}

/** A tree of `size` members, each with `width` children, which refer back to their parents. */
function tree(size: number, width: number): DrawnKnot {
  const references = Array.from({ length: size - 1 }, (_, at) => {
    const [child, parent] = [at + 1, Math.floor(at / width)];
    return [
      { from: parent, kind: '.children', to: child },
      { from: child, kind: '.parent', to: parent },
    ];
  });
  return { members: size, references: references.flat(), entries: [0] };
}

/** `rings` rings of `size`, whose first members are a ring themselves. */
function ringOfRings(rings: number, size: number): DrawnKnot {
  const references: DrawnReference[] = [];
  for (let ring = 0; ring < rings; ring++) {
    const first = ring * size;
    for (let at = 0; at < size; at++)
      references.push({ from: first + at, kind: '.next', to: first + ((at + 1) % size) });
    references.push({ from: first, kind: '.following', to: ((ring + 1) % rings) * size });
  }
  return { members: rings * size, references, entries: Array.from({ length: rings }, (_, ring) => ring * size) };
}

/** A member with two others, which refer back to it by one kind each; the first of them several times. */
function both(first: string, second: string, times = 1): DrawnKnot {
  return {
    members: 3,
    references: [
      { from: 0, kind: 'a', to: 1 },
      { from: 0, kind: 'b', to: 2 },
      ...Array.from({ length: times }, () => ({ from: 1, kind: first, to: 0 })),
      { from: 2, kind: second, to: 0 },
    ],
    entries: [0],
  };
}

describe('ties of planted knots', () => {
  it('are the field by which two cliques refer back, not the one that holds the second', () => {
    const knot: DrawnKnot = {
      members: 13,
      references: [
        ...clique(0, 7, '.peers[]'),
        ...clique(7, 6, '.workers[]'),
        { from: 3, kind: '.pool', to: 9 },
        { from: 11, kind: '.owner', to: 2 },
      ],
      entries: [0],
    };
    const { ties, sizes, tried } = untie(knot);
    expect(ties).toEqual([{ kind: '.owner', largestLeft: 7, inCyclesLeft: 13 }]);
    expect(sizes).toEqual([[13], [7, 6]]);
    expect(tried).toBe(4);
  });

  it('are the pointers to parents of a tree', () => {
    const { ties, searches, markings } = untie(tree(500, 3));
    expect(ties).toEqual([{ kind: '.parent', largestLeft: 0, inCyclesLeft: 0 }]);
    // children are held by one field alone, and pointers upwards hold nothing for certain
    expect({ searches, markings }).toEqual({ searches: 1, markings: 0 });
  });

  it('are what joins rings, not the rings themselves', () => {
    const { ties } = untie(ringOfRings(8, 5));
    expect(ties).toEqual([{ kind: '.following', largestLeft: 5, inCyclesLeft: 40 }]);
  });

  it('are none where every reference is needed', () => {
    expect(untie({ ...ringOfRings(1, 5), entries: [0] })).toMatchObject({ ties: [], searches: 0, tried: 2 });
  });

  it('leave out any kind where nothing is held', () => {
    const { ties } = untie({ ...ringOfRings(1, 5), entries: [] });
    expect(ties).toEqual([
      { kind: '.next', largestLeft: 1, inCyclesLeft: 1 },
      { kind: '.following', largestLeft: 0, inCyclesLeft: 0 },
    ]);
  });
});

describe('ties of equal effect', () => {
  it('come by fewer references', () => {
    expect(untie(both('p', 'q', 2)).ties).toEqual([
      { kind: 'q', largestLeft: 2, inCyclesLeft: 2 },
      { kind: 'p', largestLeft: 0, inCyclesLeft: 0 },
    ]);
  });

  it('come by name where they have as many', () => {
    expect(untie(both('p', 'q')).ties.map(({ kind }) => kind)).toEqual(['p', 'q']);
    expect(untie(both('q', 'p')).ties.map(({ kind }) => kind)).toEqual(['p', 'q']);
  });
});

describe('the search', () => {
  it('takes at most one search for components a kind and round, and markings only where a kind wins', () => {
    const knot = tree(400, 2);
    const back = ['.root', '.owner', '.first'].flatMap((kind, at) =>
      Array.from({ length: 50 }, (_, i) => ({ from: 50 * (at + 1) + i, kind, to: 0 })),
    );
    const { ties, searches, markings } = untie({ ...knot, references: [...knot.references, ...back] });
    expect(ties.map(({ kind }) => kind)).toEqual(['.parent', '.first', '.owner', '.root']);
    expect(searches).toBeLessThanOrEqual(4 + 3 + 2 + 1);
    expect(markings).toBe(0);
  });

  it('settles kinds that cannot beat the best so far without a search', () => {
    const knot = tree(400, 2);
    const leaves = Array.from({ length: 100 }, (_, i) => ({ from: 300 + i, kind: `.leaf${i}`, to: 0 }));
    const { ties, searches } = untie({ ...knot, references: [...knot.references, ...leaves] }, 1);
    expect(ties.map(({ kind }) => kind)).toEqual(['.parent']);
    expect(searches).toBe(1);
  });

  it('marks without a kind that a breadth-first tree needs, once it wins', () => {
    const chain = [1, 2, 3].map((to) => ({ from: to - 1, kind: '.next', to }));
    const links = [
      { from: 0, kind: '.link', to: 3 },
      { from: 3, kind: '.link', to: 0 },
    ];
    const { ties, searches, markings } = untie({ members: 4, references: [...chain, ...links], entries: [0] });
    expect(ties).toEqual([{ kind: '.link', largestLeft: 0, inCyclesLeft: 0 }]);
    expect({ searches, markings }).toEqual({ searches: 1, markings: 1 });
  });

  it('refuses a kind that wins but holds what only its own targets lead to', () => {
    const { ties, markings } = untie({
      members: 4,
      references: [
        { from: 0, kind: '.link', to: 1 },
        { from: 1, kind: '.link', to: 0 },
        { from: 3, kind: '.link', to: 0 },
        { from: 0, kind: '.a', to: 3 },
        { from: 1, kind: '.child', to: 2 },
        { from: 2, kind: '.side', to: 1 },
      ],
      entries: [0],
    });
    expect(ties).toEqual([{ kind: '.side', largestLeft: 3, inCyclesLeft: 3 }]);
    expect(markings).toBe(1);
  });

  it('tells the best so far as it goes', () => {
    const { progress } = untie(tree(40, 2), 1);
    expect(progress).toEqual([null]);
    const two = untie(both('p', 'q', 2), 1);
    expect(two.progress).toEqual([null, 'q']);
  });

  it('ends with what it has when its steps are used up, and says how many kinds were tried', () => {
    const knot = tree(400, 2);
    const back = Array.from({ length: 399 }, (_, i) => ({ from: i + 1, kind: `.b${i % 20}`, to: 0 }));
    const whole = untie({ ...knot, references: [...knot.references, ...back] });
    expect(whole.tried).toBe(22);
    const cut = untie({ ...knot, references: [...knot.references, ...back] }, 10, 1);
    expect(cut.tried).toBeLessThan(22);
    expect(cut.ties.length).toBeLessThanOrEqual(1);
  });

  it('gives everything back', () => {
    const account = new WatchedAccount();
    untie(tree(100, 2), 10, Infinity, account);
    expect(account.forgotten()).toEqual([]);
    expect(account.used).toBe(0);
  });
});
