/** What `npm test` counts: a test that passes on its second try is neither passed nor failed. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { countOfPlaywright, countOfVitest } from '../../scripts/test-counts.mjs';

const PROJECT = resolve(import.meta.dirname, '../..');
const RESULTS = join(PROJECT, 'test-results');
mkdirSync(RESULTS, { recursive: true });
const folder = mkdtempSync(join(RESULTS, 'counts-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('of vitest, by a suite that has one of each', () => {
  const suite = [
    "import { expect, test } from 'vitest';",
    'let tries = 0;',
    "test('second try', { retry: 1 }, () => { tries += 1; expect(tries).toBe(2); });",
    "test('first try', { retry: 1 }, () => {});",
    "test('no try', { retry: 1 }, () => { expect(1).toBe(2); });",
    "test.skip('skipped', () => {});",
  ];
  writeFileSync(join(folder, 'one-of-each.test.ts'), suite.join('\n'));
  writeFileSync(join(folder, 'vitest.config.mjs'), 'export default {};');
  const report = join(folder, 'report.json');
  const vitest = resolve(PROJECT, 'node_modules/vitest/vitest.mjs');
  const parameters = ['run', '--root', folder, '--reporter=json', `--outputFile=${report}`];
  expect(() => execFileSync(process.execPath, [vitest, ...parameters], { stdio: 'ignore' })).toThrow();
  expect(countOfVitest(JSON.parse(readFileSync(report, 'utf8')))).toEqual({
    passed: 1,
    failed: 1,
    flaky: 1,
    skipped: 1,
  });
});

test('of Playwright', () => {
  const stats = { startTime: '', duration: 1, expected: 5, unexpected: 2, flaky: 1, skipped: 3 };
  expect(countOfPlaywright({ stats })).toEqual({ passed: 5, failed: 2, flaky: 1, skipped: 3 });
});
