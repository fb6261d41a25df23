import type { Metrics, Random, Reduce, Rollout, State } from '@murmuration/core';

/** One rollout to improve policies with. */
export interface Improvement {
  readonly rollout: Rollout;
  /** `[time, environment, agent]`, by generalised advantage estimation, not standardised. */
  readonly advantages: Float32Array;
  /** Share of the learning rates that is left. */
  readonly rate: number;
  readonly random: Random;
  readonly reduce: Reduce;
}

/** How actors learn from a rollout: what tells one algorithm of this family from another. */
export interface Rule {
  improve(improvement: Improvement): Promise<Metrics>;
  save(): Promise<State>;
  restore(state: State): void;
  dispose(): void;
}
