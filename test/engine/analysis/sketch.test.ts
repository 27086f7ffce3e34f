import { describe, expect, test } from 'vitest';
import { parseSketch } from '../../../fixtures/shapes/sketch';

/** A sketch said again, one thing a line. */
function told(text: string): string[] {
  const { objects, references, roots } = parseSketch(text);
  const name = (id: number): string => objects[id - 1].name;
  return [
    objects.map((object) => `${object.name}:${object.bytes}`).join(' '),
    references.map(({ from, to }) => `${name(from)}>${name(to)}`).join(' '),
    roots.map(({ kind, weak, target }) => `${weak ? 'weak ' : ''}${kind}>${name(target)}`).join(', '),
  ];
}

describe('graphs drawn as text', () => {
  test('objects by first mention, references as written, sizes wherever they stand', () => {
    expect(told('root -> a; a -> b:48 -> c -> a # a ring\na -> d, e -> f\nlone:8')).toEqual([
      'a:16 b:48 c:16 d:16 e:16 f:16 lone:8',
      'a>b b>c c>a a>d a>e d>f e>f',
      'data>a',
    ]);
  });

  test('every kind of root', () => {
    expect(told('bss -> a; stack -> b; goroutine -> c; other -> d; word -> e, f -> g')).toEqual([
      'a:16 b:16 c:16 d:16 e:16 f:16 g:16',
      'e>g f>g',
      'bss>a, stack>b, goroutine>c, other>d, weak stack>e, weak stack>f',
    ]);
  });

  test('a finalizer keeps its closure and what the object refers to; a queued one the object too', () => {
    expect(told('finalizer(a) -> close; a -> b, a')[2]).toBe('finalizer>close, finalizer>b, finalizer>a');
    expect(told('queued(a); a -> b')[2]).toBe('finalizer>b, finalizer>a');
  });

  test.each([
    ['a -> ', '"" is not the name of an object in "a ->"'],
    ['a -> root', '"root" is not the name of an object in "a -> root"'],
    ['a b -> c', '"a b" is not the name of an object in "a b -> c"'],
    ['root', 'a root that points at nothing: "root"'],
  ])('says what it cannot read: %s', (text, message) => {
    expect(() => parseSketch(text)).toThrow(message);
  });

  test('knows no name that was not drawn', () => {
    expect(() => parseSketch('a').id('b')).toThrow('no object is named "b"');
  });
});
