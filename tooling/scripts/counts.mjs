/**
 * How many tests passed and failed by vitest's JSON report.
 * A file that could not be loaded, or an error outside every test, counts as one failure: nothing may fail unseen.
 * @param {{ testResults: { status: string, assertionResults: { status: string }[] }[] } | undefined} report
 *   nothing where vitest died before it wrote one.
 * @param {number} status vitest's exit status
 */
export const countsOf = (report, status) => {
  let passed = 0;
  let failed = 0;
  for (const file of report?.testResults ?? []) {
    const failures = file.assertionResults.filter((test) => test.status === 'failed').length;
    passed += file.assertionResults.filter((test) => test.status === 'passed').length;
    failed += file.status === 'failed' ? Math.max(1, failures) : failures;
  }
  return { passed, failed: status !== 0 || passed === 0 ? Math.max(1, failed) : failed };
};
