import { expect, test } from 'vitest';
import type { ResultRow } from './result.js';
import { markdownTable, resultTable, textTable } from './table.js';

const row = (
  algorithm: string,
  environment: string,
  mean: number,
  more: Partial<ResultRow> = {},
): ResultRow => ({
  algorithm,
  environment,
  metric: 'return',
  mean,
  standardDeviation: 2.04,
  iqm: mean,
  low: mean - 1,
  high: mean + 1,
  iqmLow: mean - 1,
  iqmHigh: mean + 1,
  seeds: 15,
  ...more,
});

const results = [
  row('roma-iqss', 'coordination/3', 300, { standardDeviation: 0, low: 300, high: 300 }),
  row('roma-iqss', 'coordination/7', 186),
  row('iql', 'coordination/3', -20, { seeds: 1 }),
  row('iql', 'coordination/3', 0.5, { metric: 'winRate' }),
];

test('method by task, in order of appearance, one metric', () => {
  expect(resultTable(results)).toEqual({
    columns: ['method', 'coordination/3', 'coordination/7'],
    rows: [
      ['roma-iqss', '300.0 ± 0.0 [300.0, 300.0]', '186.0 ± 2.0 [185.0, 187.0]'],
      ['iql', '-20.0', '–'],
    ],
  });
  expect(resultTable(results, 'winRate').rows).toEqual(
    [['iql', '0.50 ± 2.04 [-0.50, 1.50]']].map(([name]) => [name, '0.500 ± 2.040 [-0.500, 1.500]']),
  );
});

test('plain text is aligned', () => {
  expect(textTable(resultTable(results))).toBe(
    [
      'method                 coordination/3              coordination/7',
      '─────────  ──────────────────────────  ──────────────────────────',
      'roma-iqss  300.0 ± 0.0 [300.0, 300.0]  186.0 ± 2.0 [185.0, 187.0]',
      'iql                             -20.0                           –',
      '',
    ].join('\n'),
  );
});

test('Markdown', () => {
  expect(markdownTable({ columns: ['method', 'a'], rows: [['iql', '1.0 ± 0.5 [0.5, 1.5]']] })).toBe(
    '| method | a |\n| :--- | ---: |\n| iql | 1.0 ± 0.5 [0.5, 1.5] |\n',
  );
});

test('a name cannot break the table, become markup or drive the terminal', () => {
  const hostile = { columns: ['method'], rows: [['a|b\n<script>[x](javascript:y)\u001b[2J']] };
  expect(markdownTable(hostile)).toBe(
    '| method |\n| :--- |\n| a\\|b \\<script\\>[x\\](javascript:y) [2J |\n',
  );
  expect(textTable(hostile)).not.toContain('\u001b');
  expect(textTable(hostile).split('\n')).toHaveLength(4);
});

test('refuses two results for one cell', () => {
  expect(() => resultTable([...results, results[0]])).toThrow(
    "2 results for 'roma-iqss' on 'coordination/3'",
  );
});
