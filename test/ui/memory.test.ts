/** The view Memory without a window: what it asks, which lines its table has, where keys lead. */
import { describe, expect, test } from 'vitest';
import { layOutFlame } from '../../workers/report';
import { places } from '../../src/renderer/state/place';
import { boxAfter } from '../../src/renderer/views/memory/flame-keys';
import { exactly, readable } from '../../src/renderer/state/expressions';
import { anyOf, queryOf } from '../../src/renderer/views/memory/memory-query';
import { linesOf, type NodeLine } from '../../src/renderer/views/memory/node-lines';
import { treeOf } from '../support/retention-sketch';

describe('the question', () => {
  test('leaves out what nothing is said of', () => {
    expect(queryOf(places.memory())).toEqual({ by: 'path', minShare: 1 / 4000 });
    expect(queryOf({ ...places.memory({ cycle: 3 }), search: ' ', ignore: ['a'], without: ['main.T .up'] })).toEqual({
      by: 'path',
      minShare: 1 / 4000,
      of: { cycle: 3 },
      ignore: 'a',
      without: ['main.T .up'],
    });
  });

  test.each([
    [['main.T'], 'main.T'],
    [['main.T', '/^net/'], String.raw`/(?:main\.T)|(?:^net)/`],
    [['"a b"', 'c/d'], String.raw`/(?:a b)|(?:c\/d)/`],
  ])('finds what any of %j finds by %j', (texts, expected) => {
    expect(anyOf(texts)).toBe(expected);
  });

  test.each(['main.T', 'map[string]*acme.org/gw.(*Server)', 'struct { a int; b [4]byte }', 'a\\b', 'x/'])(
    'finds %j exactly, and is read as that',
    (name) => {
      const expression = exactly(name);
      const pattern = new RegExp(expression.slice(1, -1), 'im');
      expect(pattern.test(name)).toBe(true);
      expect(pattern.test(`${name}x`)).toBe(false);
      expect(readable(expression)).toBe(name);
      expect(readable(name)).toBe(name);
    },
  );
});

const TREE = treeOf([
  {
    name: 'a',
    below: [
      {
        name: 'big',
        own: 500,
        below: [
          { name: 'x', own: 2 },
          { name: 'y', own: 1, folded: 3 },
        ],
      },
      { name: 'less', own: 300 },
      { name: 'tiny', own: 2, below: [{ name: 'deep', own: 1 }] },
    ],
  },
  { name: 'b', own: 200 },
  { name: 'c', own: 1 },
]);

const words = (line: NodeLine): string =>
  '  '.repeat(line.depth) +
  (line.kind === 'node'
    ? `${line.open === null ? ' ' : line.open ? '-' : '+'} ${line.node.name}`
    : `  ${line.rest.nodes} smaller, ${line.rest.bytes} B${line.turns === null ? ', not here' : ''}`);

const lines = (...turned: string[]): string[] => linesOf(TREE, new Set(turned)).map(words);

describe('the lines of the table', () => {
  test('unfold what is large, and put what is small into one', () => {
    expect(lines()).toEqual(['- a', '  + big', '    less', '    1 smaller, 3 B', '  b', '  1 smaller, 1 B']);
  });

  test('turn one by one', () => {
    expect(lines('a')).toEqual(['+ a', '  b', '  1 smaller, 1 B']);
    expect(lines('+a', 'a/tiny', 'a/big', '+')).toEqual([
      '- a',
      '  - big',
      '      x',
      '    + y',
      '    less',
      '  - tiny',
      '      deep',
      '  b',
      '  c',
    ]);
    expect(lines('a/big', 'a/big/y')).toEqual([
      '- a',
      '  - big',
      '      x',
      '    - y',
      '        3 smaller, 3 B, not here',
      '    less',
      '    1 smaller, 3 B',
      '  b',
      '  1 smaller, 1 B',
    ]);
  });

  test('keep what nothing holds in sight, however small', () => {
    const tree = treeOf([
      { name: 'a', own: 1000 },
      { name: 'nothing recorded', own: 1, more: { kind: 'unheld' } },
    ]);
    expect(linesOf(tree, new Set()).map(words)).toEqual(['  a', '  nothing recorded']);
  });
});

test('keys walk the boxes: down to the largest below, along the row past what is folded', () => {
  const flame = layOutFlame(
    treeOf([
      { name: 'a', below: [{ name: 'a1', own: 2, folded: 1 }], folded: 1 },
      { name: 'b', below: [{ name: 'b1', own: 1 }] },
    ]),
  );
  const walk = (from: string | null, ...keys: string[]): (string | null)[] => {
    let at = from === null ? null : (flame.boxOf.get(from) ?? null);
    return keys.map((key) => {
      const next = boxAfter(flame, at, key);
      at = next ?? at;
      return next?.node?.id ?? null;
    });
  };
  expect(walk(null, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight')).toEqual([
    'a',
    'a/a1',
    null,
    'b/b1',
    null,
  ]);
  expect(walk('b/b1', 'ArrowLeft', 'ArrowUp', 'ArrowRight', 'ArrowUp', 'Enter')).toEqual([
    'a/a1',
    'a',
    'b',
    null,
    null,
  ]);
});
