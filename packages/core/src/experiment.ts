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

/** Cells that ask one question. */
export interface Ablation {
  /** The question, one sentence. */
  readonly meaning: string;
  readonly seeds: number;
  readonly cells: readonly ExperimentCell[];
}

/** A paper's experiment as data: what `murmuration reproduce` runs. It names algorithms and worlds and imports none. */
export interface Experiment {
  /** For example `roma-iqss`. */
  readonly id: string;
  readonly name: string;
  readonly paper: Paper;
  /** What is compared: `return`, or a metric of the world. */
  readonly metric: string;
  /** What the metric is called on an axis, for example `group reward of the greedy team`. */
  readonly metricMeaning: string;
  /** The best value there is, where it is known. */
  readonly best?: number;
  /** How many of the last evaluations are averaged into a run's final value. */
  readonly finalEvaluations: number;
  /** Runs of each cell. */
  readonly seeds: number;
  readonly cells: readonly ExperimentCell[];
  /** A smaller one that shows the same within minutes. */
  readonly quick: { readonly seeds: number; readonly cells: readonly ExperimentCell[] };
  readonly ablations: Readonly<Record<string, Ablation>>;
}
