/** Golden answers are there to be reviewed: no line that nobody reads to its end, no file that nobody reads through. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { LINE } from './text';

const ANSWERS = fileURLToPath(new URL('answers', import.meta.url));

const FILES = readdirSync(ANSWERS, { recursive: true, encoding: 'utf8' }).filter((file) => /\.\w+$/.test(file));

test.each(FILES)('%s', (file) => {
  const lines = readFileSync(join(ANSWERS, file), 'utf8').split('\n');
  expect(lines.filter((line) => line.length > LINE)).toEqual([]);
  expect(lines.length).toBeLessThanOrEqual(300);
});
