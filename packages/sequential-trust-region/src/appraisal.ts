import { estimateAdvantages, type Rollout, type TimeLimit } from '@murmuration/core';
import type { Critic } from './critic';
import { type Valuation, valueRollout } from './valuation';

/** How rewards become advantages. */
export interface Estimation {
  readonly discount: number;
  readonly lambda: number;
  readonly timeLimit: TimeLimit;
  readonly rewards: 'own' | 'team';
}

export interface AppraisalOptions extends Estimation {
  /** Agents of the team. */
  readonly team: number;
  /** Whether the only critic has one value for the whole team. */
  readonly single: boolean;
  /** Steps of a training sequence. */
  readonly length: number;
}

/** Normalised, as critics predict, or as returns, in units of the reward. */
export type PredictionUnits = 'normalised' | 'reward';

/** What critics make of a rollout before they learn from it. */
export interface Appraisal {
  /** One of each critic. */
  readonly valuations: readonly Valuation[];
  /** What the critics predicted, `[time, environment, agent]`; fresh at each call. */
  predictions(units: PredictionUnits): Float32Array;
  /** `[time, environment, agent]`; fresh at each call. @param traces of the same shape, of an off-policy correction */
  advantages(traces?: Float32Array): Float32Array;
  /** Values plus advantages, `[time, environment, column]` for each critic. @param advantages not standardised */
  returns(advantages: Float32Array): Float32Array[];
}

/** `[time, environment, column]` of the agents of a critic, from what all agents received. */
const rewardsOf = (
  { rewards, steps, copies }: Rollout,
  team: number,
  agents: readonly number[],
  kind: 'own' | 'team',
): Float32Array => {
  const own = new Float32Array(steps * copies * agents.length);
  for (let moment = 0; moment < steps * copies; moment++) {
    let sum = 0;
    for (let agent = 0; agent < team; agent++) sum += rewards[moment * team + agent];
    for (const [column, agent] of agents.entries()) {
      own[moment * agents.length + column] = kind === 'team' ? sum / team : rewards[moment * team + agent];
    }
  }
  return own;
};

/** `[moment]`: the mean of each row of `[moment, agent]`. */
const meansOf = (values: Float32Array, agents: number): Float32Array => {
  const means = new Float32Array(values.length / agents);
  for (let moment = 0; moment < means.length; moment++) {
    let sum = 0;
    for (let agent = 0; agent < agents; agent++) sum += values[moment * agents + agent];
    means[moment] = sum / agents;
  }
  return means;
};

/**
 * Value a rollout by critics as they are now.
 * @param starts `[environment, column, units]` of each critic: its memory before the first step
 */
export const appraise = async (
  critics: readonly Critic[],
  rollout: Rollout,
  starts: readonly Float32Array[],
  { team, single, length, rewards, ...estimation }: AppraisalOptions,
): Promise<Appraisal> => {
  const moments = rollout.ends.length;
  const valuations: Valuation[] = [];
  for (const [index, critic] of critics.entries()) {
    const cutOff = estimation.timeLimit === 'bootstrap';
    const request = { start: starts[index], stretch: length, cutOff };
    valuations.push(await valueRollout(critic, rollout, team, request));
  }

  /** Where each agent's value stands: which critic, which of its columns. */
  const places = Array.from({ length: team }, (_, agent) => {
    const index = single ? 0 : critics.findIndex(({ agents }) => agents.includes(agent));
    return { index, column: single ? 0 : critics[index].agents.indexOf(agent) };
  });

  /**
   * `[time, environment, column]` of one critic from `[time, environment, agent]`. One value for the team gets the mean
   * over agents: they agree, unless each was corrected for those updated before it (A2PO).
   */
  const columnsOf = (values: Float32Array, agents: readonly number[]): Float32Array => {
    if (single) return meansOf(values, team);
    const own = new Float32Array((values.length / team) * agents.length);
    for (let index = 0; index < own.length; index++) {
      own[index] = values[Math.floor(index / agents.length) * team + agents[index % agents.length]];
    }
    return own;
  };

  /** `[time, environment, agent]` from what each critic has for its columns. */
  const spread = (found: readonly Float32Array[]): Float32Array => {
    const all = new Float32Array(moments * team);
    for (let entry = 0; entry < all.length; entry++) {
      const { index, column } = places[entry % team];
      all[entry] = found[index][Math.floor(entry / team) * critics[index].agents.length + column];
    }
    return all;
  };

  return {
    valuations,
    predictions: (units) =>
      spread(valuations.map(({ predictions, values }) => (units === 'normalised' ? predictions : values))),
    advantages: (traces) =>
      spread(
        critics.map(({ agents }, index) =>
          estimateAdvantages(
            {
              copies: rollout.copies,
              columns: agents.length,
              rewards: rewardsOf(rollout, team, agents, single ? 'team' : rewards),
              ...valuations[index],
              ends: rollout.ends,
            },
            estimation,
            traces && columnsOf(traces, agents),
          ),
        ),
      ),
    returns: (advantages) =>
      critics.map(({ agents }, index) => {
        const { values } = valuations[index];
        return columnsOf(advantages, agents).map((advantage, entry) => advantage + values[entry]);
      }),
  };
};
