import { check, integer, array as listOf, property } from 'fast-check';
import { expect, test } from 'vitest';
import { roundScale, siLabel } from './scale.js';

test('axes have round ticks that hold the values', () => {
  expect(roundScale([0, 115_000])).toEqual({ minimum: 0, maximum: 125_000, interval: 25_000 });
  expect(roundScale([0, 300_000])).toEqual({ minimum: 0, maximum: 300_000, interval: 100_000 });
  expect(roundScale([-135, 300])).toEqual({ minimum: -200, maximum: 300, interval: 100 });
  expect(roundScale([0, 0.3])).toEqual({ minimum: 0, maximum: 0.3, interval: 0.1 });
  expect(roundScale([5, 5])).toEqual({ minimum: 4.4, maximum: 5.6, interval: 0.2 });
  expect(roundScale([])).toEqual({ minimum: 0, maximum: 1, interval: 0.25 });
});

test('every axis holds its values with at most seven intervals', () => {
  const value = integer({ min: -1e9, max: 1e9 }).map((number) => number / 1000);
  const outcome = check(
    property(listOf(value, { minLength: 1 }), (values) => {
      const { minimum, maximum, interval } = roundScale(values);
      const slack = interval * 1e-6;
      return (
        minimum <= Math.min(...values) + slack &&
        maximum >= Math.max(...values) - slack &&
        (maximum - minimum) / interval <= 7.001
      );
    }),
    { seed: 1 },
  );
  expect(outcome.counterexample).toBeNull();
});

test('labels carry SI prefixes', () => {
  const labels = [0, 500, 1000, 50_000, 2_500_000, 1e9, -200, 0.25].map(siLabel);
  expect(labels).toEqual(['0', '500', '1k', '50k', '2.5M', '1G', '−200', '0.25']);
});
