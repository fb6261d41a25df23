import type { Check, Counter, Reference, Settings, Trend } from '@murmuration/core';
import type { Run } from './run';

/** One cell of a study: what every seed of it does. */
export interface Cell {
  /** Rows of tables and lines of charts. Unique within its group. */
  readonly method: string;
  /** Panels of charts, for example `3 agents`. */
  readonly group: string;
  readonly algorithm: string;
  readonly settings: Settings;
  /** An id, or the absolute path of a module. */
  readonly environment: string;
  readonly environmentOptions: (seed: number) => Readonly<Record<string, unknown>>;
  readonly steps: number;
  readonly episodes?: number;
  readonly evaluateEvery?: number;
  /** What the paper reports. */
  readonly reference?: Reference;
  /** Beginnings of the names of metrics that training logs and that runs keep. */
  readonly logged?: readonly string[];
  /** Names of counters that training logs and whose last values runs keep. */
  readonly counted?: readonly string[];
}

/** Several seeds of several cells, and what there is to say about them. */
export interface Study {
  readonly title: string;
  readonly introduction: string;
  /** The command that makes it again. */
  readonly command: string;
  /** What is compared: `return`, or a metric of the worlds. */
  readonly metric: string;
  /** What the metric is called on an axis. */
  readonly metricMeaning: string;
  /** How many of the last evaluations are averaged into a run's final value. */
  readonly finalEvaluations: number;
  /** The best value there is, where it is known. */
  readonly best?: number;
  /** Whether to write a file for the tools of marl-eval, which holds every metric and may be large. */
  readonly marlEval?: boolean;
  /** What training logs in a row, to be fitted. */
  readonly trend?: Trend;
  /** What runs cost beside their steps, where that is asked. */
  readonly costs?: readonly Counter[];
  /** Claims to compute beside. */
  readonly checks?: readonly Check[];
  readonly cells: readonly Cell[];
  readonly seeds: readonly number[];
}

/** The evaluations of one run, column by column. */
export interface Track {
  readonly steps: readonly number[];
  /** By name, one value for each step. */
  readonly metrics: Readonly<Record<string, readonly number[]>>;
  /** Means over the run of the logarithms of what training logged, of those names that the study asks for. */
  readonly logged?: Readonly<Record<string, number>>;
  /** Last values of the counters that the study asks for. */
  readonly counted?: Readonly<Record<string, number>>;
}

export interface FinishedRun {
  readonly cell: Cell;
  readonly seed: number;
  readonly track: Track;
  readonly seconds: number;
}

export interface FailedRun {
  readonly cell: Cell;
  readonly seed: number;
  readonly line: string;
}

/** What one seed of a cell does, as a worker is told. */
export const runOf = (cell: Cell, seed: number): Run => ({
  algorithm: cell.algorithm,
  settings: cell.settings,
  environment: cell.environment,
  options: cell.environmentOptions(seed),
  seed,
  steps: cell.steps,
  episodes: cell.episodes,
  evaluateEvery: cell.evaluateEvery,
  logged: cell.logged,
  counted: cell.counted,
});

/** What people call one run. */
export const nameOf = ({ method, group }: Cell, seed: number): string => `${method}, ${group}, seed ${seed}`;

/** A run's final value: the mean of its last evaluations. */
export const finalOf = (values: readonly number[], finalEvaluations: number): number => {
  const last = values.slice(-finalEvaluations);
  return last.reduce((sum, value) => sum + value, 0) / last.length;
};
