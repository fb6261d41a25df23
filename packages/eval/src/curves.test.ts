import { expect, test } from 'vitest';
import { seeded } from '../test/random.js';
import { align, areaUnderCurve, learningCurve, learningCurveOverTasks, stepReached } from './curves.js';

const run = (...points: [number, number][]) => points.map(([step, value]) => ({ step, value }));

test('runs evaluated at the same steps are left as they are', () => {
  expect(align([run([0, 1], [10, 2]), run([0, 5], [10, 7])])).toEqual({
    steps: [0, 10],
    values: [
      [1, 2],
      [5, 7],
    ],
  });
});

test('ragged runs meet between the latest start and the earliest end, interpolated', () => {
  const ragged = [run([0, 0], [10, 10], [30, 30]), run([5, 1], [20, 4], [25, 4], [40, 0])];
  const { steps, values } = align(ragged);
  expect(steps).toEqual([5, 10, 20, 25, 30]);
  expect(values[0]).toEqual([5, 10, 20, 25, 30]);
  [1, 2, 4, 4, 4 - 4 / 3].forEach((value, index) => {
    expect(values[1][index]).toBeCloseTo(value, 12);
  });
});

test('a curve is the statistic at every step with a band around it', () => {
  const runs = [0, 1, 2, 3, 14].map((value) => run([0, 0], [100, value], [200, 2 * value]));
  const average = learningCurve(runs, { random: seeded(1) });
  expect(average.steps).toEqual([0, 100, 200]);
  expect(average.value).toEqual([0, 4, 8]);
  expect(average.seeds).toBe(5);
  expect([average.low[0], average.high[0]]).toEqual([0, 0]);
  // Whole runs are drawn, so the band at 200 is exactly twice the band at 100.
  expect(average.low[2]).toBeCloseTo(2 * average.low[1], 12);
  expect(average.high[2]).toBeCloseTo(2 * average.high[1], 12);
  expect(average.low[1]).toBeGreaterThan(0);
  expect(average.low[1]).toBeLessThan(2);
  expect(average.high[1]).toBeGreaterThan(7);
  const interquartile = learningCurve(runs, { random: seeded(1), statistic: 'interquartileMean' });
  expect(interquartile.value).toEqual([0, 2, 4]);
});

test('a curve over tasks weighs them the same and counts the seeds of the smallest', () => {
  const tasks = [[run([0, 1], [1, 1])], [run([0, 0], [1, 0]), run([0, 0], [1, 0]), run([0, 0], [1, 0])]];
  const curve = learningCurveOverTasks(tasks, { random: seeded(1), resamples: 10 });
  expect(curve.value).toEqual([0.5, 0.5]);
  expect(curve.low).toEqual([0.5, 0.5]);
  expect(curve.seeds).toBe(1);
});

test('area under a run is its average over steps', () => {
  expect(areaUnderCurve(run([0, 0], [10, 10], [30, 10]))).toBeCloseTo((50 + 200) / 30, 12);
  expect(areaUnderCurve(run([5, 7]))).toBe(7);
});

test('a threshold counts from where it is kept', () => {
  expect(stepReached(run([0, 0], [10, 300], [20, 120], [30, 290], [40, 300]), 285)).toBe(30);
  expect(stepReached(run([0, 300], [10, 300]), 300)).toBe(0);
  expect(stepReached(run([0, 0], [10, 300], [20, 0]), 300)).toBeUndefined();
});

test('refuses runs that have no place on a common axis', () => {
  const random = seeded(1);
  expect(() => learningCurve([], { random })).toThrow('there are no runs');
  expect(() => align([run([0, 1]), []])).toThrow('run 1 has no evaluations');
  expect(() => align([run([0, 1], [0, 2])])).toThrow('run 0 goes from step 0 to 0');
  expect(() => align([run([0, Number.NaN])])).toThrow('value NaN');
  expect(() => align([run([0, 1], [5, 1]), run([6, 1])])).toThrow('a run starts at step 6');
});
