import type { Metrics, Random, Reduce, Rollout, Shard, State } from '@murmuration/core';
import type { PredictionUnits } from '../appraisal';

/** One rollout to improve policies with. */
export interface Improvement {
  readonly rollout: Rollout;
  /** `[time, environment, agent]`, by generalised advantage estimation, not standardised. */
  readonly advantages: Float32Array;
  /** The same with traces of an off-policy correction, `[time, environment, agent]`. */
  advantagesWith(traces: Float32Array): Float32Array;
  /** What the critics predicted, `[time, environment, agent]`. */
  predictions(units: PredictionUnits): Float32Array;
  /** Share of the learning rates that is left. */
  readonly rate: number;
  readonly random: Random;
  readonly reduce: Reduce;
  readonly shard: Shard;
}

export interface Improved {
  readonly metrics: Metrics;
  /** Advantages from which critics learn, where they are not those that were given. */
  readonly advantages?: Float32Array;
}

/** How actors learn from a rollout: what tells one algorithm of this family from another. */
export interface Rule {
  improve(improvement: Improvement): Promise<Improved>;
  save(): Promise<State>;
  restore(state: State): void;
  dispose(): void;
}
