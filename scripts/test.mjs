// Everything that a change has to pass: `npm test`. The steps run one after another, all of them even where one fails, and the last line
// counts: tests by the reports of vitest and Playwright, and each step that fails without a failed test as one.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';

const PROJECT = resolve(import.meta.dirname, '..');
const RESULTS = resolve(PROJECT, 'test-results');
const UNIT_REPORT = resolve(RESULTS, 'unit.json');
const E2E_REPORT = resolve(RESULTS, 'e2e.json');

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
    count: countUnit,
  },
  {
    name: 'e2e',
    command: ['npm', 'run', '--silent', 'e2e', '--', '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: E2E_REPORT },
    count: countE2e,
  },
];

rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });

const sum = { passed: 0, failed: 0, skipped: 0 };
for (const step of STEPS) {
  const { ok, seconds } = run(step);
  const tests = countOf(step);
  // A step can fail without a failed test: a check, a file that does not load, a report that was never written.
  if (!ok && tests.failed === 0) tests.failed = 1;
  for (const key of Object.keys(sum)) sum[key] += tests[key];
  console.log(`── ${step.name}: ${ok ? 'ok' : 'FAILED'} (${seconds} s)`);
}

const skipped = sum.skipped > 0 ? `, ${sum.skipped} skipped` : '';
console.log(`${sum.passed} passed, ${sum.failed} failed${skipped}`);
process.exitCode = sum.failed > 0 ? 1 : 0;

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
  if (count === undefined) return { passed: 0, failed: 0, skipped: 0 };
  try {
    return count();
  } catch (error) {
    console.error(`no report: ${error.message}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

function countUnit() {
  const report = JSON.parse(readFileSync(UNIT_REPORT, 'utf8'));
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function countE2e() {
  const { stats } = JSON.parse(readFileSync(E2E_REPORT, 'utf8'));
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}
