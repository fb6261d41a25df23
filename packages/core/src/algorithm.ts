import type { ZodType } from 'zod';
import type { EnvironmentSpec } from './environment';
import type { Learner } from './learner';
import type { Random } from './random';
import type { Shard } from './shard';

export interface Paper {
  readonly title: string;
  readonly authors: string;
  readonly year: number;
  readonly url: string;
}

/** What kinds of world an algorithm can learn; the rest is refused before the first step. */
export interface Capabilities {
  readonly observations: readonly ('discrete' | 'box')[];
  readonly actions: readonly ('discrete' | 'box')[];
  /** Whether agents may receive different rewards. */
  readonly individualRewards: boolean;
  /** Whether agents may have different spaces. */
  readonly differentAgents: boolean;
  /** Whether agents may become inactive before the episode ends. */
  readonly dyingAgents: boolean;
}

/** A named set of values that replace defaults, for example the paper's. */
export interface Preset {
  readonly meaning: string;
  /** Copies of the world that step together, where the values are made for another number than the default. */
  readonly copies?: number;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Defaults that learn a given world in reasonable time. */
export interface Defaults {
  /** Environment steps of a whole training run. */
  readonly steps: number;
  /** Copies of the world that step together. */
  readonly copies: number;
  readonly values: Readonly<Record<string, unknown>>;
}

/** One way of learning, ready to be made. Plain data and one function. */
export interface Algorithm<Configuration extends object = object> {
  /** The paper's short name in lower case, for example `roma-iqss`. */
  readonly id: string;
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  /** The npm package it comes from, named in errors. */
  readonly package: string;
  readonly paper?: Paper;
  readonly capabilities: Capabilities;
  /** Every option with its range, default and meaning. */
  readonly configuration: ZodType<Configuration>;
  readonly presets: Readonly<Record<string, Preset>>;
  /** Defaults for one world; they lie under a preset, which lies under what people set. */
  defaults(spec: EnvironmentSpec): Defaults;
  /** Why this world cannot be learned with this configuration, beyond what `capabilities` says; nothing if it can. */
  refuse?(spec: EnvironmentSpec, configuration: Configuration): string | undefined;
  /**
   * Whether its learners may share a run with others in data-parallel workers: they sum by `reduce` whatever their
   * mathematics sums over a batch, and heed the shard they are given. @default false
   */
  readonly dataParallel?: boolean;
  /** @param shard which copies of the run the learner will see; all of them where it is left out */
  create(
    spec: EnvironmentSpec,
    configuration: Configuration,
    random: Random,
    shard?: Shard,
  ): Learner | Promise<Learner>;
}
