import { expect, test } from 'vitest';
import { seeded } from '../test/random.js';
import { summarise } from './result.js';

test('summarises the seeds of one cell', () => {
  // Values and (to sampling error) intervals from numpy 2.4 and scipy 1.17 on 200,000 and 100,000 resamples.
  const row = summarise(
    { algorithm: 'vdn', environment: 'mpe/spread', metric: 'return', scores: [12.5, 14, 9, 30, 11.25] },
    { random: seeded(1), resamples: 20_000 },
  );
  expect(row).toMatchObject({ algorithm: 'vdn', environment: 'mpe/spread', metric: 'return', seeds: 5 });
  expect(row.mean).toBeCloseTo(15.35, 12);
  expect(row.standardDeviation).toBeCloseTo(8.391960438419618, 12);
  expect(row.iqm).toBeCloseTo(12.583333333333334, 12);
  expect(Math.abs(row.low - 10.45)).toBeLessThan(0.2);
  expect(Math.abs(row.high - 23)).toBeLessThan(0.3);
  expect(Math.abs(row.iqmLow - 9.75)).toBeLessThan(0.2);
  expect(Math.abs(row.iqmHigh - 24.66666667)).toBeLessThan(0.3);
});

test('a single seed has a value and no spread', () => {
  const row = summarise(
    { algorithm: 'iql', environment: 'flags/2', metric: 'return', scores: [7] },
    { random: seeded(1) },
  );
  expect(row).toEqual({
    algorithm: 'iql',
    environment: 'flags/2',
    metric: 'return',
    mean: 7,
    standardDeviation: 0,
    iqm: 7,
    low: 7,
    high: 7,
    iqmLow: 7,
    iqmHigh: 7,
    seeds: 1,
  });
});
