// Tests in the reports of vitest and Playwright: passed, failed, flaky (passed, but not at the first try), skipped.

/** @param report What vitest's JSON reporter has written. It names no retries: a test that has passed and has failures behind it had one. */
export function countOfVitest(report) {
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const flaky = tests.filter(({ status, failureMessages }) => status === 'passed' && failureMessages.length > 0).length;
  return {
    passed: report.numPassedTests - flaky,
    failed: report.numFailedTests,
    flaky,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** @param report What Playwright's JSON reporter has written. */
export function countOfPlaywright({ stats }) {
  return { passed: stats.expected, failed: stats.unexpected, flaky: stats.flaky, skipped: stats.skipped };
}
