import type { Metrics, Random, Reduce, Rollout, Shard, State } from '@murmuration/core';
import type { Actor, ActorOptions } from './actor';
import type { Estimation } from './appraisal';
import type { CriticTeamOptions } from './criticTeam';
import type { Sharing } from './groups';
import type { BodyOptions } from './layers';

/** What the configurations of all algorithms here have. */
export interface TeamConfiguration extends Estimation {
  readonly rollout: number;
  readonly sharing: Sharing;
  readonly showAgent: boolean;
  readonly decay: number;
  readonly decayFloor: number;
  readonly network: BodyOptions & { readonly chunk: number; readonly gain: number };
  readonly gaussian: ActorOptions['gaussian'];
  readonly critic: CriticTeamOptions['critic'];
}

/** Steps of a training sequence. */
export const sequenceLength = ({ network }: TeamConfiguration): number =>
  network.recurrent ? network.chunk : 1;

/** What learning from a rollout takes beside it. */
export interface TeamContext {
  /** Share of the learning rates that is left. */
  readonly rate: number;
  readonly random: Random;
  readonly reduce: Reduce;
  readonly shard: Shard;
}

/** The networks of a team, and how they learn from a rollout. */
export interface Team {
  readonly actors: readonly Actor[];
  learn(rollout: Rollout, context: TeamContext): Promise<Metrics>;
  save(): Promise<State>;
  restore(state: State): void;
  dispose(): void;
}
