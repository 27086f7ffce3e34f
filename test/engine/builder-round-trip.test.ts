// Shape → dump → graph: whatever the builder wrote must come back as the same objects, references and roots, for every layout of Go's.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildDump, type BuildOptions, type Built } from '../../fixtures/builder/build';
import { NONE } from '../../fixtures/builder/column';
import { platform, type Platform } from '../../fixtures/builder/platform';
import { randomShape } from '../../fixtures/builder/random-shape';
import type { ObjectId, Target } from '../../fixtures/builder/frame';
import { Shape } from '../../fixtures/builder/shape';
import { PAGE } from '../../fixtures/builder/size-classes';
import { ArraySource } from '../../workers/dump/byte-source';
import { readHeapGraph } from '../../workers/graph/build';
import { ROOT, ROOT_PART, valueAddress, type HeapGraph } from '../../workers/graph/heap-graph';
import { MemoryAccount } from '../../workers/lib/alloc';

/** Every release on both sides of a change of spans: malloc headers came with 1.22, mark bits at the end of pages with 1.26, and before by experiment. */
const VERSIONS = [
  ...['', 'go1.17.13', 'go1.18.10', 'go1.19.8', 'go1.20.14', 'go1.21.13', 'go1.22.12', 'go1.24.4'],
  ...['go1.25.12', 'go1.25.12 X:greenteagc', 'go1.26.11', 'go1.26.11-X:nogreenteagc', 'go1.27.4'],
];
const ARCHITECTURES = ['amd64', 's390x', '386', 'mips'];

type Root = [kind: number, target: number, targetOffset: number, owner: number, offset: number];

describe.each(VERSIONS)('Go %j', (version) => {
  test.each(ARCHITECTURES)('on %s', async (architecture) => {
    const on = platform(version, architecture);
    const heaps = fc.record({
      seed: fc.integer({ min: 0, max: 2 ** 31 }),
      objects: fc.integer({ min: 1, max: 250 }),
      freeOneIn: fc.constantFrom(0, 3),
      shuffleWindow: fc.constantFrom(1, 8),
      windowBytes: fc.constantFrom(997, 65_536),
    });
    const same = fc.asyncProperty(heaps, async ({ objects, windowBytes, ...options }) => {
      const shape = randomShape(options.seed, { objects, pointerBytes: on.pointerBytes });
      await expectSameGraph(shape, on, options, windowBytes);
    });
    await fc.assert(same, { seed: 20261120, numRuns: 6 });
  });
});

/** Pages that are full to the last slot, of small values with pointers and without. */
function fullPages({ pointerBytes }: Platform): Shape {
  const shape = new Shape();
  for (const bytes of [8, 16, 64, 512])
    for (const pointers of [true, false])
      for (let k = 0; k < 2 * (PAGE / bytes); k++) {
        const object = shape.object(bytes);
        if (pointers) shape.point(object, bytes - pointerBytes, object);
      }
  return shape;
}

test.each(VERSIONS)('pages that are full, Go %j', async (version) => {
  for (const architecture of ARCHITECTURES) {
    const on = platform(version, architecture);
    await expectSameGraph(fullPages(on), on, {}, 65_536);
  }
});

async function expectSameGraph(shape: Shape, on: Platform, options: BuildOptions, windowBytes: number): Promise<void> {
  const built = buildDump(shape, on, options);
  const graph = await readHeapGraph(new ArraySource(built.bytes), { account: new MemoryAccount(), windowBytes });
  expect(graph.records.issue).toBeNull();
  expect(graph.records.notes).toEqual([]);
  expect({
    objects: graph.objectCount,
    bytes: graph.heapBytes,
    phantoms: graph.phantomRecords,
    phantomBytes: graph.phantomBytes,
  }).toEqual({
    objects: built.heapObjects,
    bytes: built.heapBytes,
    phantoms: built.phantomRecords,
    phantomBytes: built.phantomBytes,
  });
  const ids = new Map([...built.order].map((object, k) => [object, k + 1]));
  expectSameObjects(graph, built);
  expect(referencesOf(graph)).toEqual([...built.order].map((object) => expectedReferences(shape, object, ids)));
  const expected = expectedRoots(shape, built, ids);
  const { strongCount, count } = graph.roots;
  expect(rootsOf(graph, 0, strongCount)).toEqual(expected.strong.sort(byAllColumns));
  expect(rootsOf(graph, strongCount, count)).toEqual(expected.weak.sort(byAllColumns));
}

