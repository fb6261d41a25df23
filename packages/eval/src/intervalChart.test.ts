import { expect, test } from 'vitest';
import { type IntervalChartOptions, intervalChart } from './intervalChart.js';

const options: IntervalChartOptions = {
  title: 'Final return',
  valueName: 'final greedy return',
  panels: [
    {
      title: '3 agents',
      intervals: [
        { name: 'roma-iqss', low: 300, value: 300, high: 300 },
        { name: 'sma-iqss', low: -73.4, value: -46, high: -18.3 },
      ],
    },
    {
      title: '7 agents',
      intervals: [{ name: 'sma-iqss', low: -109, value: -69.9, high: -31 }],
      references: [{ value: 186, label: 'paper: 186' }],
    },
  ],
};

const texts = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1]);

test('names methods once, writes every value, draws the references', () => {
  const written = texts(intervalChart(options));
  for (const text of ['Final return', '3 agents', '7 agents', '300.0', '−46.0', '−69.9', 'paper: 186']) {
    expect(written).toContain(text);
  }
  expect(written.filter((text) => text === 'sma-iqss')).toHaveLength(1);
  expect(written.filter((text) => text === 'final greedy return')).toHaveLength(2);
});

test('a method has the colour of its place in the order, in every panel', () => {
  const svg = intervalChart(options);
  expect(svg.match(/fill="#0072b2"/g)).toHaveLength(1);
  expect(svg.match(/fill="#d55e00"/g)).toHaveLength(2);
});

test('equal input gives equal bytes, and hostile names stay text', () => {
  expect(intervalChart(options)).toBe(intervalChart(structuredClone(options)));
  const hostile = intervalChart({
    ...options,
    panels: [{ title: '<b>', intervals: [{ name: '<script>', low: 0, value: 1, high: 2 }] }],
  });
  expect(hostile).not.toMatch(/<(?:script|b)>/);
  expect(hostile).toContain('&lt;script&gt;');
});
