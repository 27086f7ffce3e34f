/** What package variables point at in data and bss is called after them, as Go writes it. */
import { describe, expect, test } from 'vitest';
import { runtimeLayout } from '../../../workers/go/runtime-layout';
import { readGoVersion } from '../../../workers/go/version';
import { SegmentMemory } from '../../../workers/graph/contents/segment-memory';
import { KIND } from '../../../workers/go/type-kinds';
import { literalsOf } from '../../../workers/naming/executable/literals';
import {
  nameInVariable,
  nameOfVariable,
  variableAt,
  type GlobalVariable,
} from '../../../workers/naming/executable/package-variables';
import type { StaticRun } from '../../../workers/naming/executable/static-values';
import { madeType, type GoType } from '../../../workers/naming/types/go-type';
import { KnownTypes } from '../../../workers/naming/types/known-types';
import { TypeSpace } from '../../../workers/naming/types/type-space';

const P = 8;
const BASE = 0x1000;
const types = new TypeSpace(null, null, 0, P, []);
const known = new KnownTypes(types, runtimeLayout(readGoVersion('go1.24'), { pointerBytes: 8, bigEndian: false }));

/** {id int, by map, in *Registry} and friends: fields by offset. */
function struct(name: string, size: number, fields: [string, number, GoType][]): GoType {
  const made = fields.map(([field, offset, type]) => ({ name: field, offset, type }));
  return types.make(name, () => madeType({ name, size, mask: Uint32Array.of(0), fields: made }));
}
const word = (name: string, kind: number, size = P): GoType => types.make(name, () => madeType({ name, size, kind }));
const pointer = word('*main.Registry', KIND.pointer);
const slice = word('[]main.Registry', KIND.slice, 3 * P);
const any = word('interface {}', KIND.interface, 2 * P);
const integer = word('int', KIND.int);
const registry = struct('main.Registry', 16, [
  ['id', 0, integer],
  ['in', P, pointer],
]);

interface Sketch {
  /** address in the segment → what a pointer there leads to, in the segment too */
  words: Record<number, number>;
  variables: [string, number, GoType | null, number][];
  runs: [number, GoType, number][];
}

/** Names of addresses, by what a segment of 256 bytes holds. */
function namer({ words, variables, runs }: Sketch): { name: (at: number) => string; globals: GlobalVariable[] } {
  const bytes = new Uint8Array(256);
  const view = new DataView(bytes.buffer);
  for (const [at, to] of Object.entries(words)) view.setUint32(Number(at), BASE + to, true);
  const segment = {
    address: BASE,
    bytes: 256,
    contentsAt: 0,
    pointerOffsets: Uint32Array.from(Object.keys(words), Number),
  };
  const named = variables.map(([name, at, type, size]): GlobalVariable => ({
    name,
    address: BASE + at,
    size,
    type,
    count: 1,
    role: 'variable',
  }));
  const told = new Map(runs.map(([at, type, count]): [number, StaticRun] => [BASE + at, { type, count }]));
  const memory = new SegmentMemory(bytes, true, P);
  const all = [...named, ...literalsOf([{ name: 'data', segment, memory }], named, told, known)];
  const globals = all.sort((a, b) => a.address - b.address);
  const name = (at: number): string => {
    const found = variableAt(globals, BASE + at);
    return found ? nameInVariable(found, BASE + at, known) : 'nothing';
  };
  return { name, globals };
}

describe('a value that only a pointer names', () => {
  test('is called after its variable, literals in literals too', () => {
    const { name, globals } = namer({
      words: { 0: 64, 72: 128 },
      variables: [['main.outer', 0, pointer, P]],
      runs: [
        [64, registry, 1],
        [128, registry, 1],
      ],
    });
    expect([0, 64, 72, 128, 136].map(name)).toEqual([
      ...['main.outer', 'main.outer.id', 'main.outer.in', 'main.outer.in.id', 'main.outer.in.in'],
    ]);
    expect(globals.map(nameOfVariable)).toEqual(['main.outer', '*main.outer', '*main.outer.in']);
  });

  test('has an index behind a slice, be it of one', () => {
    const several = namer({ words: { 0: 64 }, variables: [['main.all', 0, slice, 24]], runs: [[64, registry, 3]] });
    expect([64, 96, 104].map(several.name)).toEqual(['main.all[0].id', 'main.all[2].id', 'main.all[2].in']);
    const one = namer({ words: { 0: 64 }, variables: [['main.all', 0, slice, 24]], runs: [[64, registry, 1]] });
    expect(one.name(72)).toBe('main.all[0].in');
  });

  test('is what the variable points at where it has no fields', () => {
    const { name } = namer({ words: { 8: 64 }, variables: [['main.v', 0, any, 16]], runs: [[64, slice, 1]] });
    expect(name(64)).toBe('*main.v');
  });

  test('has an offset where nothing tells its type, up to the next value', () => {
    const { name } = namer({
      words: { 0: 64, 8: 96 },
      variables: [
        ['a.jm', 0, null, P],
        ['a.other', 8, null, P],
        ['a.last', 128, null, P],
      ],
      runs: [],
    });
    expect([64, 88, 96, 120, 128].map(name)).toEqual(['*a.jm', '*a.jm+0x18', '*a.other', '*a.other+0x18', 'a.last']);
  });

  test('is told by type and place where no variable leads to it, and not at all where neither is known', () => {
    const { name } = namer({ words: { 40: 80 }, variables: [], runs: [[64, registry, 1]] });
    expect([72, 80].map(name)).toEqual(['(main.Registry at data+0x40).in', 'nothing']);
  });

  test('does not reach over a variable, however large its type is said to be', () => {
    const { name } = namer({
      words: { 0: 64 },
      variables: [
        ['main.p', 0, pointer, P],
        ['main.q', 72, integer, P],
      ],
      runs: [[64, registry, 1]],
    });
    expect([64, 72, 80].map(name)).toEqual(['*main.p', 'main.q', 'nothing']);
  });

  test('that leads to itself has a name all the same', () => {
    const { name } = namer({
      words: { 0: 64, 72: 64, 104: 96, 120: 112 },
      variables: [['main.ring', 0, pointer, P]],
      runs: [
        [64, registry, 1],
        [96, registry, 1],
      ],
    });
    expect([72, 104].map(name)).toEqual(['main.ring.in', '(main.Registry at data+0x60).in']);
  });
});
