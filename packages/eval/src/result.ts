import { type BootstrapOptions, bootstrapIntervals } from './bootstrap.js';
import { interquartileMean, mean, standardDeviation } from './statistics.js';

/** Final scores of one algorithm on one environment: one number a seed. */
export type SeedScores = {
  algorithm: string;
  environment: string;
  /** `return`, or a metric of the environment such as `winRate`. */
  metric: string;
  /** `[seed]` */
  scores: readonly number[];
};

/** One cell of a comparison. All numbers are in the metric's unit. */
export type ResultRow = {
  algorithm: string;
  environment: string;
  metric: string;
  mean: number;
  /** Sample standard deviation over seeds; 0 for a single seed. */
  standardDeviation: number;
  /** Interquartile mean over seeds. */
  iqm: number;
  /** Bootstrap interval of `mean`. */
  low: number;
  high: number;
  /** Bootstrap interval of `iqm`. */
  iqmLow: number;
  iqmHigh: number;
  /** Number of seeds. */
  seeds: number;
};

/** Summary of one cell; give every cell a generator of its own, and no cell depends on which others there are. */
export const summarise = (
  { algorithm, environment, metric, scores }: SeedScores,
  options: BootstrapOptions,
): ResultRow => {
  const [average, interquartile] = bootstrapIntervals(
    [scores],
    ([runs]) => [mean(runs), interquartileMean(runs)],
    options,
  );
  return {
    algorithm,
    environment,
    metric,
    mean: average.value,
    standardDeviation: standardDeviation(scores),
    iqm: interquartile.value,
    low: average.low,
    high: average.high,
    iqmLow: interquartile.low,
    iqmHigh: interquartile.high,
    seeds: scores.length,
  };
};
