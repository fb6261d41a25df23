import type { Frame } from './frame';
import type { Policy } from './policy';
import type { State } from './state';
import type { Parameters } from './tensors/parameters';
import type { EvaluationResult } from './train/evaluate';

/** Named numbers, for example `{ loss: 0.2 }`. */
export type Metrics = Readonly<Record<string, number>>;

/**
 * Sums arrays over data-parallel workers, in place and in a fixed order; does nothing for one worker. A learner calls
 * it for whatever its mathematics sums over a batch.
 */
export type Reduce = (arrays: readonly Float32Array[]) => Promise<void>;

export interface UpdateContext {
  readonly reduce: Reduce;
  /**
   * Play whole episodes greedily with any policy for this world, apart from training and from its evaluation. They
   * cost time and steps that `step` does not count: a learner logs them.
   */
  evaluate(policy: Policy, episodes: number): Promise<EvaluationResult>;
}

/** Where a learner keeps what was seen, and how that becomes batches. */
export interface Experience<Batch> {
  /**
   * Take note of one step of all copies. The frames are reused afterwards: copy what is kept.
   * @param actions `[environment, agent, actionWidth]`, what was done in `before`.
   */
  observe(before: Frame, actions: Float32Array, after: Frame): void;
  /** The next batch to learn from, or nothing while it is not time to learn. */
  take(): Batch | undefined;
}

/**
 * Learns one team. Call `act`, step the world, `experience.observe`, then `update` with every batch that
 * `experience.take` gives. A batch may also come from elsewhere: a data set, a model of the world.
 */
export interface Learner<Batch = unknown> {
  /** Weights of each agent that has its own, by name: what parameter sharing averages. Absent where there are none. */
  readonly agentParameters?: readonly Parameters[];
  /** Metrics that count since the run began: logs keep their last value, of all others the mean since the last line. */
  readonly counters?: readonly string[];
  /** Acts greedily with what has been learned so far, and changes nothing. */
  readonly policy: Policy;
  readonly experience: Experience<Batch>;
  /** Choose actions for collecting, exploring as the algorithm does. @param actions written. */
  act(frame: Frame, actions: Float32Array): void | Promise<void>;
  /** @returns what there is to log; every value must be finite. */
  update(batch: Batch, context: UpdateContext): Metrics | Promise<Metrics>;
  /** Everything the learner depends on: parameters, moments, experience, random streams, counters. */
  save(): State | Promise<State>;
  restore(state: State): void | Promise<void>;
  /**
   * Takes over what `policy` needs and nothing else: what a product loads, without what was experienced. `restore` does
   * where this is left out.
   */
  restorePolicy?(state: State): void | Promise<void>;
  dispose(): void;
}

/**
 * One agent's learner that sees nothing but its own observations, its own actions and the reward. A schedule makes a
 * team of them. `act` writes the greedy action of its own agent only; exploring is the schedule's.
 */
export interface IndependentLearner<Batch = unknown> {
  readonly agent: number;
  /** Its weights by name, where it learns a network. */
  readonly parameters?: Parameters;
  readonly experience: Experience<Batch>;
  /** Write this agent's greedy action for every copy into `[environment, agent, actionWidth]`. */
  act(
    frame: Pick<Frame, 'copies' | 'observations' | 'availableActions' | 'started'>,
    actions: Float32Array,
  ): void | Promise<void>;
  update(batch: Batch, context: UpdateContext): Metrics | Promise<Metrics>;
  save(): State | Promise<State>;
  restore(state: State): void | Promise<void>;
  dispose(): void;
}