function expectSameObjects(graph: HeapGraph, built: Built): void {
  const { slotAddress, shapeId, shapes } = graph;
  const found = [...built.order].map((_, k) => [
    slotAddress[k + 1],
    valueAddress(graph, k + 1),
    shapes.slotSize[shapeId[k + 1]],
  ]);
  expect(found).toEqual(
    [...built.order].map((object) => [built.slotAddress(object), built.valueAddress(object), built.slotBytes(object)]),
  );
}

function referencesOf(graph: HeapGraph): number[][] {
  const { referenceStart, referenceTarget } = graph;
  return Array.from({ length: graph.objectCount }, (_, k) =>
    Array.from(referenceTarget.subarray(referenceStart[k + 1], referenceStart[k + 2])),
  );
}

/** Objects that an object's words lead to, by ascending offset. */
function expectedReferences(shape: Shape, from: ObjectId, ids: Map<ObjectId, number>): number[] {
  const words: { offset: number; target: number }[] = [];
  for (let word = shape.lastWord.values[from]; word !== NONE; word = shape.previousWord.values[word]) {
    const id = ids.get(shape.wordTarget.values[word]);
    if (id !== undefined) words.push({ offset: shape.wordOffset.values[word], target: id });
  }
  return words.sort((a, b) => a.offset - b.offset).map((word) => word.target);
}

function rootsOf(graph: HeapGraph, from: number, to: number): Root[] {
  const { kind, target, targetOffset, owner, offset } = graph.roots;
  const roots = Array.from({ length: to - from }, (_, k): Root => {
    const root = from + k;
    return [kind[root], target[root], targetOffset[root], owner[root], offset[root]];
  });
  return roots.sort(byAllColumns);
}

function byAllColumns(a: Root, b: Root): number {
  const k = a.findIndex((value, column) => value !== b[column]);
  return k < 0 ? 0 : a[k] - b[k];
}

/** What the shape says about roots, by the rules of the format. */
function expectedRoots(shape: Shape, built: Built, ids: Map<ObjectId, number>): { strong: Root[]; weak: Root[] } {
  const strong: Root[] = [];
  const weak: Root[] = [];
  const add: AddRoot = (isStrong, kind, target, owner, offset) => {
    const place = typeof target === 'number' ? { object: target, offset: 0 } : target;
    if (place === null || !('object' in place)) return;
    const header = built.valueAddress(place.object) - built.slotAddress(place.object);
    (isStrong ? strong : weak).push([kind, ids.get(place.object)!, header + place.offset, owner, offset]);
  };
  for (const { offset, target } of shape.data) add(true, ROOT.data, target, 0, offset);
  for (const { offset, target } of shape.bss) add(true, ROOT.bss, target, 0, offset);
  addGoroutines(shape, add);
  addFinalizers(shape, add);
  return { strong, weak };
}

type AddRoot = (isStrong: boolean, kind: number, target: Target | null, owner: number, offset: number) => void;

function addGoroutines(shape: Shape, add: AddRoot): void {
  let frames = 0;
  shape.goroutines.forEach(({ options, frames: stack, deferred, panics }, owner) => {
    const part = (part: number, target: Target | null): void => add(true, ROOT.goroutine, target, owner, part);
    part(ROOT_PART.descriptor, options.descriptor);
    part(ROOT_PART.context, options.context);
    for (const { record, closure } of deferred) {
      part(ROOT_PART.deferRecord, record);
      part(ROOT_PART.deferFunction, closure);
    }
    for (const { record, value } of panics) {
      part(ROOT_PART.panicRecord, record);
      part(ROOT_PART.panicValue, value);
    }
    for (const { words, dead } of stack) {
      for (const { offset, target, listed } of words) add(listed && !dead, ROOT.stack, target, frames, offset);
      frames++;
    }
  });
}

function addFinalizers(shape: Shape, add: AddRoot): void {
  const inFileOrder = [...shape.finalizers].sort((a, b) => Number(a.queued) - Number(b.queued));
  inFileOrder.forEach(({ object, closure, queued }, owner) => {
    add(true, ROOT.finalizer, closure, owner, ROOT_PART.finalizerFunction);
    if (queued) add(true, ROOT.finalizer, object, owner, ROOT_PART.finalizerObject);
    if (typeof object !== 'number') return;
    for (let word = shape.lastWord.values[object]; word !== NONE; word = shape.previousWord.values[word]) {
      const target = { object: shape.wordTarget.values[word], offset: shape.wordPlace.values[word] };
      if (target.object !== NONE) add(true, ROOT.finalizer, target, owner, ROOT_PART.finalizerReference);
    }
  });
}
