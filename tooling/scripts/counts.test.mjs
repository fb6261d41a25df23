import { describe, expect, test } from 'vitest';
import { countsOf } from './counts.mjs';

const file = (status, ...tests) => ({ status, assertionResults: tests.map((test) => ({ status: test })) });

describe('countsOf', () => {
  test('counts tests over files', () => {
    const report = {
      testResults: [file('passed', 'passed', 'passed'), file('failed', 'passed', 'failed', 'failed')],
    };
    expect(countsOf(report, 1)).toEqual({ passed: 3, failed: 2 });
    expect(countsOf({ testResults: [file('passed', 'passed')] }, 0)).toEqual({ passed: 1, failed: 0 });
  });

  test('a file that does not load is a failure', () => {
    expect(countsOf({ testResults: [file('passed', 'passed'), file('failed')] }, 1)).toEqual({
      passed: 1,
      failed: 1,
    });
  });

  test('an error outside the tests is a failure', () => {
    expect(countsOf({ testResults: [file('passed', 'passed')] }, 1)).toEqual({ passed: 1, failed: 1 });
  });

  test('no report and no tests are failures', () => {
    expect(countsOf(undefined, 137)).toEqual({ passed: 0, failed: 1 });
    expect(countsOf({ testResults: [] }, 0)).toEqual({ passed: 0, failed: 1 });
  });
});
