import {
  type EnvironmentSpec,
  type Metrics,
  type Random,
  type Reduce,
  type Rollout,
  type Shard,
  type State,
  stateArray,
  stateTree,
} from '@murmuration/core';
import { disposeParameters } from '@murmuration/core/tensors';
import type { z } from 'zod';
import { type Appraisal, appraise, type Estimation } from './appraisal';
import type { critic } from './config/shared';
import { type Critic, createCritic, restoreCritics, saveCritics } from './critic';
import { groupsOf } from './groups';
import type { BodyOptions } from './layers';
import { createOptimisers } from './optimisers';
import { trainCritic } from './trainCritic';
import { averageOf } from './update/metrics';

export interface CriticTeamOptions extends Estimation {
  readonly critic: z.infer<ReturnType<typeof critic>>;
  readonly network: BodyOptions;
  /** Steps of a training sequence. */
  readonly length: number;
}

/** What the critics make of a rollout before they learn from it. */
export interface TeamAppraisal extends Appraisal {
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

/** All value functions of a team that have networks of their own. */
export interface CriticTeam {
  appraise(rollout: Rollout): Promise<TeamAppraisal>;
  save(): Promise<State>;
  restore(state: State): void;
  dispose(): void;
}

const parts = {
  state: ['state'],
  'agent-state': ['state', 'observation', 'agent'],
  observation: ['observation'],
} as const;

export const createCriticTeam = (
  spec: EnvironmentSpec,
  options: CriticTeamOptions,
  random: Random,
): CriticTeam => {
  const { critic: settings, network, length } = options;
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
  const optimisers = createOptimisers(critics, settings);
  let memory: readonly Float32Array[] = critics.map(() => new Float32Array(0));

  return {
    async appraise(rollout) {
      const starts = critics.map(({ agents, network: { memoryWidth } }, index) => {
        const size = rollout.copies * agents.length * memoryWidth;
        return memory[index].length === size ? memory[index] : new Float32Array(size);
      });
      const team = spec.agents.length;
      const appraisal = await appraise(critics, rollout, starts, { ...options, team, single });
      const { valuations } = appraisal;
      memory = valuations.map(({ last }) => last);
      return {
        ...appraisal,
        async train({ rate, advantages = appraisal.advantages(), ...others }) {
          optimisers.rate = rate;
          const returns = appraisal.returns(advantages);
          const training = { ...settings, maskInactive: settings.maskInactive && !single, length };
          const found = [];
          for (const [index, each] of critics.entries()) {
            const lesson = {
              spec,
              rollout,
              valuation: valuations[index],
              returns: returns[index],
              ...others,
            };
            found.push(await trainCritic(each, optimisers.of[index], lesson, training));
          }
          return averageOf(found);
        },
      };
    },
    save: async () => ({
      ...(await saveCritics(critics)),
      memory: Object.fromEntries(memory.map((each, index) => [`${index}`, each])),
      optimisers: await optimisers.save(),
    }),
    restore(state) {
      restoreCritics(critics, state);
      memory = critics.map((_, index) => stateArray(stateTree(state, 'memory'), `${index}`, Float32Array));
      optimisers.restore(stateTree(state, 'optimisers'));
    },
    dispose() {
      for (const { parameters } of critics) disposeParameters(parameters);
      optimisers.dispose();
    },
  };
};
