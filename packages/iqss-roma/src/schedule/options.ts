import type { TurnOptions } from './turnClock';

/** How a team of independent learners collects and learns. */
export interface ScheduleOptions extends TurnOptions {
  /**
   * `sma`, algorithm 1: in every step all agents explore and all learn. `roma`, algorithm 2: agents take turns; in each
   * exactly one collects and learns, its seniors act as they have learned, and it and its juniors explore.
   */
  readonly kind: 'sma' | 'roma';
  /** Probability that an agent who explores takes a random action. */
  readonly epsilon: number;
  /** The same for seniors. */
  readonly seniorEpsilon: number;
  /** The same for juniors. */
  readonly juniorEpsilon: number;
  /** Whether those who do not collect go on learning from what they have. */
  readonly trainAll: boolean;
  /** Environment steps after which agents see what happened, in acting and in learning. */
  readonly observationDelay: number;
  /** One agent who plays at random: while the team is evaluated, or while it is a senior in training. */
  readonly adversary: { readonly agent: number; readonly during: 'never' | 'evaluation' | 'senior' };
}
