// Everything that a change has to pass: `npm test`. The steps run one after another, all of them even where one fails, and the last line
// counts: tests by the reports of vitest and Playwright, and each step that fails without a failed test as one. A test that passes on its second
// try is told as flaky; in continuous integration it is a failure.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { countOfPlaywright, countOfVitest } from './test-counts.mjs';

const PROJECT = resolve(import.meta.dirname, '..');
const RESULTS = resolve(PROJECT, 'test-results');
const UNIT_REPORT = resolve(RESULTS, 'unit.json');
const E2E_REPORT = resolve(RESULTS, 'e2e.json');

const IN_CI = Boolean(process.env.CI);

const STEPS = [
  { name: 'build', command: ['npm', 'run', '--silent', 'build', '--', '--logLevel', 'warn'] },
  { name: 'types', command: ['npm', 'run', '--silent', 'types'] },
  { name: 'lint', command: ['npm', 'run', '--silent', 'lint'] },
  { name: 'layers', command: ['npm', 'run', '--silent', 'layers'] },
  { name: 'unused', command: ['npm', 'run', '--silent', 'unused'] },
  {
    name: 'unit, oracle, golden',
    command: [
      'npm',
      'run',
      '--silent',
      'unit',
      '--',
      '--reporter=dot',
      '--reporter=json',
      `--outputFile=${UNIT_REPORT}`,
    ],
    count: () => countOfVitest(JSON.parse(readFileSync(UNIT_REPORT, 'utf8'))),
  },
  {
    name: 'e2e',
    command: ['npm', 'run', '--silent', 'e2e', '--', '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: E2E_REPORT },
    count: () => countOfPlaywright(JSON.parse(readFileSync(E2E_REPORT, 'utf8'))),
  },
];

rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });

const NONE = { passed: 0, failed: 0, flaky: 0, skipped: 0 };
const sum = { ...NONE };
for (const step of STEPS) {
  const { ok, seconds } = run(step);
  const tests = countOf(step);
  // A step can fail without a failed test: a check, a file that does not load, a report that was never written.
  if (!ok && tests.failed === 0) tests.failed = 1;
  for (const key of Object.keys(sum)) sum[key] += tests[key];
  console.log(`── ${step.name}: ${ok ? 'ok' : 'FAILED'} (${seconds} s)`);
}

const more = ['flaky', 'skipped'].map((key) => (sum[key] > 0 ? `, ${sum[key]} ${key}` : '')).join('');
console.log(`${sum.passed} passed, ${sum.failed} failed${more}`);
process.exitCode = sum.failed > 0 || (IN_CI && sum.flaky > 0) ? 1 : 0;

function run({ name, command, env = {} }) {
  console.log(`── ${name}`);
  const started = Date.now();
  const [program, ...parameters] = command;
  const { status } = spawnSync(program, parameters, {
    cwd: PROJECT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, ...env },
  });
  return { ok: status === 0, seconds: Math.round((Date.now() - started) / 1000) };
}

/** A report that is missing or cannot be read counts as one failure. */
function countOf({ count }) {
  if (count === undefined) return NONE;
  try {
    return count();
  } catch (error) {
    console.error(`no report: ${error.message}`);
    return { ...NONE, failed: 1 };
  }
}
