/** Values on a stack are what a live variable of it points at. */
import { beforeEach, describe, expect, test } from 'vitest';
import { runtimeLayout } from '../../../workers/go/runtime-layout';
import { readGoVersion } from '../../../workers/go/version';
import type { FrameRecord } from '../../../workers/dump/records';
import { SegmentMemory } from '../../../workers/graph/contents/segment-memory';
import { KIND } from '../../../workers/go/type-kinds';
import { variableHolding, type FrameVariable } from '../../../workers/naming/executable/frame-variables';
import type { GlobalVariable } from '../../../workers/naming/executable/package-variables';
import { StackValues } from '../../../workers/naming/steps/stack-values';
import { madeType, type GoType } from '../../../workers/naming/types/go-type';
import { KnownTypes } from '../../../workers/naming/types/known-types';
import { TypeSpace } from '../../../workers/naming/types/type-space';

const types = new TypeSpace(null, null, 0, 8, []);
const known = new KnownTypes(types, runtimeLayout(readGoVersion('go1.24'), { pointerBytes: 8, bigEndian: false }));
const BASE = 0xc000100000;

const word = (name: string, kind: number, size = 8): GoType =>
  types.make(name, () => madeType({ name, size, kind, mask: Uint32Array.of(0) }));
const hub = types.make('main.Hub', () =>
  madeType({
    name: 'main.Hub',
    size: 24,
    mask: Uint32Array.of(0, 16),
    fields: [
      { name: 'next', offset: 0, type: word('*main.Hub', KIND.pointer) },
      { name: 'conns', offset: 16, type: word('*main.Conn', KIND.pointer) },
    ],
  }),
);

function variable(name: string, type: GoType): GlobalVariable {
  return { name, address: 0, size: type.size, type, count: 1, role: 'variable' };
}

function frame(at: number, bytes: number): { frame: FrameRecord; memory: SegmentMemory } {
  const record: FrameRecord = {
    ...{ address: BASE + at, bytes, contentsAt: 0, pointerOffsets: new Uint32Array(0), goroutine: 0, depth: 0 },
    ...{ calleeSp: 0, entryPc: 0, pc: 0, continuationPc: 0, function: 'main.main' },
  };
  return { frame: record, memory: new SegmentMemory(new Uint8Array(bytes), true, 8) };
}

let values: StackValues;
beforeEach(() => {
  values = new StackValues(known);
  values.enter([frame(0, 64), frame(64, 128)]);
});

const names = (): string[] =>
  values.found.map(({ name, address, count, role }) => `${role} ${count} ${name} ${address - BASE}`);

describe('a value on a stack', () => {
  test('has the name of the variable that points at it, and of fields on the way', () => {
    values.follow(variable('main.main: h', word('*main.Hub', KIND.pointer)));
    values.tell(BASE + 80, hub, 1, 0);
    const taken = values.take();
    expect(taken?.position).toBe(16);
    values.follow(taken!.owner);
    values.tell(BASE + 8, hub, 1, 0);
    expect(names()).toEqual(['pointee 1 main.main: h 80', 'pointee 1 main.main: h.next 8']);
  });

  test('of a slice has elements', () => {
    values.follow(variable('main.main: list', word('[]main.Hub', KIND.slice, 24)));
    values.tell(BASE + 64, hub, 3, 0);
    expect(names()).toEqual(['elements 3 main.main: list 64']);
  });

  test('is taken once, and only where it lies in a frame as a whole', () => {
    values.follow(variable('main.main: h', word('*main.Hub', KIND.pointer)));
    for (const at of [80, 80, 48, 176, 192, -8]) values.tell(BASE + at, hub, 1, 0);
    expect(names()).toEqual(['pointee 1 main.main: h 80']);
  });

  test('is none where no variable of a frame leads to it', () => {
    values.tell(BASE + 80, hub, 1, 0);
    values.follow(variable('main.main: n', word('*int', KIND.pointer)));
    values.tell(BASE + 80, { ...hub, mask: new Uint32Array(0) }, 1, 0);
    expect(names()).toEqual([]);
    expect(values.take()).toBeUndefined();
  });
});

test('a byte of a frame belongs to the variable whose piece holds it', () => {
  const slice = word('[]main.Hub', KIND.slice, 24);
  const all: FrameVariable[] = [
    { name: 'h', type: hub, pieces: [{ kind: 'frame', at: -24, from: 0, bytes: null }] },
    { name: 'rest', type: slice, pieces: [{ kind: 'frame', at: 8, from: 16, bytes: 8 }] },
  ];
  const at = (offset: number): string => {
    const found = variableHolding(all, offset);
    return found ? `${found.variable.name}+${found.inside}` : 'nothing';
  };
  expect([-24, -1, 0, 8, 15, 16].map(at)).toEqual(['h+0', 'h+23', 'nothing', 'rest+16', 'rest+23', 'nothing']);
});
