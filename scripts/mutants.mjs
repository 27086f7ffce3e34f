// Changes one guard at a time and tells which changes no test notices: `npm run mutants -- FOLDERS OR FILES [--share 0.2] [--seed S] [--force]`.
// Stryker makes the mutants and tries the tests that reach each (test/mutants); this script chooses the files, leaves out what is known to be
// equivalent (test/mutants/equivalent.json) and counts for each folder. It ends with 1 where a mutant is left that nobody noticed.
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const PROJECT = resolve(import.meta.dirname, '..');
const CONFIG = 'test/mutants/stryker.config.mjs';
const REPORT = resolve(PROJECT, '.cache/mutants/report.json');
const EQUIVALENT = resolve(PROJECT, 'test/mutants/equivalent.json');

const { values: options, positionals } = parseArgs({
  options: {
    share: { type: 'string', default: '1' },
    seed: { type: 'string', default: '' },
    tests: { type: 'string' },
    force: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
if (positionals.length === 0) {
  console.error(
    'npm run mutants -- FOLDERS OR FILES [--share 0.2] [--seed S] [--tests "test/engine/graph/**/*.test.ts"] [--force]',
  );
  process.exit(2);
}

// Stryker reports what it has tried only at its end: a run that is stopped is lost, so give it a folder at a time.
const { status } = spawnSync(
  'npx',
  ['stryker', 'run', CONFIG, '--mutate', positionals.map(asPattern).join(','), ...(options.force ? ['--force'] : [])],
  {
    cwd: PROJECT,
    stdio: 'inherit',
    env: {
      ...process.env,
      MUTANTS_SHARE: options.share,
      MUTANTS_SEED: options.seed,
      ...(options.tests === undefined ? {} : { MUTANTS_TESTS: options.tests }),
    },
  },
);
if (status !== 0) process.exit(status ?? 1);

const mutants = mutantsOf(JSON.parse(readFileSync(REPORT, 'utf8')));
const known = JSON.parse(readFileSync(EQUIVALENT, 'utf8'));
const alive = mutants.filter(({ outcome }) => outcome === 'alive');
for (const one of alive) console.log(`${one.file}:${one.line}  ${one.mutator}  ${one.code}  →  ${one.replacement}`);
for (const { file, code, replacement } of staleEntries()) {
  console.log(`No mutant is as equivalent.json says: ${file}  ${code}  →  ${replacement}`);
}
console.table(byFolder());
process.exitCode = alive.length > 0 ? 1 : 0;

/** A folder means the files below it. */
function asPattern(given) {
  const isFolder = statSync(resolve(PROJECT, given), { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? `${given.replace(/\/$/, '')}/**/*.ts` : given;
}

/** Is a file, or what it lies in, what was given; a range of lines may stand behind it? */
function isPartOf(file, given) {
  const [path] = given.replace(/^\.\//, '').replace(/\/$/, '').split(':');
  return file === path || file.startsWith(`${path}/`);
}

/** Every mutant that was made of the files given: where, what, and what came of it. */
function mutantsOf({ files }) {
  // the report remembers other runs too
  const asked = Object.entries(files).filter(([file]) => positionals.some((given) => isPartOf(file, given)));
  return asked.flatMap(([file, { source, mutants: made }]) => {
    const lines = source.split('\n');
    return made
      .filter(({ status: outcome }) => outcome !== 'Ignored')
      .map((mutant) => {
        const one = {
          file,
          line: mutant.location.start.line,
          mutator: mutant.mutatorName,
          code: textAt(lines, mutant.location),
          replacement: mutant.replacement,
        };
        return { ...one, outcome: outcomeOf(one, mutant.status) };
      });
  });
}

function outcomeOf(mutant, status) {
  if (status !== 'Survived' && status !== 'NoCoverage') return status === 'Timeout' ? 'timed out' : 'killed';
  const listed = JSON.parse(readFileSync(EQUIVALENT, 'utf8'));
  return listed.some((entry) => isSame(entry, mutant)) ? 'equivalent' : 'alive';
}

/** Lines move; what is written there says which mutant is meant. */
function isSame(entry, mutant) {
  return entry.file === mutant.file && entry.code === mutant.code && entry.replacement === mutant.replacement;
}

/** What the list excuses in a file that was tried, although no mutant lives there that it could mean. */
function staleEntries() {
  const tried = new Set(mutants.map(({ file }) => file));
  return known.filter(
    (entry) =>
      tried.has(entry.file) && !mutants.some((mutant) => mutant.outcome === 'equivalent' && isSame(entry, mutant)),
  );
}

/** The text between two places, its lines joined by one blank. */
function textAt(lines, { start, end }) {
  const taken = lines.slice(start.line - 1, end.line);
  taken[taken.length - 1] = taken.at(-1).slice(0, end.column - 1);
  taken[0] = taken[0].slice(start.column - 1);
  return taken.map((line) => line.trim()).join(' ');
}

function byFolder() {
  const rows = {};
  for (const { file, outcome } of mutants) {
    const row = (rows[dirname(file)] ??= { made: 0, killed: 0, 'timed out': 0, equivalent: 0, alive: 0 });
    row.made++;
    row[outcome]++;
  }
  return rows;
}
