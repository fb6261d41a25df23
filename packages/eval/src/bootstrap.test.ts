import { check, integer, array as listOf, property } from 'fast-check';
import { expect, test } from 'vitest';
import { seeded } from '../test/random.js';
import { interquartileMeanOverTasks, meanOverTasks } from './aggregates.js';
import { bootstrapInterval, bootstrapIntervals, improvementInterval } from './bootstrap.js';

const ours = [
  [0.1, 0.5, 0.7, 0.2],
  [0.9, 1.2, 0.8, 1.0],
  [0.4, 0.3, 0.35, 0.9],
];
const theirs = [
  [0.1, 0.6, 0.3],
  [0.7, 1.0, 0.8],
  [0.5, 0.3, 0.2],
];

test('the interval of a mean is that of all its 27 resamples', () => {
  // The runs 0, 1, 5 have 27 resamples. Of 20,000 draws 3.7 % are (0, 0, 0) and 3.7 % (5, 5, 5).
  const { value, low, high } = bootstrapInterval([[0, 1, 5]], meanOverTasks, {
    random: seeded(1),
    resamples: 20_000,
  });
  expect([value, low, high]).toEqual([2, 0, 5]);
});

test('agrees to sampling error with resampling in numpy and scipy (200,000 and 20,000 draws)', () => {
  const iqm = bootstrapInterval(ours, interquartileMeanOverTasks, { random: seeded(2), resamples: 20_000 });
  expect(iqm.value).toBeCloseTo(0.6083333333333333, 12);
  expect(Math.abs(iqm.low - 0.44166667)).toBeLessThan(0.012);
  expect(Math.abs(iqm.high - 0.78333333)).toBeLessThan(0.012);
  const improvement = improvementInterval(ours, theirs, { random: seeded(3), resamples: 20_000 });
  expect(improvement.value).toBeCloseTo(2 / 3, 12);
  expect(Math.abs(improvement.low - 0.40277778)).toBeLessThan(0.02);
  expect(Math.abs(improvement.high - 0.88888889)).toBeLessThan(0.02);
});

test('the same seed gives the same interval, another seed another', () => {
  const interval = (seed: number) => bootstrapInterval(ours, meanOverTasks, { random: seeded(seed) });
  expect(interval(7)).toEqual(interval(7));
  expect(interval(7)).not.toEqual(interval(8));
});

test('draws runs from their own task only, ragged or not', () => {
  const seen = [new Set<number>(), new Set<number>()];
  bootstrapIntervals(
    [[1, 2, 3], [10]],
    (drawn) => {
      drawn.forEach((task, index) => {
        for (const run of task) seen[index].add(run);
      });
      expect(drawn.map((task) => task.length)).toEqual([3, 1]);
      return [0];
    },
    { random: seeded(4), resamples: 50 },
  );
  expect(seen).toEqual([new Set([1, 2, 3]), new Set([10])]);
});

test('a single run gives an interval of no width', () => {
  expect(bootstrapInterval([[3]], meanOverTasks, { random: seeded(5) })).toEqual({
    value: 3,
    low: 3,
    high: 3,
  });
});

test('a mean and its interval lie within the runs, and more confidence is never narrower', () => {
  const runs = listOf(integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 8 });
  const outcome = check(
    property(runs, integer(), (scores, seed) => {
      const options = { random: seeded(seed), resamples: 60 };
      const wide = bootstrapInterval([scores], meanOverTasks, { ...options, confidence: 0.99 });
      const narrow = bootstrapInterval([scores], meanOverTasks, {
        ...options,
        random: seeded(seed),
        confidence: 0.5,
      });
      return (
        wide.low >= Math.min(...scores) &&
        wide.high <= Math.max(...scores) &&
        wide.low <= narrow.low &&
        narrow.low <= narrow.high &&
        narrow.high <= wide.high
      );
    }),
    { seed: 1 },
  );
  expect(outcome.counterexample).toBeNull();
});

test('refuses what cannot be drawn from', () => {
  const random = seeded(6);
  expect(() => bootstrapInterval([], meanOverTasks, { random })).toThrow('there are no tasks');
  expect(() => bootstrapInterval([[1], []], meanOverTasks, { random })).toThrow('task 1 has no runs');
  expect(() => bootstrapInterval([[1]], meanOverTasks, { random, resamples: 0 })).toThrow('resamples is 0');
  expect(() => bootstrapInterval([[1]], meanOverTasks, { random, confidence: 95 })).toThrow(
    'confidence is 95',
  );
});
