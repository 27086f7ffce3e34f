import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount } from '../../../workers/lib/format';
import { printable, shorten, textWidth } from '../../../workers/report/text';

describe('figures', () => {
  it.each([
    [0, '0 B'],
    [1023, '1,023 B'],
    [1024, '1.0 KiB'],
    [1024 * 1024 - 1, '1.0 MiB'],
    [18.3 * 2 ** 20, '18.3 MiB'],
    [2 ** 53, '8.0 PiB'],
  ])('%d bytes read %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it('separates thousands', () =>
    expect([0, 999, 1000, 1234567].map(formatCount)).toEqual(['0', '999', '1,000', '1,234,567']));
});

describe('shortening a name', () => {
  it('drops the path of the package first, then the middle', () => {
    const name = 'example.com/service/http.(*Server).Serve.func2';
    expect(shorten(name, 60)).toBe(name);
    expect(shorten(name, 30)).toBe('http.(*Server).Serve.func2');
    expect(shorten(name, 12)).toBe('http.(…func2');
  });

  it('never cuts a character in half', () => expect(shorten('🧶'.repeat(20), 5)).toBe('🧶🧶…🧶🧶'));
});

it('replaces what cannot be shown or would turn the text around', () => {
  expect(printable('a\u0000b\u202Ec\ud800d\ne')).toBe('a\uFFFDb\uFFFDc\uFFFDd\uFFFDe');
  expect(printable('plain → 類型 🧶')).toBe('plain → 類型 🧶');
});

it('measures mono text by its characters', () => {
  expect(textWidth('0123456789', 'mono', 10)).toBeCloseTo(60.2);
  expect(textWidth('iiii', 'sans', 10)).toBeLessThan(textWidth('WWWW', 'sans', 10));
});
