import {
  type EnvironmentSpec,
  estimateAdvantages,
  type Metrics,
  type Random,
  type Reduce,
  type Rollout,
  type Shard,
  type State,
  stateArray,
  stateTree,
  type TimeLimit,
} from '@murmuration/core';
import { disposeParameters, restoreParameters, saveParameters } from '@murmuration/core/tensors';
import type { z } from 'zod';
import type { critic } from './config/shared';
import { type Critic, createCritic } from './critic';
import { groupsOf } from './groups';
import type { BodyOptions } from './networks';
import { createOptimisers } from './optimisers';
import { trainCritic } from './trainCritic';
import { averageOf } from './update/metrics';
import { type Valuation, valueRollout } from './valuation';

export interface CriticTeamOptions {
  readonly critic: z.infer<ReturnType<typeof critic>>;
  readonly network: BodyOptions;
  /** Steps of a training sequence. */
  readonly length: number;
  readonly discount: number;
  readonly lambda: number;
  readonly timeLimit: TimeLimit;
  readonly rewards: 'own' | 'team';
}

/** Normalised, as critics predict, or as returns, in units of the reward. */
export type PredictionUnits = 'normalised' | 'reward';

/** What the critics make of a rollout before they learn from it. */
export interface Appraisal {
  /** What the critics predicted, `[time, environment, agent]`; fresh at each call. */
  predictions(units: PredictionUnits): Float32Array;
  /** `[time, environment, agent]`; fresh at each call. @param traces of the same shape, of an off-policy correction */
  advantages(traces?: Float32Array): Float32Array;
  /** Fit the critics to values plus advantages. */
  train(training: Training): Promise<Metrics>;
}

export interface Training {
  /** Share of the learning rates that is left. */
  readonly rate: number;
  readonly random: Random;
  readonly reduce: Reduce;
  readonly shard: Shard;
  /** Of `advantages`. @default those without traces */
  readonly advantages?: Float32Array;
}

/** All value functions of a team. */
export interface CriticTeam {
  appraise(rollout: Rollout): Promise<Appraisal>;
  save(): Promise<State>;
  restore(state: State): void;
  dispose(): void;
}

const parts = {
  state: ['state'],
  'agent-state': ['state', 'observation', 'agent'],
  observation: ['observation'],
} as const;

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

export const createCriticTeam = (
  spec: EnvironmentSpec,
  options: CriticTeamOptions,
  random: Random,
): CriticTeam => {
  const { critic: settings, network, length, discount, lambda, timeLimit } = options;
  const team = spec.agents.length;
  const single = settings.input === 'state' && settings.sharing === 'team';
  const groups = single ? [[0]] : groupsOf(spec, settings.sharing);
  const critics: Critic[] = groups.map((agents) =>
    createCritic(
      spec,
      agents,
      {
        network,
        parts: parts[settings.input],
        hideInactive: settings.hideInactive && !single,
        normalise: settings.normalise,
      },
      random,
    ),
  );
  const optimisers = createOptimisers(
    critics.map(({ network: { parameters } }) => ({ parameters })),
    settings,
  );
  /** Where each agent's value stands: which critic, which of its columns. */
  const places = spec.agents.map((_, agent) => {
    const index = single ? 0 : groups.findIndex((agents) => agents.includes(agent));
    return { index, column: single ? 0 : groups[index].indexOf(agent) };
  });
  let memory: Float32Array[] = critics.map(() => new Float32Array(0));

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
  const spread = (found: readonly Float32Array[], moments: number): Float32Array => {
    const all = new Float32Array(moments * team);
    for (let entry = 0; entry < all.length; entry++) {
      const { index, column } = places[entry % team];
      all[entry] = found[index][Math.floor(entry / team) * critics[index].agents.length + column];
    }
    return all;
  };

  const estimate = (
    rollout: Rollout,
    valuations: readonly Valuation[],
    traces?: Float32Array,
  ): Float32Array => {
    const { copies, ends } = rollout;
    const estimates = critics.map(({ agents }, index) =>
      estimateAdvantages(
        {
          copies,
          columns: agents.length,
          rewards: rewardsOf(rollout, team, agents, single ? 'team' : options.rewards),
          ...valuations[index],
          ends,
        },
        { discount, lambda, timeLimit },
        traces && columnsOf(traces, agents),
      ),
    );
    return spread(estimates, ends.length);
  };

  return {
    async appraise(rollout) {
      const valuations: Valuation[] = [];
      for (const [index, critic] of critics.entries()) {
        const size = rollout.copies * critic.agents.length * critic.network.memoryWidth;
        const start = memory[index].length === size ? memory[index] : new Float32Array(size);
        const request = { start, stretch: length, cutOff: timeLimit === 'bootstrap' };
        valuations.push(await valueRollout(critic, rollout, team, request));
      }
      memory = valuations.map(({ last }) => last);
      return {
        predictions(units) {
          const found = valuations.map(({ predictions, values }) =>
            units === 'normalised' ? predictions : values,
          );
          return spread(found, rollout.ends.length);
        },
        advantages: (traces) => estimate(rollout, valuations, traces),
        async train({ rate, advantages = estimate(rollout, valuations), ...others }) {
          optimisers.rate = rate;
          const found = [];
          for (const [index, critic] of critics.entries()) {
            const { values } = valuations[index];
            const own = columnsOf(advantages, critic.agents);
            const returns = own.map((advantage, entry) => advantage + values[entry]);
            const lesson = { spec, rollout, valuation: valuations[index], returns, ...others };
            const masks = settings.maskInactive && !single;
            const training = { ...settings, maskInactive: masks, length };
            found.push(await trainCritic(critic, optimisers.of[index], lesson, training));
          }
          return averageOf(found);
        },
      };
    },
    save: async () => ({
      networks: Object.fromEntries(
        await Promise.all(
          critics.map(async ({ network: { parameters } }, index) => [
            `${index}`,
            await saveParameters(parameters),
          ]),
        ),
      ),
      normalisers: Object.fromEntries(
        critics.map(({ normaliser }, index) => [`${index}`, normaliser?.save() ?? {}]),
      ),
      memory: Object.fromEntries(memory.map((each, index) => [`${index}`, each])),
      optimisers: await optimisers.save(),
    }),
    restore(state) {
      for (const [index, { network: own, normaliser }] of critics.entries()) {
        restoreParameters(own.parameters, stateTree(stateTree(state, 'networks'), `${index}`));
        normaliser?.restore(stateTree(stateTree(state, 'normalisers'), `${index}`));
      }
      memory = critics.map((_, index) => stateArray(stateTree(state, 'memory'), `${index}`, Float32Array));
      optimisers.restore(stateTree(state, 'optimisers'));
    },
    dispose() {
      for (const { network: own } of critics) disposeParameters(own.parameters);
      optimisers.dispose();
    },
  };
};
