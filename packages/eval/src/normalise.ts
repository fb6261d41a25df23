import type { Scores } from './aggregates.js';

/** What counts as 0 and as 1 on a task, in the task's own unit. Print it beside every normalised number. */
export type ScoreRange = { minimum: number; maximum: number };

/**
 * Scores `[task][run]` on the scale of each task's range: `(score - minimum) / (maximum - minimum)`.
 * Fixed ranges (a random policy and the best known return) keep a number comparable from one paper to the
 * next; {@link observedRange} gives marl-eval's, which depends on the algorithms that are in the comparison.
 */
export const normalise = (scores: Scores, ranges: readonly ScoreRange[]): number[][] => {
  if (scores.length !== ranges.length) {
    throw new RangeError(
      `@murmuration/eval: normalise: ${scores.length} tasks but ${ranges.length} ranges; give one range a task`,
    );
  }
  return scores.map((runs, task) => {
    const { minimum, maximum } = ranges[task];
    if (!(maximum > minimum)) {
      throw new RangeError(
        `@murmuration/eval: normalise: the range of task ${task} is ${minimum} to ${maximum}; give a maximum above the minimum`,
      );
    }
    return runs.map((score) => (score - minimum) / (maximum - minimum));
  });
};

/** Smallest and largest value in any number of lists: runs, algorithms, steps, as the caller wants them. */
export const observedRange = (lists: Iterable<readonly number[]>): ScoreRange => {
  const range = { minimum: Number.POSITIVE_INFINITY, maximum: Number.NEGATIVE_INFINITY };
  for (const list of lists) {
    for (const value of list) {
      range.minimum = Math.min(range.minimum, value);
      range.maximum = Math.max(range.maximum, value);
    }
  }
  return range;
};
