// Texts from a dump in Markdown: nothing of them is markup.
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { asCellCode, asCode, asGoBlock, asTable, asText } from '../../../workers/report/markdown';

test('text is one line and has no markup', () => {
  expect(asText('[]*main.T | map[string]<-chan int_x & `#12` ~v~\n@team')).toBe(
    '\\[\\]\\*main.T \\| map\\[string\\]&lt;-chan int\\_x &amp; \\`\\#12\\` \\~v\\~ @<!-- -->team',
  );
  expect(asText('- not a list')).toBe('\\- not a list');
  expect(asText('1. not a list')).toBe('1\\. not a list');
});

test('code keeps its backticks, in tables its bars', () => {
  expect(asCode('main.T')).toBe('`main.T`');
  expect(asCode('a`b')).toBe('``a`b``');
  expect(asCode('`a``b`')).toBe('``` `a``b` ```');
  expect(asCellCode('a|b')).toBe('`a\\|b`');
});

test('a block of code is fenced by more backticks than it has', () => {
  expect(asGoBlock('x := 1\n')).toBe('```go\nx := 1\n```');
  expect(asGoBlock('// ````')).toBe('`````go\n// ````\n`````');
});

test('whatever the text, a row of a table has its cells', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      const row = asTable(['A', 'B'], [false, true], [[asText(a), asCellCode(b)]]).split('\n');
      expect(row).toHaveLength(3);
      // a bar after an even number of backslashes ends a cell
      expect(row[2].match(/(?<!\\)(\\\\)*\|/g)).toHaveLength(3);
    }),
  );
});
