// What Go does per version stands in workers/go alone: nobody else compares a version, reads one, or spells a layout of the runtime's own.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Of code without its comments; each with the files that may all the same, and why. */
const FORBIDDEN: { what: string; pattern: RegExp; but?: Record<string, string> }[] = [
  { what: 'the number of a release', pattern: /\bminor\b/ },
  {
    what: 'a version string',
    pattern: /go1?\\\.|['"`/^]go1\.|\bdevel\b/,
    but: {
      'workers/dump/identify.ts': 'the first line of a dump, which is its format and not its Go',
      'src/renderer/state/file-kind.ts': 'the same',
    },
  },
  {
    what: 'tables by version',
    pattern: /\b(isFrom|rowFor|NEWEST|readAsBefore)\b/,
    but: { 'workers/dump/try-version.ts': 'gives a reading up that the dump contradicts' },
  },
  { what: 'experiments', pattern: /\bexperiments\b/ },
  { what: 'an offset by word size', pattern: /\b(P|pointerBytes) === [48] \? \(?\[?\d\d/ },
  {
    what: 'a structure of the runtime by its name',
    pattern: /['"`](runtime\.(hmap|hchan|mapextra|sudog|p|g|_defer)|internal\/runtime\/maps\.\w+|sync\.poolLocal)['"`]/,
    but: {
      'workers/naming/steps/root-seeds.ts': 'asks debug information for types by these names',
      'workers/naming/types/container-types.ts': 'knows a type of the executable by this name',
    },
  },
  {
    what: 'a function of the runtime by its name',
    pattern: /['"`]runtime\.(runfinq|runFinalizers|runCleanups|gopanic|Goexit|asyncPreempt)/,
  },
  { what: 'wait reasons', pattern: /nil chan\)|\(no cases|['"`]semacquire|dumping heap/ },
];

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.tsx?$/.test(entry.name)) yield path;
  }
}

const FILES = ['workers', 'src']
  .flatMap((folder) => [...sources(folder)])
  .filter((path) => !path.startsWith('workers/go/'));

function withoutComments(text: string): string {
  return text.replace(/\/\*[^]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
}

function found(pattern: RegExp, files: readonly string[]): string[] {
  return files.filter((path) => pattern.test(withoutComments(readFileSync(join(process.cwd(), path), 'utf8'))));
}

test.each(FORBIDDEN)('$what', ({ pattern, but = {} }) => {
  expect(found(pattern, FILES)).toEqual(Object.keys(but).sort((a, b) => FILES.indexOf(a) - FILES.indexOf(b)));
});

test('what is forbidden is found where it is allowed', () => {
  const own = [...sources('workers/go')];
  expect(FORBIDDEN.filter(({ pattern }) => found(pattern, own).length === 0)).toEqual([]);
});
