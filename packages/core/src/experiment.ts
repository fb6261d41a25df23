import type { Paper } from './algorithm';
import type { Settings } from './resolve';

/** What a paper reports of one curve, often read off a figure: the final value lies between `low` and `high`. */
export interface Reference {
  readonly low: number;
  readonly high: number;
  /** Where it stands, and what else it tells, for example `figure 3, flat from the start`. */
  readonly source: string;
}

/** One algorithm in one world, to be trained with many seeds: one curve of a chart, one row of a table. */
export interface ExperimentCell {
  /** Cells of one group are drawn and compared together, for example `3 agents`. */
  readonly group: string;
  /** Agents of the world, by which people choose. */
  readonly agents: number;
  /** Unique within its group, for example `ROMA-iQSS`. */
  readonly label: string;
  /** Id of the algorithm. */
  readonly algorithm: string;
  readonly settings: Settings;
  /** Id of the world, `family/variant`. */
  readonly environment: string;
  /** Options of the world for one seed of the experiment. */
  readonly environmentOptions: (seed: number) => Readonly<Record<string, unknown>>;
  /** Environment steps of a run. */
  readonly steps: number;
  /** Greedy episodes of each evaluation. */
  readonly episodes: number;
  /** Environment steps between evaluations. */
  readonly evaluateEvery: number;
  readonly reference?: Reference;
}

/** Something that training counts and logs, such as steps beside those of training: its last value is a cost. */
export interface Counter {
  readonly metric: string;
  /** A heading, for example `steps to weigh networks`. */
  readonly meaning: string;
}

/** What is compared. */
export interface Measure {
  /** `return`, or a metric of the world. */
  readonly metric: string;
  /** What the metric is called on an axis, for example `group reward of the greedy team`. */
  readonly metricMeaning: string;
  /** The best value there is, where it is known. */
  readonly best?: number;
}

/** Cells that ask one question. */
export interface Ablation {
  /** The question, one sentence. */
  readonly meaning: string;
  /** @default the experiment's; its worlds may tell other metrics */
  readonly measure?: Measure;
  readonly seeds: number;
  readonly cells: readonly ExperimentCell[];
  /** Where the question is what methods cost: reported beside the steps and the seconds of a run. */
  readonly costs?: readonly Counter[];
}

/**
 * Numbers that training logs in a row, such as `variance.product.1`, `.2`, …: their logarithms are averaged over a run,
 * a straight line is fitted over their numbers, and its slope reported with an interval over seeds.
 */
export interface Trend {
  /** For example `growth of the variance`. */
  readonly name: string;
  /** What the numbers count, for example `position in the update order`. */
  readonly ordinalName: string;
  /** What is logged, for example `variance of the weighted advantage`. */
  readonly valueName: string;
  /** `prefix` is what stands before the number in the names of the metrics. */
  readonly series: readonly { readonly label: string; readonly prefix: string }[];
}

/** A claim of a paper's theory that can be computed within seconds. */
export interface Check {
  readonly claim: string;
  /** @returns what was found, one line, and whether the claim holds */
  run(): { readonly found: string; readonly holds: boolean };
}

/** A paper's experiment as data: what `murmuration reproduce` runs. It names algorithms and worlds and imports none. */
export interface Experiment extends Measure {
  /** For example `roma-iqss`. */
  readonly id: string;
  readonly name: string;
  readonly paper: Paper;
  /** How many of the last evaluations are averaged into a run's final value. */
  readonly finalEvaluations: number;
  /** Runs of each cell. */
  readonly seeds: number;
  readonly cells: readonly ExperimentCell[];
  /** A smaller one that shows the same within minutes. */
  readonly quick: { readonly seeds: number; readonly cells: readonly ExperimentCell[] };
  readonly ablations: Readonly<Record<string, Ablation>>;
  readonly trend?: Trend;
  readonly checks?: readonly Check[];
}
