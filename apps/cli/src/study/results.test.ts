import { describe, expect, test } from 'vitest';
import { present } from './present';
import { resultEvents, resultsOf, rowsOf } from './results';
import type { Cell, FinishedRun, Study } from './study';

const cell = (method: string, reference?: Cell['reference']): Cell => ({
  method,
  group: '3 agents',
  algorithm: 'roma-iqss',
  settings: {},
  environment: 'coordination/3',
  environmentOptions: () => ({}),
  steps: 30,
  reference,
});

const cells = [
  cell('One', { low: 300, high: 300, source: 'figure 3' }),
  cell('Two', { low: 18, high: 22, source: 'figure 3' }),
  cell('Three'),
];

const study: Study = {
  title: 'Toy',
  introduction: 'A toy.',
  command: 'murmuration reproduce toy',
  metric: 'return',
  metricMeaning: 'group reward',
  finalEvaluations: 2,
  cells,
  seeds: [4, 5],
};

const run = (of: Cell, seed: number, values: number[]): FinishedRun => ({
  cell: of,
  seed,
  track: { steps: [10, 20, 30], metrics: { return: values, winRate: [0, 0.5, 1], episodeLength: [3, 3, 3] } },
  seconds: 1,
});

// One run of Three has failed.
const finished = [
  run(cells[0], 4, [0, 290, 310]),
  run(cells[0], 5, [0, 300, 300]),
  run(cells[1], 4, [0, 10, 20]),
  run(cells[1], 5, [1 / 3, 20, 30]),
  run(cells[2], 5, [0, 7, 9]),
];

const results = resultsOf(study, finished);

describe('results', () => {
  test('a final value is the mean of the last evaluations', () => {
    const rows = rowsOf(results);
    expect(rows.map(({ algorithm, mean, seeds }) => [algorithm, mean, seeds])).toEqual([
      ['One', 300, 2],
      ['Two', 20, 2],
      ['Three', 8, 1],
    ]);
    expect(rows[1]).toMatchObject({ low: 15, high: 25, iqm: 20 });
    expect(rows[1].standardDeviation).toBeCloseTo(Math.sqrt(50), 12);
  });

  test('curves keep what charts need, and no more digits than they show', () => {
    expect(results.cells[1]).toEqual({
      method: 'Two',
      group: '3 agents',
      reference: { low: 18, high: 22, source: 'figure 3' },
      seeds: [4, 5],
      steps: [10, 20, 30],
      values: [
        [0, 10, 20],
        [0.333333, 20, 30],
      ],
    });
    expect(resultsOf(study, finished)).toEqual(JSON.parse(JSON.stringify(results)));
  });

  test('scripts get every metric of every cell, lengths aside', () => {
    const events = resultEvents(study, finished);
    expect(events.map(({ method, metric }) => `${method} ${metric}`)).toEqual([
      'One return',
      'One winRate',
      'Two return',
      'Two winRate',
      'Three return',
      'Three winRate',
    ]);
    expect(events[1]).toMatchObject({
      event: 'result',
      algorithm: 'roma-iqss',
      environment: 'coordination/3',
      mean: 0.75,
    });
  });

  test('the table has the paper beside', () => {
    expect(present(results).table).toEqual({
      columns: ['method', 'world', 'mean ± sd', 'IQM [95 % interval]', 'paper', 'seeds'],
      rows: [
        ['One', '3 agents', '300 ± 0', '300 [300, 300]', '300', '2'],
        ['Two', '3 agents', '20 ± 7.071', '20 [15, 25]', '18 to 22', '2'],
        ['Three', '3 agents', '8', '8', '–', '1'],
      ],
    });
  });

  test('charts are drawn again from the same file to the byte', () => {
    const again = JSON.parse(JSON.stringify(results));
    expect(present(again)).toEqual(present(results));
    expect(present(results).charts['curves.svg']).toContain('Three');
  });
});

test('costs are means over seeds of steps, of what was counted, and of seconds', () => {
  const counters = [{ metric: 'rehearsed', meaning: 'steps rehearsed' }];
  const counted = finished.map((each, index) => ({
    ...each,
    track: { ...each.track, counted: { rehearsed: 1000 * index } },
  }));
  const { costs } = present(resultsOf({ ...study, costs: counters }, counted));
  expect(costs).toEqual({
    columns: ['method', 'world', 'steps', 'steps rehearsed', 'seconds a run'],
    rows: [
      ['One', '3 agents', '30', '500', '1'],
      ['Two', '3 agents', '30', '2,500', '1'],
      ['Three', '3 agents', '30', '4,000', '1'],
    ],
  });
  expect(present(results).costs).toBe(undefined);
});
