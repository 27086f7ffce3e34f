// The grammar of filters as a table: what a person types, and what must hold for a row.
import { describe, expect, test } from 'vitest';
import { predicateOf } from '../../../workers/session/list/filter';
import { addressColumn, bytesColumn, countColumn, numbered, ownTextColumn } from '../../../workers/session/list/table';

const HEAP_BYTES = 10_000;
const ROWS = [
  { address: 0xc000010000, type: 'main.Node', size: 48, distance: 1 },
  { address: 0xc000010040, type: 'main.(*Server) with space', size: 1000, distance: 12 },
  { address: 0xc0000200a0, type: '', size: 1024, distance: NaN },
  { address: 0xc000030000, type: 'Map[a/b]', size: 2_000_000, distance: 3 },
];
const table = numbered('rows', ROWS.length, {
  address: addressColumn((row) => ROWS[row].address),
  type: ownTextColumn(ROWS.length, (row) => ROWS[row].type),
  size: bytesColumn((row) => ROWS[row].size),
  distance: countColumn((row) => ROWS[row].distance),
});
type Key = keyof typeof table.columns;

function rowsFor(filters: Partial<Record<Key, string>>): number[] {
  const predicate = predicateOf(table, filters, HEAP_BYTES);
  return [0, 1, 2, 3].filter((row) => !predicate || predicate(row));
}

describe('what a field keeps', () => {
  test.each<[Key, string, number[]]>([
    ['type', 'main', [0, 1]],
    ['type', 'MAIN', [0, 1]],
    ['type', '  ', [0, 1, 2, 3]],
    ['type', 'main node', [0]],
    ['type', 'with space', [1]],
    ['type', 'space with', [1]],
    ['type', '"space with"', []],
    ['type', '"with space"', [1]],
    ['type', '/^main\\.[A-Z]/', [0]],
    ['type', '/with space/', [1]],
    ['type', '/NODE$/ main', [0]],
    ['type', 'a/b', [3]],
    ['type', '<-chan', []],
    ['type', '/a\\/b/', [3]],
    ['type', '>1MB', []],
    ['type', 'none', [2]],
    ['size', '=48', [0]],
    ['size', '48', [0]],
    ['size', '48B', [0]],
    ['size', '>1000', [2, 3]],
    ['size', '>=1000', [1, 2, 3]],
    ['size', '>1kB', [2, 3]],
    ['size', '>=1KiB', [2, 3]],
    ['size', '<1k', [0]],
    ['size', '<=1k', [0, 1]],
    ['size', '1KiB..2MB', [2, 3]],
    ['size', '.5KiB..1000', [1]],
    ['size', '1%..11%', [1, 2]],
    ['size', '>10%', [2, 3]],
    ['size', '>48 <2000', [1, 2]],
    ['size', '2..1', []],
    ['distance', '1..3', [0, 3]],
    ['distance', '12', [1]],
    ['distance', 'none', [2]],
    ['distance', '>0', [0, 1, 3]],
    ['address', 'c00001', [0, 1]],
    ['address', '0xC00001', [0, 1]],
    ['address', '/0000$/', [0, 3]],
    ['address', '>=0xc000020000', [2, 3]],
    ['address', '0xc000010001..0xc0000200a0', [1, 2]],
  ])('%s: %s', (column, text, rows) => {
    expect(rowsFor({ [column]: text })).toEqual(rows);
  });

  test('conditions on several columns must all hold', () => {
    expect(rowsFor({ type: 'main', size: '>48' })).toEqual([1]);
    expect(predicateOf(table, {}, HEAP_BYTES)).toBeNull();
    expect(predicateOf(table, undefined, HEAP_BYTES)).toBeNull();
  });
});

describe('what cannot be read is told in a sentence', () => {
  test.each<[Key, string, string]>([
    [
      'size',
      'big',
      'The filter of column “size” cannot be read at “big”, character 1: expected a size like 48, 1KiB, 2MB or 5%',
    ],
    [
      'size',
      '>',
      'The filter of column “size” cannot be read at “>”, character 1: expected a size like 48, 1KiB, 2MB or 5%',
    ],
    [
      'size',
      '>1XB',
      'The filter of column “size” cannot be read at “1XB”, character 2: expected a size like 48, 1KiB, 2MB or 5%',
    ],
    [
      'size',
      '1..big',
      'The filter of column “size” cannot be read at “big”, character 4: expected a size like 48, 1KiB, 2MB or 5%',
    ],
    [
      'size',
      '-3',
      'The filter of column “size” cannot be read at “-3”, character 1: expected a size like 48, 1KiB, 2MB or 5%',
    ],
    [
      'distance',
      '5%',
      'The filter of column “distance” cannot be read at “5%”, character 1: expected a number like 48 or 10k',
    ],
    [
      'distance',
      '5KB',
      'The filter of column “distance” cannot be read at “5KB”, character 1: expected a number like 48 or 10k',
    ],
    [
      'address',
      '>big',
      'The filter of column “address” cannot be read at “big”, character 2: expected an address like 0xc000123456',
    ],
    [
      'type',
      'main =="X"',
      'The filter of column “type” cannot be read at “==”, character 6: text has no operators; write X, "X" or /^X$/',
    ],
    [
      'type',
      '!=',
      'The filter of column “type” cannot be read at “!=”, character 1: text has no operators; write text, "text" or /^text$/',
    ],
    [
      'type',
      '"open',
      'The filter of column “type” cannot be read at “"open”, character 1: its quotation mark is not closed',
    ],
  ])('%s: %s', (column, text, message) => {
    expect(() => rowsFor({ [column]: text })).toThrow(expect.objectContaining({ name: 'BadRequest', message }));
  });

  test('a regular expression that is none', () => {
    const error: unknown = expect.objectContaining({
      name: 'BadRequest',
      message: expect.stringContaining('“/(/”') as string,
    });
    expect(() => rowsFor({ type: '/(/' })).toThrow(error);
  });

  test('an unknown column, and names that every object has', () => {
    const message = 'The list of rows has no column “colour”; its columns are address, type, size, distance';
    const filters: Record<string, string> = { colour: 'red' };
    expect(() => rowsFor(filters)).toThrow(expect.objectContaining({ name: 'BadRequest', message }));
    const inherited: Record<string, string> = { constructor: 'x' };
    expect(() => rowsFor(inherited)).toThrow(expect.objectContaining({ name: 'BadRequest' }));
  });
});
