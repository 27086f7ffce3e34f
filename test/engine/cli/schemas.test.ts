import { describe, expect, it } from 'vitest';
import { A, doubleSession } from './double';
import { heapknot } from './harness';
import { expectAnswer, SCHEMAS } from './schemas';

describe('published schemas', () => {
  it('stand for themselves: named by command and number, with no reference to anything outside', () => {
    for (const [command, schema] of SCHEMAS) {
      const text = JSON.stringify(schema);
      expect(text).toContain(`"const":"heapknot/${command}/1"`);
      expect(text).toContain('"$schema":"https://json-schema.org/draft/2020-12/schema"');
      for (const [, target] of text.matchAll(/"\$ref":"([^"]*)"/g)) expect(target).toMatch(/^#\/\$defs\//);
    }
  });

  it.each([
    ['summary', []],
    ['cycles', []],
    ['cycles', ['--by', 'shape']],
    ['object', [A, '0x10']],
    ['path', [A]],
    ['path', ['0x10']],
    ['findings', []],
  ])('fit the answer of %s', async (command, rest) => {
    const run = await heapknot([command, 'x.heap', ...rest, '--json'], { session: doubleSession() });
    expectAnswer(command, run.out);
  });

  it('refuse what is not promised', async () => {
    const { out } = await heapknot(['path', 'x.heap', A, '--json'], { session: doubleSession() });
    const broken = [
      out.replace('"weak"', '"weakly"'),
      out.replace('"total": 3', '"total": "3"'),
      out.replace('"paths": [', '"note": 1, "paths": ['),
      out.replace('"total": 3,\n', '').replace('\n}\n', ',"total": 3\n}\n'),
    ];
    for (const text of broken) {
      expect(text).not.toBe(out);
      expect(() => expectAnswer('path', text)).toThrow();
    }
  });
});
