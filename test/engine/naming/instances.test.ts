/** What generic code shares between instances is called by the instance that its dictionary tells, or left open. */
import { describe, expect, test } from 'vitest';
import { runtimeLayout } from '../../../workers/go/runtime-layout';
import { readGoVersion } from '../../../workers/go/version';
import { argumentsIn, Dictionaries, splitArguments } from '../../../workers/naming/executable/dictionaries';
import { Instances } from '../../../workers/naming/executable/instances';
import { isShape, withoutShapes } from '../../../workers/naming/types/bare';
import { madeType, type GoType } from '../../../workers/naming/types/go-type';
import { KnownTypes } from '../../../workers/naming/types/known-types';
import type { TypeNames } from '../../../workers/naming/types/type-names';
import { TypeSpace } from '../../../workers/naming/types/type-space';
import { executableOf, programOf } from '../../support/programs';

const types = new TypeSpace(null, null, 0, 8, []);
const known = new KnownTypes(types, runtimeLayout(readGoVersion('go1.24'), { pointerBytes: 8, bigEndian: false }));

function generic(name: string, size = 16): GoType {
  return types.make(name, () => madeType({ name, size, packagePath: 'main', mask: Uint32Array.of(0) }));
}
const listener = generic('main.Listener[go.shape.*uint8]');
const cached = generic('main.Cached[go.shape.string]');
const instances = ['main.Listener[*main.Quote]', 'main.Listener[*main.Trade]', 'main.Cached[string]'].map((name) =>
  generic(name),
);
generic('main.Cached[int]', 8);

const names: Pick<TypeNames, 'find' | 'startingWith'> = {
  find: (name) => instances.find((type) => type.name === name) ?? null,
  startingWith: (prefix) =>
    [...instances, generic('main.Cached[int]', 8)].filter((type) => type.name.startsWith(prefix)),
};

/** @param symbol arguments in the dictionary's symbol @param words types that its words lead to */
function resolver(symbol: string | null, words: GoType[] = []): Instances {
  return new Instances(names, known, { argumentsAt: () => symbol, typesAt: () => new Set(words) });
}

describe('a shape', () => {
  test('is the one instance that lies as it does, and none where there are two', () => {
    expect(resolver(null).onlyOne(cached)?.name).toBe('main.Cached[string]');
    expect(resolver(null).onlyOne(known.pointerTo(cached))?.name).toBe('*main.Cached[string]');
    expect(resolver(null).onlyOne(listener)).toBeNull();
  });

  test('is told by the name of its dictionary', () => {
    const code = 'main.Listen[go.shape.*uint8].func1';
    const told = (symbol: string): string | undefined => resolver(symbol).byDictionary(listener, code, 1, 5)?.name;
    expect(told('*main.Quote')).toBe('main.Listener[*main.Quote]');
    expect(told('*main.Trade')).toBe('main.Listener[*main.Trade]');
    expect(told('*main.Other')).toBeUndefined();
    expect(told('*main.Quote,int')).toBeUndefined();
    const twoArguments = resolver('int8,*main.Trade').byDictionary(
      listener,
      'main.F[go.shape.int,go.shape.*uint8].func2',
      1,
      5,
    );
    expect(twoArguments?.name).toBe('main.Listener[*main.Trade]');
  });

  test('is told by the types in a dictionary without a name, where they speak of one instance', () => {
    const told = (words: GoType[]): string | undefined =>
      resolver(null, words).byDictionary(listener, 'main.Listen[go.shape.*uint8].func1', 1, 5)?.name;
    expect(told([instances[1], cached])).toBe('main.Listener[*main.Trade]');
    expect(told([instances[0], instances[1]])).toBeUndefined();
    expect(told([])).toBeUndefined();
  });
});

test('names leave open what shapes do not say', () => {
  expect(withoutShapes('main.Listener[go.shape.*uint8]')).toBe('main.Listener[…]');
  expect(withoutShapes('map[string]*main.Pair[int,go.shape.struct { X []int }]')).toBe('map[string]*main.Pair[…]');
  expect(withoutShapes('[]main.A[go.shape.int]')).toBe('[]main.A[…]');
  expect(withoutShapes('main.A[int]')).toBe('main.A[int]');
  expect(isShape(listener)).toBe(true);
  expect(isShape({ ...listener, role: 'closure' })).toBe(false);
});

test('arguments are found in names of functions, methods and dictionaries', () => {
  expect(argumentsIn('main.(*Cached[go.shape.string]).reset-fm')).toBe('go.shape.string');
  expect(argumentsIn('main..dict.Pair[map[string]int,main.T[int]]')).toBe('map[string]int,main.T[int]');
  expect(argumentsIn('main.main')).toBeNull();
  expect(splitArguments('map[string]func(int, int),struct { A int }, []int')).toEqual([
    ...['map[string]func(int, int)', 'struct { A int }', '[]int'],
  ]);
});

test('the dictionaries of a program are read by symbol and by words', () => {
  const program = programOf(executableOf('go1.24/httpd'));
  const executable = { program, slide: 0x1000, dataSlide: 0x1000 };
  const dictionaries = new Dictionaries(executable, new TypeSpace(program, null, 0x1000, 8, []));
  const symbol = program.image.symbol('sync/atomic..dict.Pointer[internal/sync.entry[interface {},interface {}]]');
  expect(dictionaries.argumentsAt(symbol!.address + 0x1000)).toBe('internal/sync.entry[interface {},interface {}]');
  const trie = program.image.symbol('internal/sync..dict.HashTrieMap[interface {},interface {}]')!;
  const spoken = [...dictionaries.typesAt(trie.address + 0x1000, trie.size / 8)].map(({ name }) => name);
  expect(spoken.some((name) => name.includes('[interface {},interface {}]'))).toBe(true);
  expect(dictionaries.argumentsAt(1)).toBeNull();
});
