import { describe, expect, test } from 'vitest';
import {
  exactBytes,
  formatBytes,
  formatCount,
  formatDuration,
  waitedWords,
  formatOffset,
  formatShare,
  counted,
} from '../../src/renderer/ui/format';

describe('sizes', () => {
  test.each([
    [0, '0 B'],
    [1023, '1,023 B'],
    [1024, '1.0 KiB'],
    [28 * 1024, '28.0 KiB'],
    [1024 * 1024 - 1, '1.0 MiB'],
    [19_188_940, '18.3 MiB'],
    [2 ** 30 - 1, '1.0 GiB'],
    [2 ** 53, '8.0 PiB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  test('the exact bytes are grouped', () => {
    expect(exactBytes(19_188_940)).toBe('19,188,940 bytes');
    expect(exactBytes(1)).toBe('1 byte');
  });
});

describe('shares', () => {
  test.each([
    [0, 10, '0 %'],
    [1, 3, '33.3 %'],
    [987, 1000, '98.7 %'],
    [1, 1_000_000, '< 0.1 %'],
    [999_999, 1_000_000, '> 99.9 %'],
    [10, 10, '100 %'],
    [0, 0, '–'],
  ])('%d of %d is %s', (part, whole, text) => {
    expect(formatShare(part, whole)).toBe(text);
  });
});

test('counts, durations and offsets', () => {
  expect(formatCount(481_033)).toBe('481,033');
  expect(counted(1, 'object')).toBe('1 object');
  expect(counted(2000, 'object')).toBe('2,000 objects');
  expect([400, 9_940, 12_400, 185_000].map(formatDuration)).toEqual(['0.4 s', '9.9 s', '12 s', '3 min 5 s']);
  expect([7_860_000, 273_600_000].map(formatDuration)).toEqual(['2 h 11 min', '3 d 4 h']);
  expect([null, 1, 2_400_000, 4.8e9].map(waitedWords)).toEqual(['', '≥ 1 ms', '≥ 3 ms', '≥ 4.8 s']);
  expect([0, 16, -8].map(formatOffset)).toEqual(['+0', '+16', '−8']);
});
