/** Every command in the documents is one that the program takes: run on a dump of the fixtures, with addresses and numbers that it has. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnalysisSession } from '../../../workers/api';
import { createDirectSession } from '../../../workers/hosts/direct';
import { heapknot } from './harness';

const project = (name: string) => fileURLToPath(new URL(`../../../${name}`, import.meta.url));

const DUMP = project('fixtures/dumps/go1.27.4/poolcycle.heap');
const POOL = '0x78cbb508120';

/** They start a server, a window or a shell: here only their options are held against the program's. */
const STARTS = new Set(['serve', 'open', 'completions']);

const DOCUMENTS = ['README.md', 'docs/command-line.md', 'docs/findings.md', 'docs/guide.md'];

/** Lines of code blocks and words in backquotes that call the program. */
const COMMANDS = DOCUMENTS.flatMap((document) => {
  const text = readFileSync(project(document), 'utf8');
  const lines = [...text.matchAll(/^(?: {4})?(?:node bin\/heapknot\.mjs|heapknot) .+$/gm)].map(([line]) => line);
  const quoted = [...text.matchAll(/`(heapknot [a-z-]+ [^`]*\.heap[^`]*)`/g)].map(([, line]) => line);
  return [...lines, ...quoted].map((line): [string, string] => [document, line.replace(/\s+#.*$/, '').trim()]);
});

/** The words of one line, up to the first pipe or redirection: the other end of a pipe is a shell's matter. */
function wordsOf(line: string): string[] {
  const [own] = line.replace(/^(node bin\/heapknot\.mjs|heapknot) /, '').split(/ [|>] /);
  return [...own.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted || plain);
}

/** The same words with what the dump of the fixtures has; the examples' executable and file of names are not there. */
function onFixture(words: string[]): string[] {
  const [command] = words;
  return words
    .map((word) => (word.endsWith('.heap') ? DUMP : word.replaceAll(/0x[0-9a-f]+/g, POOL)))
    .filter((word, i) => word !== '--exe' && words[i - 1] !== '--exe')
    .concat(command === 'name-report' ? [] : ['--no-exe']);
}

const NAMES = '{"schema":"heapknot/given-names/1","names":{}}';

let session: AnalysisSession;
beforeAll(() => {
  session = createDirectSession();
});
afterAll(() => session.close());

test('the documents have commands', () => {
  expect(COMMANDS.length).toBeGreaterThan(10);
});

describe.each(COMMANDS)('%s: %s', (_, line) => {
  const words = wordsOf(line);
  test.runIf(STARTS.has(words[0]))('has the options that it is given', async () => {
    const { out } = await heapknot([words[0], '--help']);
    for (const option of words.filter((word) => word.startsWith('--'))) expect(out).toContain(option);
  });

  test.runIf(!STARTS.has(words[0]))('answers', async () => {
    const run = await heapknot([...onFixture(words), '--quiet'], { session, texts: { 'names.json': NAMES } });
    // 1: nothing found, or findings where `--fail-on` asks for that; 2 would be a command that is not understood.
    expect(run.err.replace(/^heapknot: No .*\n/, ''), line).toBe('');
    expect(run.code, line).toBeLessThanOrEqual(1);
  });
});
