import { expect, test } from 'vitest';
import type { Cell, FinishedRun, Study } from './study';
import { drawTrends, slopeOf, slopesOf, slopesTable, trendsOf } from './trends';

const cell: Cell = {
  method: 'One',
  group: '3 agents',
  algorithm: 'happo',
  settings: {},
  environment: 'coordination/3',
  environmentOptions: () => ({}),
  steps: 30,
};

const study: Study = {
  title: 'Toy',
  introduction: '',
  command: '',
  metric: 'return',
  metricMeaning: 'return',
  finalEvaluations: 1,
  trend: {
    name: 'growth',
    ordinalName: 'position',
    valueName: 'variance',
    series: [
      { label: 'product', prefix: 'variance.product.' },
      { label: 'none', prefix: 'nothing.' },
    ],
  },
  cells: [cell],
  seeds: [0, 1],
};

const run = (seed: number, logged: Record<string, number>): FinishedRun => ({
  cell,
  seed,
  track: { steps: [1], metrics: { return: [0] }, logged },
  seconds: 1,
});

const finished = [
  run(0, {
    'variance.product.10': 1,
    'variance.product.2': 0.2,
    'variance.product.1': 0.1,
    'variance.bounded.1': 9,
  }),
  run(1, {
    'variance.product.1': 0,
    'variance.product.2': 0.3,
    'variance.product.10': 2.7,
    'variance.product.11': 1,
  }),
];

test('a slope is by least squares', () => {
  expect(slopeOf([1, 2, 3], [1, 3, 8])).toBeCloseTo(3.5, 12);
});

test('lines hold what every run has logged, by number', () => {
  const trends = trendsOf(study, finished)!;
  expect(trends.lines).toEqual([
    {
      method: 'One',
      group: '3 agents',
      series: 'product',
      ordinals: [1, 2, 10],
      values: [
        [0.1, 0.2, 1],
        [0, 0.3, 2.7],
      ],
    },
  ]);
  const [slope] = slopesOf(trends);
  expect(slope).toMatchObject({ algorithm: 'One, product', environment: '3 agents', seeds: 2 });
  expect(slope.mean).toBeCloseTo(0.2, 9);
  expect([slope.low, slope.high].map((value) => Number(value.toFixed(6)))).toEqual([0.1, 0.3]);
  expect(slopesTable(trends).rows).toHaveLength(1);
  expect(drawTrends(trends)).toContain('log of variance');
});

test('there is nothing to fit where nothing was asked for or logged', () => {
  expect(trendsOf({ ...study, trend: undefined }, finished)).toBeUndefined();
  expect(trendsOf(study, [run(0, {})])).toBeUndefined();
});
