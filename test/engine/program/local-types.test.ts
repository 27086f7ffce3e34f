/** Types of one name are told apart by the function that declares them, and by their packages where the runtime prints the same. */
import { describe, expect, test } from 'vitest';
import { driveWith, finish } from '../../../workers/lib/work';
import { scanCode } from '../../../workers/program/code-scan';
import { localTypeNames } from '../../../workers/program/local-types';
import type { RuntimeType } from '../../../workers/program/runtime-types';
import { KIND } from '../../../workers/go/type-kinds';
import { TypeSpace } from '../../../workers/naming/types/type-space';
import { executableOf, programOf } from '../../support/programs';

function named(address: number, text: string, hash = address): RuntimeType {
  return {
    ...{ address, text, hash, packagePath: 'example.org/main', named: true, kind: KIND.struct, size: 8 },
    ...{ pointerBytes: 0, direct: false, element: 0, key: 0, bucket: 0, length: 0, fields: [], parameters: [] },
    ...{ results: [], variadic: false, descriptorBytes: 80, gcData: 0, derivedMask: false },
  };
}

/** Names of types; the function at a pc is called as the pc's text in `functions`. */
function namesOf(all: RuntimeType[], loads: Record<number, number[]>, functions: Record<number, string>): string[] {
  const loadedAt = new Map(Object.entries(loads).map(([address, pcs]) => [Number(address), pcs]));
  const lines = (pc: number) => [{ function: functions[pc], file: '', line: 0 }];
  const types = {
    *scan() {
      yield* all;
    },
    at: () => null,
  };
  return [...finish(localTypeNames(types, { lines }, loadedAt))].map(([address, name]) => `${address} ${name}`).sort();
}

describe('types that print the same', () => {
  const two = [named(1, 'main.item'), named(2, 'main.item')];

  test('are called after the functions that use them, closures counted to theirs', () => {
    const functions = { 10: 'main.first', 11: 'main.first.func1', 20: 'main.(*T).second.func2.1-range1' };
    expect(namesOf(two, { 1: [10, 11], 2: [20] }, functions)).toEqual(['1 main.first.item', '2 main.(*T).second.item']);
  });

  test('keep their name where several functions use it: that is the type of the package', () => {
    const functions = { 10: 'main.first', 20: 'main.second', 21: 'main.third' };
    expect(namesOf(two, { 1: [10], 2: [20, 21] }, functions)).toEqual(['1 main.first.item', '2 example.org/main.item']);
  });

  test('are numbered where nothing tells, and where one function declares both', () => {
    expect(namesOf(two, {}, {})).toEqual(['1 example.org/main.item·1', '2 example.org/main.item·2']);
    expect(namesOf(two, { 1: [10], 2: [10] }, { 10: 'main.f' })).toEqual(['1 main.f.item·1', '2 main.f.item·2']);
  });

  test('are one where their hash is: a descriptor may stand twice', () => {
    expect(namesOf([named(1, 'main.item', 7), named(2, 'main.item', 7)], {}, {})).toEqual([]);
  });
});

test('no type of a program without such types is renamed', async () => {
  const { image, module, functions, types, version } = programOf(executableOf('go1.24/mix'));
  const scanned = { image, module: module!, functions, types: types!, version };
  const hints = await driveWith(() => undefined, scanCode(scanned));
  expect(hints.loadedAt.size).toBeGreaterThan(300);
  expect(finish(localTypeNames(types!, functions, hints.loadedAt)).size).toBe(0);
});

test('unnamed types of packages of one name are printed with their whole paths, others as the runtime does', () => {
  const types = new TypeSpace(programOf(executableOf('go1.24/httpd')), null, 0, 8, []);
  finish(types.readAll());
  const shown = types.runtimeTypes().map((type) => type.shown);
  expect(shown).toContain('map[string]*text/template.Template');
  expect(shown).toContain('map.group[string]*html/template.Template');
  expect(shown).toContain('map[string]*html/template.Template');
  expect(shown).toContain('func(http.ResponseWriter, *http.Request)');
  expect(types.runtimeTypes().map((type) => type.printed)).toContain('map[string]*template.Template');
});
