/** Which of two beliefs about an object stays, whatever comes first. */
import { expect, test } from 'vitest';
import { MemoryAccount } from '../../../workers/lib/alloc';
import { NONE } from '../../../workers/lib/none';
import { Scratch } from '../../../workers/lib/scratch';
import { runtimeLayout } from '../../../workers/go/runtime-layout';
import { readGoVersion } from '../../../workers/go/version';
import { KIND } from '../../../workers/go/type-kinds';
import { Assignments, SOURCE } from '../../../workers/naming/beliefs/assignments';
import { madeType, type GoType, type GoTypeParts } from '../../../workers/naming/types/go-type';
import { KnownTypes } from '../../../workers/naming/types/known-types';
import type { ObjectShape } from '../../../workers/naming/types/object-shapes';
import { TypeSpace } from '../../../workers/naming/types/type-space';
import { bytesOf, graphOf } from '../../support/dumps';

const P = 8;
const graph = await graphOf(bytesOf('go1.27.4/poolcycle.heap'));

/** What is believed of an object of `slotSize` bytes with these pointers, after all of `told` in their order and in the reverse one. */
function believed(shape: ObjectShape, told: readonly [GoType, number][], types: TypeSpace): string[] {
  return [told, told.toReversed()].map((order) => {
    const shapes = Array.from({ length: graph.shapes.count }, () => shape);
    const assignments = new Assignments(graph, shapes, new Scratch(new MemoryAccount()), (id) => types.byId(id));
    for (const [type, source] of order) assignments.offer(1, type, 1, source, NONE, 0);
    const type = assignments.typeOf(1);
    return `${type?.name} of ${type?.element?.element?.name ?? 'nothing'}`;
  });
}

function shapeOf(slotSize: number, valueSize: number, offsets: number[]): ObjectShape {
  return {
    slotSize,
    valueSize,
    pointers: offsets.length,
    offsets: Uint32Array.from(offsets),
    tiled: valueSize < slotSize,
  };
}

const layout = runtimeLayout(readGoVersion('go1.24'), { pointerBytes: 8, bigEndian: false });
const { maps } = layout;
if (!maps.swiss) throw new Error('Go 1.24 has maps of tables');
const swiss = maps;

function space(): {
  types: TypeSpace;
  known: KnownTypes;
  make: (parts: Partial<GoTypeParts> & { name: string }) => GoType;
} {
  const types = new TypeSpace(null, null, 0, P, []);
  const known = new KnownTypes(types, layout);
  return { types, known, make: (parts) => types.make(parts.name, () => madeType({ size: P, ...parts })) };
}

test('a directory of tables whose header says so is that of the map which points at it', () => {
  const { types, known, make } = space();
  const table = make({ name: 'internal/runtime/maps.table', size: 32, mask: Uint32Array.of(16) });
  const bare = make({
    name: '*internal/runtime/maps.table',
    kind: KIND.pointer,
    mask: Uint32Array.of(0),
    element: table,
  });
  const ofMap = known.pointerTo(known.mapTable(make({ name: 'map[string]main.Session', kind: KIND.map }), swiss));
  const directory = shapeOf(
    1152,
    1144,
    Array.from({ length: 143 }, (_, i) => i * P),
  );
  const told: [GoType, number][] = [
    [bare, SOURCE.header],
    [ofMap, SOURCE.pointer],
  ];
  expect(believed(directory, told, types)).toEqual(
    Array(2).fill('*internal/runtime/maps.table of map[string]main.Session'),
  );
  const tables: [GoType, number][] = [
    [table, SOURCE.pointer],
    [known.mapTable(ofMap, swiss), SOURCE.pointer],
  ];
  expect(believed(shapeOf(32, 32, [16]), tables, types)[0]).toBe(believed(shapeOf(32, 32, [16]), tables, types)[1]);
});

test('what generic code shares between instances gives way to the instance', () => {
  const { types, make } = space();
  const shared = make({ name: 'main.Cached[go.shape.string]', size: 64, mask: Uint32Array.of(8, 24, 48) });
  const real = make({ name: 'main.Cached[string]', size: 64, mask: Uint32Array.of(8, 24, 48) });
  const told: [GoType, number][] = [
    [shared, SOURCE.header],
    [real, SOURCE.pointer],
  ];
  expect(believed(shapeOf(64, 64, [8, 24, 48]), told, types)).toEqual(Array(2).fill('main.Cached[string] of nothing'));
});

test('a closure of generic code is no such share', () => {
  const { types, make } = space();
  const closure = make({
    name: 'closure main.Map[go.shape.int].func1',
    size: 16,
    role: 'closure',
    mask: Uint32Array.of(8),
  });
  const other = make({ name: 'main.pair', size: 16, mask: Uint32Array.of(8) });
  const told: [GoType, number][] = [
    [closure, SOURCE.closure],
    [other, SOURCE.pointer],
  ];
  expect(believed(shapeOf(16, 16, [8]), told, types)[0]).toMatch(/^closure /);
});

test('a variable of a frame goes behind a typed field; what was said of as surely and not believed is counted, once an object', () => {
  const { types, make } = space();
  const element = make({ name: '*main.Node', kind: KIND.pointer, mask: Uint32Array.of(0) });
  const file = make({ name: 'os.File', kind: KIND.struct, mask: Uint32Array.of(0) });
  const whole = make({
    name: 'main.outer',
    kind: KIND.struct,
    mask: Uint32Array.of(0),
    fields: [{ name: 'inner', offset: 0, type: file }],
  });
  const shapes = Array.from({ length: graph.shapes.count }, () => shapeOf(8, 8, [0]));
  const assignments = new Assignments(graph, shapes, new Scratch(new MemoryAccount()), (id) => types.byId(id));
  const offer = (objectId: number, type: GoType, source: number): boolean =>
    assignments.offer(objectId, type, 1, source, NONE, 0);
  for (const [first, second] of [
    [1, 2],
    [2, 1],
  ]) {
    offer(first, file, SOURCE.frame);
    offer(first, element, SOURCE.pointer);
    offer(second, element, SOURCE.pointer);
    offer(second, file, SOURCE.frame);
  }
  expect([1, 2].map((objectId) => assignments.typeOf(objectId)?.name)).toEqual(['*main.Node', '*main.Node']);
  // what is within the other, what only seems so, and what is of the same type contradict nothing
  offer(3, file, SOURCE.pointer);
  offer(3, whole, SOURCE.pointer);
  offer(4, element, SOURCE.pointer);
  offer(4, file, SOURCE.shape);
  offer(5, element, SOURCE.pointer);
  offer(5, element, SOURCE.header);
  expect(assignments.contradictions.list()).toEqual([{ believed: '*main.Node', refused: 'os.File', objects: 2 }]);
});
