import { expect, test } from 'vitest';
import { type CurveChartOptions, curveChart } from './curveChart.js';

const curve = (name: string, value: number[]) => ({
  name,
  steps: value.map((_, index) => index * 10_000),
  value,
  low: value.map((number) => number - 10),
  high: value.map((number) => number + 10),
});

const options: CurveChartOptions = {
  title: 'Coordination',
  subtitle: 'mean of 15 seeds',
  valueName: 'greedy return',
  panels: [
    { title: '3 agents', curves: [curve('roma-iqss', [0, 100, 300]), curve('sma-iqss', [-70, 20, -50])] },
    {
      title: '7 agents',
      curves: [curve('sma-iqss', [-90, 10, -20])],
      references: [{ value: 186, label: 'paper: 186' }],
    },
  ],
};

const texts = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1]);
const count = (svg: string, part: string): number => svg.split(part).length - 1;

test('names everything: title, panels, axes with units, methods, ticks, references', () => {
  const written = texts(curveChart(options));
  for (const text of [
    'Coordination',
    'mean of 15 seeds',
    '3 agents',
    '7 agents',
    'environment steps',
    'greedy return',
    'roma-iqss',
    'sma-iqss',
    '20k',
    '−100',
    '300',
    'paper: 186',
  ]) {
    expect(written).toContain(text);
  }
  expect(written.filter((text) => text === 'sma-iqss')).toHaveLength(1);
});

test('draws one band a curve, in its colour', () => {
  const svg = curveChart(options);
  expect(count(svg, 'fill="#0072b2" fill-opacity="0.16"')).toBe(1);
  expect(count(svg, 'fill="#d55e00" fill-opacity="0.16"')).toBe(2);
});

test('equal input gives equal bytes, whatever was drawn before', () => {
  const first = curveChart(options);
  const other = curveChart({ ...options, title: 'Another' });
  expect(curveChart(structuredClone(options))).toBe(first);
  const ids = (svg: string): string[] => [...svg.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
  expect(ids(first).length).toBeGreaterThan(0);
  expect(ids(first).filter((id) => ids(other).includes(id))).toEqual([]);
  for (const [, id] of first.matchAll(/url\(#([^)]+)\)/g)) expect(ids(first)).toContain(id);
});

test('holds no script, style, link or foreign font', () => {
  const svg = curveChart(options);
  expect(svg).toMatch(/^<svg role="img" aria-label="Coordination" width="1080" /);
  expect(svg).not.toMatch(/<(?:style|script|image|foreignObject)|href|@import|@font-face/);
});

test('hostile names stay text', () => {
  const hostile = '<script>alert(1)</script>" onload="x';
  const svg = curveChart({
    ...options,
    title: hostile,
    panels: [
      { title: hostile, curves: [curve(hostile, [1, 2])], references: [{ value: 1, label: hostile }] },
    ],
  });
  expect(svg).not.toContain('<script');
  expect(svg).not.toContain('onload="');
  expect(svg).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
});

test('draws a single evaluation, panels on scales of their own, and nothing at all', () => {
  const single = { ...options, panels: [{ title: '', curves: [curve('iql', [5])] }] };
  expect(curveChart(single)).toContain('width="720"');
  const own = curveChart({ ...options, valueScale: 'own' });
  expect(texts(own).filter((text) => text === '0').length).toBeGreaterThan(
    texts(curveChart(options)).filter((text) => text === '0').length,
  );
  expect(texts(curveChart({ ...options, panels: [] }))).toEqual(['Coordination', 'mean of 15 seeds']);
});

test('refuses lists of different length', () => {
  const broken = { ...curve('iql', [1, 2]), low: [0] };
  expect(() => curveChart({ ...options, panels: [{ title: '', curves: [broken] }] })).toThrow(
    "curve 'iql' has 2 steps but 1 numbers in 'low'",
  );
});
