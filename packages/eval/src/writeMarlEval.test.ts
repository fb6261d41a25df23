import { expect, test } from 'vitest';
import { type EvaluatedRun, readMarlEval } from './marlEval.js';
import { writeMarlEval } from './writeMarlEval.js';

const run = (more: Partial<EvaluatedRun> = {}): EvaluatedRun => ({
  environment: 'mpe',
  task: 'spread',
  algorithm: 'vdn',
  seed: 0,
  evaluations: [
    { step: 0, elapsedSeconds: 0, metrics: { return: [1, 2.5], winRate: [0] } },
    { step: 20_000, elapsedSeconds: 3.25, metrics: { return: [3], winRate: [1] } },
  ],
  absolute: { return: [2.75], winRate: [0.5] },
  ...more,
});

test('writes the schema, keys in order', () => {
  const { text, warnings } = writeMarlEval([run()]);
  expect(warnings).toEqual([]);
  expect(text).toBe(
    `${JSON.stringify(
      {
        mpe: {
          spread: {
            vdn: {
              seed_0: {
                step_0: { step_count: 0, elapsed_time: 0, return: [1, 2.5], win_rate: [0] },
                step_1: { step_count: 20_000, elapsed_time: 3.25, return: [3], win_rate: [1] },
                absolute_metrics: { return: [2.75], win_rate: [0.5] },
              },
            },
          },
        },
      },
      null,
      2,
    )}\n`,
  );
});

test('what is written is read again as it was', () => {
  const runs = ['spread', 'tag'].flatMap((task) =>
    ['vdn', '__proto__'].flatMap((algorithm) => [0, 1, 10].map((seed) => run({ task, algorithm, seed }))),
  );
  expect(readMarlEval(writeMarlEval(runs).text)).toEqual({ runs, warnings: [] });
});

test('leaves out what JSON cannot say, with a warning', () => {
  const { text, warnings } = writeMarlEval([run({ absolute: { return: [1, Number.NaN], winRate: [1] } })]);
  expect(readMarlEval(text).runs[0].absolute.return).toEqual([1]);
  expect(warnings).toEqual([
    'mpe / spread / vdn / seed_0 / absolute_metrics / return: 1 of 2 values are not finite and were left out',
  ]);
});

const metrics = { return: [1], winRate: [1] };

test.each<[string, EvaluatedRun[]]>([
  [
    'mpe / spread / a,b / seed_0: the name of an algorithm must not contain a comma',
    [run({ algorithm: 'a,b' })],
  ],
  ['seed is -1; it must be a whole number', [run({ seed: -1 })]],
  ['appears twice', [run(), run({ algorithm: 'VDN' })]],
  ['has no absolute metrics', [run({ absolute: {} })]],
  [
    'step 0 has the metrics return, win_rate but the absolute metrics are return',
    [run({ absolute: { return: [1] } })],
  ],
  [
    'evaluation 1 is at step 5',
    [
      run({
        evaluations: [
          { step: 5, metrics },
          { step: 5, metrics },
        ],
      }),
    ],
  ],
  [
    'steps or metrics differ from those of mpe / spread / vdn / seed_0',
    [run(), run({ seed: 1, evaluations: [] })],
  ],
  [
    'mpe / spread / iql: has 1 runs where others have 2',
    [run(), run({ seed: 1 }), run({ algorithm: 'iql' })],
  ],
  [
    'mpe / tag / iql: has 0 runs where others have 1',
    [run(), run({ task: 'tag' }), run({ algorithm: 'iql' })],
  ],
  ['has no finite value', [run({ absolute: { return: [Number.NaN], winRate: [1] } })]],
  ['gives this name a meaning of its own', [run({ evaluations: [], absolute: { step_count: [1] } })]],
  ['two metrics have this name', [run({ evaluations: [], absolute: { winRate: [1], win_rate: [1] } })]],
])('refuses what marl-eval would: %s', (message, runs) => {
  expect(() => writeMarlEval(runs)).toThrow(message);
});
