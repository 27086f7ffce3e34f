/** Sketches and plain lists as what the analyses read. */
import { parseSketch, type Sketch } from '../../fixtures/shapes/sketch';
import type { ObjectGraph } from '../../workers/analysis/object-graph';
import { ROOT, type RootTable, type ShapeTable } from '../../workers/graph/heap-graph';
import type { Digraph } from '../../workers/lib/digraph';

/** A drawing as a graph; each size is a shape. */
export function objectGraph(drawing: string | Sketch): ObjectGraph {
  const sketch = typeof drawing === 'string' ? parseSketch(drawing) : drawing;
  const objectCount = sketch.objects.length;
  const sizes = [...new Set(sketch.objects.map(({ bytes }) => bytes))];
  const from = Uint32Array.from(sketch.references, (reference) => reference.from);
  const to = Uint32Array.from(sketch.references, (reference) => reference.to);
  return {
    objectCount,
    ...digraph(objectCount + 1, from, to),
    shapeId: Uint32Array.from([0, ...sketch.objects.map(({ bytes }) => sizes.indexOf(bytes))]),
    shapes: shapeTable(sizes),
    roots: rootTable(sketch.roots),
  };
}

/** Objects 1 … objectCount of 16 bytes, held by a global that points at object 1. */
export function graphOf(
  objectCount: number,
  count: number,
  reference: (i: number) => [from: number, to: number],
): ObjectGraph {
  const from = new Uint32Array(count);
  const to = new Uint32Array(count);
  for (let i = 0; i < count; i++) [from[i], to[i]] = reference(i);
  return {
    objectCount,
    ...digraph(objectCount + 1, from, to),
    shapeId: new Uint32Array(objectCount + 1),
    shapes: shapeTable([16]),
    roots: rootTable([{ kind: 'data', weak: false, target: 1 }]),
  };
}

function digraph(vertexCount: number, from: Uint32Array, to: Uint32Array): Digraph {
  const references = rows(vertexCount, from, to);
  const referrers = rows(vertexCount, to, from);
  return {
    vertexCount,
    referenceStart: references.start,
    referenceTarget: references.entry,
    referrerStart: referrers.start,
    referrerSource: referrers.entry,
  };
}

/** References by their first ends, in the order given. */
function rows(vertexCount: number, by: Uint32Array, other: Uint32Array) {
  const start = new Uint32Array(vertexCount + 1);
  for (const v of by) start[v + 1]++;
  for (let v = 0; v < vertexCount; v++) start[v + 1] += start[v];
  const next = start.slice();
  const entry = new Uint32Array(other.length);
  for (let i = 0; i < by.length; i++) entry[next[by[i]]++] = other[i];
  return { start, entry };
}

function shapeTable(sizes: readonly number[]): ShapeTable {
  return {
    count: sizes.length,
    slotSize: Float64Array.from(sizes),
    valueOffset: new Uint8Array(sizes.length),
    pointerCount: new Float64Array(sizes.length),
    fieldListAt: new Float64Array(sizes.length),
  };
}

function rootTable(list: Sketch['roots']): RootTable {
  const strong = list.filter(({ weak }) => !weak);
  const ordered = [...strong, ...list.filter(({ weak }) => weak)];
  return {
    count: ordered.length,
    strongCount: strong.length,
    kind: Uint8Array.from(ordered, ({ kind }) => ROOT[kind]),
    target: Uint32Array.from(ordered, ({ target }) => target),
    targetOffset: new Float64Array(ordered.length),
    owner: new Uint32Array(ordered.length),
    offset: new Float64Array(ordered.length),
  };
}
