import { describe, expect, it } from 'vitest';
import { readAvoid } from '../../../src/cli/avoid';
import { UsageError } from '../../../src/cli/exit';
import { countOrAll, readAddress, readFilters, readSort, wholeNumber } from '../../../src/cli/options';

describe('addresses', () => {
  it.each([
    ['0xc000123456', '0xc000123456'],
    ['0XC000ABCDEF', '0xc000abcdef'],
    ['0x0000c000', '0xc000'],
    ['0x0', '0x0'],
    ['0xffffffffffffffff', '0xffffffffffffffff'],
  ])('%s', (text, expected) => {
    expect(readAddress(text)).toBe(expected);
  });

  it.each(['c000123456', '0x', '0xg', '12', '', '0x10000000000000000', '0x12 '])('“%s” is refused', (text) => {
    expect(() => readAddress(text)).toThrow(UsageError);
  });
});

describe('numbers', () => {
  it('are whole or “all”', () => {
    expect(countOrAll('all')).toBe(Infinity);
    expect(countOrAll('17')).toBe(17);
    for (const text of ['-1', '1.5', 'many', '', '1e3']) expect(() => wholeNumber(text)).toThrow('whole number');
  });
});

describe('sorting', () => {
  const columns = ['id', 'retained', 'class'] as const;

  it('puts the largest amounts and the first names on top', () => {
    expect(readSort(undefined, columns, 'retained')).toEqual({ column: 'retained', descending: true });
    expect(readSort('class', columns, 'retained')).toEqual({ column: 'class', descending: false });
    expect(readSort('retained:asc', columns, 'id')).toEqual({ column: 'retained', descending: false });
    expect(readSort('id:desc', columns, 'id')).toEqual({ column: 'id', descending: true });
  });

  it('knows its columns', () => {
    expect(() => readSort('size', columns, 'id')).toThrow('no column “size”; there are id, retained, class');
    expect(() => readSort('id:up', columns, 'id')).toThrow('asc or desc');
  });
});

describe('filters', () => {
  it('join what is said of one column', () => {
    expect(readFilters(['size=>1MB', 'size=<2MB', 'held=none'], ['size', 'held'])).toEqual({
      size: '>1MB <2MB',
      held: 'none',
    });
    expect(readFilters(['type=/a=b/'], ['type'])).toEqual({ type: '/a=b/' });
  });

  it.each(['size', '=5', 'colour=red'])('“%s” is refused with the columns named', (text) => {
    expect(() => readFilters([text], ['size', 'held'])).toThrow('columns are size, held');
  });
});

describe('--avoid', () => {
  it('reads objects, references, kinds and single roots', () => {
    expect(readAvoid(['0xC000010000, stack', '0xc1>0xc2 root:0x57E280', 'finalizer'])).toEqual({
      objects: ['0xc000010000'],
      references: [{ from: '0xc1', to: '0xc2' }],
      roots: ['stack', '0x57e280', 'finalizer'],
      types: [],
      fields: [],
      rootKinds: [],
    });
  });

  it('reads types, fields and variables, each alone in its option, with their blanks and commas', () => {
    expect(readAvoid(['type:map[string, int]', 'field: main.Node .parent', 'kind:main.serve: req', 'bss'])).toEqual({
      objects: [],
      references: [],
      roots: ['bss'],
      types: ['map[string, int]'],
      fields: ['main.Node .parent'],
      rootKinds: ['main.serve: req'],
    });
    const nothing = { objects: [], references: [], roots: [], types: [], fields: [], rootKinds: [] };
    expect(readAvoid([])).toEqual(nothing);
  });

  it.each(['heap', '0x1>0x2>0x3', 'root:', 'stack>0x1', '0x1>'])('“%s” is refused', (query) => {
    expect(() => readAvoid([query])).toThrow(UsageError);
  });
});
