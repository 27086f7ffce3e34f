/** Random graphs as drawings: a failing one is printed as text that can be pasted into a test. */
import fc from 'fast-check';

const ROOTS = ['data', 'bss', 'stack', 'goroutine', 'other', 'word', 'word', 'finalizer', 'queued'];

/** Up to `most` objects, sparse or dense, with rings, roots of every kind, parallel references, self-references and garbage. */
export function randomSketch(most = 12): fc.Arbitrary<string> {
  return fc
    .tuple(fc.integer({ min: 0, max: most }), fc.integer({ min: 0, max: 3 }))
    .chain(([objects, density]) => {
      const name = fc.integer({ min: 1, max: Math.max(objects, 1) }).map((i) => `o${i}`);
      const sizes = fc.array(fc.constantFrom(8, 16, 48, 1000), { minLength: objects, maxLength: objects });
      const references = fc.array(fc.tuple(name, name), { maxLength: objects * density });
      const rings = fc.array(fc.array(name, { minLength: 1, maxLength: 5 }), { maxLength: objects > 0 ? 3 : 0 });
      const roots = fc.array(fc.tuple(fc.constantFrom(...ROOTS), name, name), { maxLength: objects > 0 ? 4 : 0 });
      return fc.tuple(sizes, references, rings, roots);
    })
    .map(([sizes, references, rings, roots]) => {
      if (sizes.length === 0) return '';
      return [
        ...sizes.map((bytes, i) => `o${i + 1}:${bytes}`),
        ...references.map(([from, to]) => `${from} -> ${to}`),
        ...rings.map((ring) => [...ring, ring[0]].join(' -> ')),
        ...roots.map(([root, a, b]) =>
          root === 'finalizer' || root === 'queued' ? `${root}(${a}) -> ${b}` : `${root} -> ${a}`,
        ),
      ].join('; ');
    });
}
