import { check, property, stringMatching } from 'fast-check';
import { expect, test } from 'vitest';
import { metricKey, metricName, readMarlEval } from './marlEval.js';

const file = (run: unknown, key = 'seed_0'): string =>
  JSON.stringify({ SMAX: { '3m': { QMIX: { [key]: run } } } });

const run = {
  step_0: { step_count: 1000, elapsed_time: 1.5, win_rate: [0, 1], Return: 4, steps_per_step_count: [9] },
  step_1: { step_count: 2000, win_rate: [1], return: [5, 7] },
  absolute_metrics: { win_rate: [1], return: [6.5] },
};

test('reads a run: lower-case names, scalars as lists, step_count metrics passed over', () => {
  expect(readMarlEval(file(run))).toEqual({
    runs: [
      {
        environment: 'smax',
        task: '3m',
        algorithm: 'qmix',
        seed: 0,
        evaluations: [
          { step: 1000, elapsedSeconds: 1.5, metrics: { winRate: [0, 1], return: [4] } },
          { step: 2000, metrics: { winRate: [1], return: [5, 7] } },
        ],
        absolute: { winRate: [1], return: [6.5] },
      },
    ],
    warnings: [],
  });
});

test('takes runs named by a bare number, and evaluations out of order', () => {
  const { runs } = readMarlEval(file({ ...run, step_0: { ...run.step_0, step_count: 3000 } }, '12'));
  expect(runs[0].seed).toBe(12);
  expect(runs[0].evaluations.map(({ step }) => step)).toEqual([2000, 3000]);
});

test('leaves out what Python calls JSON, and says so', () => {
  const text = file({ ...run, step_1: { step_count: 2000, note_NaN: [1] } })
    .replace('[0,1]', '[NaN,1]')
    .replace('[6.5]', '[-Infinity]');
  const { runs, warnings } = readMarlEval(text);
  expect(runs[0].evaluations[0].metrics.winRate).toEqual([1]);
  expect(runs[0].evaluations[1].metrics).toEqual({ noteNan: [1] });
  expect(runs[0].absolute).toEqual({ winRate: [1] });
  expect(warnings).toEqual([
    'smax / 3m / qmix / seed_0 / step_0 / win_rate: 1 of 2 values are not finite and were left out',
    'smax / 3m / qmix / seed_0 / absolute_metrics / return: 1 of 1 values are not finite and were left out',
  ]);
});

test('an interrupted run has no absolute metrics', () => {
  const { runs, warnings } = readMarlEval(file({ step_0: run.step_0 }));
  expect(runs[0].absolute).toEqual({});
  expect(warnings).toEqual([
    'smax / 3m / qmix / seed_0: no absolute_metrics; the run was probably interrupted',
  ]);
});

test.each([
  ['{"a": {', 'the file: is not JSON'],
  ['[]', 'the file: is a list of 0; it must be an object'],
  [file(run, 'best'), 'smax / 3m / qmix / best: is not a name for a run; name it seed_0'],
  [file({ step_0: { step_count: 1.5 } }), 'seed_0 / step_0: step_count is 1.5; it must be a whole number'],
  [file({ step_0: {} }), 'step_count is missing'],
  [file({ step_0: { step_count: 1, return: 'high' } }), 'step_0 / return: holds "high"; it must be a number'],
  [file({ step_0: { step_count: 1, elapsed_time: '1 s' } }), 'elapsed_time is "1 s"'],
  [file({ step_0: { step_count: 5 }, step_1: { step_count: 5 } }), 'two evaluations have step_count 5'],
  ['{"a":{"t":{"x":{},"X":{}}}}', "a / t: two names differ only by case: 'X'"],
  ['{"a":{"t":{"x":{"seed_1":{},"1":{}}}}}', 'seed 1 appears twice'],
])('says where a file is wrong: %s', (text, message) => {
  expect(() => readMarlEval(text)).toThrow(`@murmuration/eval: marl-eval: `);
  expect(() => readMarlEval(text)).toThrow(message);
});

test('metric names translate both ways', () => {
  expect(metricName('win_rate')).toBe('winRate');
  expect(metricKey('winRate')).toBe('win_rate');
  const outcome = check(
    property(stringMatching(/^[a-z0-9_]+$/), (key) => metricKey(metricName(key)) === key),
  );
  expect(outcome.counterexample).toBeNull();
});
