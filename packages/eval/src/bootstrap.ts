import { probabilityOfImprovement, type Scores } from './aggregates.js';
import { sortedQuantile } from './statistics.js';

/** All the randomness that this package uses; `Random` of `@murmuration/core` is one. */
export type RandomSource = {
  /** A whole number from 0 up to, not including, `below`, all equally likely. */
  integer(below: number): number;
};

export type BootstrapOptions = {
  /** Seeded by the caller: the same state gives the same interval. It is advanced by every call. */
  random: RandomSource;
  /** How often the runs are drawn anew. Default 2,000. */
  resamples?: number;
  /** Chance that the interval is meant to cover the true value. Default 0.95. */
  confidence?: number;
};

/** A statistic of the runs that there are, and the range in which it would lie had others been drawn. */
export type Interval = { value: number; low: number; high: number };

/**
 * Percentile interval of one number computed from scores `[task][run]`, by stratified bootstrap: in every
 * resample each task's runs are drawn with replacement from that task's own runs, tasks independently of each
 * other; tasks themselves are fixed. With a single run a task there is nothing to draw: low, value and high
 * are the same number, which says that the uncertainty is unknown and not that it is small.
 */
export const bootstrapInterval = (
  scores: Scores,
  statistic: (resampled: Scores) => number,
  options: BootstrapOptions,
): Interval => bootstrapIntervals(scores, (resampled) => [statistic(resampled)], options)[0];

/** Interval of {@link probabilityOfImprovement}; the runs of the two algorithms are drawn independently. */
export const improvementInterval = (ours: Scores, theirs: Scores, options: BootstrapOptions): Interval =>
  bootstrapInterval(
    [...ours, ...theirs],
    (drawn) => probabilityOfImprovement(drawn.slice(0, ours.length), drawn.slice(ours.length)),
    options,
  );

/**
 * The same for a statistic of several numbers, where a run may be anything (a whole learning curve, say): one
 * interval for each number, all from the same resamples. Runs `[task][run]`, result `[number]`.
 */
export const bootstrapIntervals = <Run>(
  runs: readonly (readonly Run[])[],
  statistic: (resampled: Run[][]) => readonly number[],
  { random, resamples = 2000, confidence = 0.95 }: BootstrapOptions,
): Interval[] => {
  check(runs, resamples, confidence);
  const values = statistic(runs.map((task) => [...task]));
  const drawn = values.map(() => new Float64Array(resamples));
  const resampled = runs.map((task) => [...task]);
  for (let resample = 0; resample < resamples; resample++) {
    for (let task = 0; task < runs.length; task++) {
      const source = runs[task];
      for (let run = 0; run < source.length; run++)
        resampled[task][run] = source[random.integer(source.length)];
    }
    const numbers = statistic(resampled);
    for (let index = 0; index < numbers.length; index++) drawn[index][resample] = numbers[index];
  }
  const tail = (1 - confidence) / 2;
  return values.map((value, index) => {
    const sorted = drawn[index].sort();
    return { value, low: sortedQuantile(sorted, tail), high: sortedQuantile(sorted, 1 - tail) };
  });
};

const check = (runs: readonly (readonly unknown[])[], resamples: number, confidence: number): void => {
  if (runs.length === 0) {
    throw new RangeError('@murmuration/eval: bootstrap: there are no tasks; give at least one');
  }
  const empty = runs.findIndex((task) => task.length === 0);
  if (empty >= 0) {
    throw new RangeError(
      `@murmuration/eval: bootstrap: task ${empty} has no runs; leave it out or give its runs`,
    );
  }
  if (!Number.isInteger(resamples) || resamples < 1) {
    throw new RangeError(
      `@murmuration/eval: bootstrap: resamples is ${resamples}; give a whole number of at least 1`,
    );
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(
      `@murmuration/eval: bootstrap: confidence is ${confidence}; give a number between 0 and 1, such as 0.95`,
    );
  }
};
