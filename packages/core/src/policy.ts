import type { EnvironmentSpec } from './environment';
import type { Observed } from './frame';
import type { Random } from './random';

/** A team that acts. The part of a learner that a product ships. */
export interface Policy {
  readonly spec: EnvironmentSpec;
  /**
   * Begin acting in so many copies at once.
   * @param random used only by policies that act at random.
   */
  start(copies: number, random: Random): Actor;
}

/** A policy at work: holds what it remembers between steps, one memory for each copy. */
export interface Actor {
  /**
   * Choose greedy actions; a copy whose frame says `started` begins with an empty memory.
   * @param actions `[environment, agent, actionWidth]`, written.
   */
  act(frame: Observed, actions: Float32Array): void | Promise<void>;
  dispose(): void;
}
