/** Random graphs as drawings: a failing one is printed as text that can be pasted into a test. */
import fc from 'fast-check';

const ROOTS = ['data', 'bss', 'stack', 'goroutine', 'other', 'word', 'word', 'finalizer', 'queued'];

/** Up to `most` objects, sparse or dense, with roots of every kind, parallel references, self-references and garbage. */
export function randomSketch(most = 12): fc.Arbitrary<string> {
  return fc
    .tuple(fc.integer({ min: 0, max: most }), fc.integer({ min: 0, max: 3 }))
    .chain(([objects, density]) => {
      const name = fc.integer({ min: 1, max: Math.max(objects, 1) }).map((i) => `o${i}`);
      const declaration = fc.tuple(
        fc.array(fc.constantFrom(8, 16, 48, 1000), { minLength: objects, maxLength: objects }),
      );
      const references = fc.array(fc.tuple(name, name), { maxLength: objects * density });
      const roots = fc.array(fc.tuple(fc.constantFrom(...ROOTS), name, name), { maxLength: objects > 0 ? 4 : 0 });
      return fc.tuple(declaration, references, roots);
    })
    .map(([[sizes], references, roots]) => {
      if (sizes.length === 0) return '';
      return [
        ...sizes.map((bytes, i) => `o${i + 1}:${bytes}`),
        ...references.map(([from, to]) => `${from} -> ${to}`),
        ...roots.map(([root, a, b]) =>
          root === 'finalizer' || root === 'queued' ? `${root}(${a}) -> ${b}` : `${root} -> ${a}`,
        ),
      ].join('; ');
    });
}
