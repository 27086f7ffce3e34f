// Everything that a change has to pass: `npm test`. All of its steps run even where one fails, and the last line counts: tests by the reports of
// vitest and Playwright, and each step that fails without a failed test as one. A test that passes on its second try is told as flaky; in
// continuous integration it is a failure. Steps that keep one core busy run side by side, those with workers of their own alone.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { countOfPlaywright, countOfVitest } from './test-counts.mjs';

const PROJECT = resolve(import.meta.dirname, '..');
const RESULTS = resolve(PROJECT, 'test-results');
const UNIT_REPORT = resolve(RESULTS, 'unit.json');
const E2E_REPORT = resolve(RESULTS, 'e2e.json');

const IN_CI = Boolean(process.env.CI);

const script = (name) => ({ name, command: ['npm', 'run', '--silent', name] });

const BUILD = { name: 'build', command: ['npm', 'run', '--silent', 'build', '--', '--logLevel', 'warn'] };
/** Lanes that take about as long as each other: what lies in one runs one after another. */
const CHECKS = [[script('lint')], [script('types'), script('layers'), script('unused')]];
const TESTS = [
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
await take(BUILD, 'inherit');
await Promise.all(CHECKS.map((lane) => inTurn(lane, 'pipe')));
await inTurn(TESTS, 'inherit');

const more = ['flaky', 'skipped'].map((key) => (sum[key] > 0 ? `, ${sum[key]} ${key}` : '')).join('');
console.log(`${sum.passed} passed, ${sum.failed} failed${more}`);
process.exitCode = sum.failed > 0 || (IN_CI && sum.flaky > 0) ? 1 : 0;

async function inTurn(steps, output) {
  for (const step of steps) await take(step, output);
}

/** Runs a step and counts what came of it. `pipe`: what it says is told when it has ended, so that nothing lies between. */
async function take(step, output) {
  if (output === 'inherit') console.log(`── ${step.name}`);
  const started = Date.now();
  const { ok, said } = await run(step, output);
  const seconds = Math.round((Date.now() - started) / 1000);
  const tests = countOf(step);
  // A step can fail without a failed test: a check, a file that does not load, a report that was never written.
  if (!ok && tests.failed === 0) tests.failed = 1;
  for (const key of Object.keys(sum)) sum[key] += tests[key];
  process.stdout.write(said);
  console.log(`── ${step.name}: ${ok ? 'ok' : 'FAILED'} (${seconds} s)`);
}

function run({ command, env = {} }, output) {
  const [program, ...parameters] = command;
  const child = spawn(program, parameters, {
    cwd: PROJECT,
    stdio: ['inherit', output, output],
    shell: process.platform === 'win32',
    env: { ...process.env, ...env },
  });
  return new Promise((ended) => {
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => said.push(part));
    child.on('error', (error) => ended({ ok: false, said: `${error.message}\n` }));
    child.on('close', (status) => ended({ ok: status === 0, said: Buffer.concat(said).toString() }));
  });
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
