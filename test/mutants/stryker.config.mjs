// How `npm run mutants` runs Stryker. scripts/mutants.mjs says which files; guards.mjs says what of them.
import { resolve } from 'node:path';

export default {
  plugins: ['@stryker-mutator/vitest-runner', resolve(import.meta.dirname, 'guards.mjs')],
  ignorers: ['guards'],
  mutator: {
    excludedMutations: [
      'ArithmeticOperator',
      'ArrowFunction',
      'AssignmentOperator',
      'BlockStatement',
      'MethodExpression',
      'ObjectLiteral',
      'OptionalChaining',
      'Regex',
      'UnaryOperator',
      'UpdateOperator',
    ],
  },

  testRunner: 'vitest',
  vitest: { configFile: 'test/mutants/vitest.config.ts', related: true },
  coverageAnalysis: 'perTest',
  concurrency: 1,
  timeoutMS: 20_000,
  dryRunTimeoutMinutes: 20,

  // A copy of the project, fixtures and all: 78 MB take less than the first test. Nothing here type-checks, so no file needs to be rewritten for it.
  tempDirName: '.cache/mutants/sandbox',
  ignorePatterns: [
    '.cache',
    '.ci',
    'docs',
    'out',
    'test-results',
    'playwright-report',
    'test/e2e',
    'fixtures/programs',
  ],
  disableTypeChecks: false,

  incremental: true,
  incrementalFile: '.cache/mutants/incremental.json',
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: '.cache/mutants/report.json' },
};
