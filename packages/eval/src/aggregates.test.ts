import { expect, test } from 'vitest';
import {
  interquartileMeanOverTasks,
  meanOverTasks,
  medianOverTasks,
  optimalityGap,
  performanceProfile,
  probabilityOfImprovement,
} from './aggregates.js';

// `[task][run]`; expected values: numpy 2.4, scipy.stats 1.17 (trim_mean, mannwhitneyu).
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

test('aggregates over runs and tasks', () => {
  expect(meanOverTasks(ours)).toBeCloseTo(0.6125, 12);
  expect(medianOverTasks(ours)).toBeCloseTo(0.4875, 12);
  expect(interquartileMeanOverTasks(ours)).toBeCloseTo(0.6083333333333333, 12);
  expect(optimalityGap(ours)).toBeCloseTo(0.4041666666666667, 12);
  expect(optimalityGap([[100, 300, 400]], 300)).toBeCloseTo(300 - 700 / 3, 12);
});

test('a ragged table weighs its tasks the same', () => {
  const ragged = [[1], [0, 0, 0]];
  expect(meanOverTasks(ragged)).toBe(0.5);
  expect(optimalityGap(ragged)).toBe(0.5);
  expect(performanceProfile(ragged, [0.5])).toEqual([0.5]);
  expect(interquartileMeanOverTasks(ragged)).toBe(0);
});

test('probability of improvement is the Mann-Whitney statistic, ties half', () => {
  expect(probabilityOfImprovement(ours, theirs)).toBeCloseTo(2 / 3, 12);
  expect(probabilityOfImprovement(theirs, ours)).toBeCloseTo(1 / 3, 12);
  expect(probabilityOfImprovement(ours, ours)).toBe(0.5);
  expect(() => probabilityOfImprovement(ours, theirs.slice(1))).toThrow('3 tasks against 2');
});

test('the performance profile counts what is strictly above', () => {
  const profile = performanceProfile(ours, [0, 0.3, 0.5, 1]);
  [1, 0.75, 0.5, 1 / 12].forEach((value, index) => {
    expect(profile[index]).toBeCloseTo(value, 12);
  });
});
