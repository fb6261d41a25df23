import { expect, test } from 'vitest';
import { interquartileMean, mean, median, quantile, standardDeviation } from './statistics.js';

// Expected values: numpy 2.4 and scipy.stats.trim_mean 1.17.
const values = [3.1, -2, 7.5, 0.25, 12, 5, 5, 9.75, -4.5, 1];

test('mean, median and sample standard deviation', () => {
  expect(mean(values)).toBeCloseTo(3.71, 12);
  expect(median(values)).toBeCloseTo(4.05, 12);
  expect(median([5, 1, 3])).toBe(3);
  expect(standardDeviation(values)).toBeCloseTo(5.191809789359477, 12);
  expect(standardDeviation([7])).toBe(0);
});

test('interquartile mean drops floor(n / 4) from each end', () => {
  const expected = [
    [1, 3.1],
    [2, 0.55],
    [3, 2.8666666666666667],
    [4, 1.675],
    [5, 3.6166666666666667],
    [7, 4.17],
    [8, 5.15],
    [10, 3.641666666666667],
  ];
  for (const [count, value] of expected) {
    expect(interquartileMean(values.slice(0, count))).toBeCloseTo(value, 12);
  }
});

test('quantiles interpolate linearly and leave the list alone', () => {
  const before = [...values];
  const expected = [
    [0, -4.5],
    [0.025, -3.9375],
    [0.1, -2.25],
    [0.33, 0.9775],
    [0.975, 11.49375],
    [1, 12],
  ];
  for (const [fraction, value] of expected) expect(quantile(values, fraction)).toBeCloseTo(value, 12);
  expect(values).toEqual(before);
});

test('refuses what has no statistics', () => {
  expect(() => mean([])).toThrow('@murmuration/eval: mean: the list is empty');
  expect(() => interquartileMean([1, Number.NaN])).toThrow('value 1 is NaN');
  expect(() => quantile([1], 1.5)).toThrow('fraction is 1.5');
});
