import { interquartileMean, mean, median } from './statistics.js';

/**
 * Final scores of one algorithm, `[task][run]`. Tasks may have different numbers of runs. Scores of different
 * tasks must be on one scale before they are aggregated: see {@link normalise}.
 *
 * The formulas are rliable's (Agarwal et al. 2021, "Deep Reinforcement Learning at the Edge of the Statistical
 * Precipice"). Where it averages over all runs and tasks at once, a ragged table is averaged over runs first,
 * so that every task weighs the same; of a full table that is the same number.
 */
export type Scores = readonly (readonly number[])[];

/** Mean over tasks of the mean over runs. */
export const meanOverTasks = (scores: Scores): number => mean(scores.map(mean));

/** Median over tasks of the mean over runs. */
export const medianOverTasks = (scores: Scores): number => median(scores.map(mean));

/** Interquartile mean of all runs of all tasks together; a task with more runs weighs more. */
export const interquartileMeanOverTasks = (scores: Scores): number => interquartileMean(scores.flat());

/** How far the scores stay below `target`, on average; a score above it counts as the target. */
export const optimalityGap = (scores: Scores, target = 1): number =>
  target - meanOverTasks(scores.map((runs) => runs.map((score) => Math.min(score, target))));

/**
 * Probability that a run of `ours` beats a run of `theirs` on a task drawn at random, a tie counting half:
 * the mean over tasks of the Mann-Whitney U statistic divided by the number of pairs.
 */
export const probabilityOfImprovement = (ours: Scores, theirs: Scores): number => {
  if (ours.length !== theirs.length) {
    throw new RangeError(
      `@murmuration/eval: probabilityOfImprovement: ${ours.length} tasks against ${theirs.length}; give the same tasks in the same order`,
    );
  }
  return mean(ours.map((runs, task) => chanceToWin(runs, theirs[task])));
};

/** Fraction of runs that score strictly above each threshold, averaged over tasks. Shape `[threshold]`. */
export const performanceProfile = (scores: Scores, thresholds: readonly number[]): number[] =>
  thresholds.map((threshold) =>
    meanOverTasks(scores.map((runs) => runs.map((score) => (score > threshold ? 1 : 0)))),
  );

const chanceToWin = (ours: readonly number[], theirs: readonly number[]): number =>
  mean(ours.map((score) => mean(theirs.map((other) => 0.5 + 0.5 * Math.sign(score - other)))));
