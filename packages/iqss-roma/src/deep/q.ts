import { type EnvironmentSpec, type Random, stateTree } from '@murmuration/core';
import { max, mul, reshape, sum, type Tensor1D, tensor1d } from '@murmuration/core/tensors';
import { createActionValue, features, spacesOf } from '../networks';
import type { ScheduledLearner } from '../schedule/schedule';
import type { TimeLimit } from '../tabular/transition';
import { greedyActor } from './act';
import { availableOf, createExperience, type DeepBatch, type ReplayOptions } from './experience';
import { allowed, bootstrapped, hystereticError } from './loss';
import { followed, read } from './network';

export interface DeepQOptions extends ReplayOptions {
  readonly discount: number;
  readonly timeLimit: TimeLimit;
  readonly hidden: readonly number[];
  readonly learningRate: number;
  readonly polyak: number;
  readonly rewardScale: number;
  /** How much results worse than expected count, against 1 for the others: 1 is independent Q-learning. */
  readonly lossWeight: number;
}

/** Independent Q-learning with a network Q(s, ·), equation (2), and with hysteresis. */
export const deepQ = (
  spec: EnvironmentSpec,
  agent: number,
  options: DeepQOptions,
  random: Random,
): ScheduledLearner<DeepBatch> => {
  const { discount, polyak, rewardScale, lossWeight } = options;
  const spaces = spacesOf(spec.agents[agent], spec.state);
  const experience = createExperience(spec, agent, options, options.timeLimit, random.split());
  const value = followed(createActionValue(random, spaces, options.hidden), options.learningRate);

  const learn = (batch: DeepBatch): Promise<Float32Array> =>
    read(() => {
      const { rows } = batch;
      const input = features(rows, [spaces.observation, batch.observations]);
      const chosen = features(rows, [spaces.action, batch.actions]);
      const next = value.forward(features(rows, [spaces.observation, batch.nexts]), value.target);
      const targets = bootstrapped(
        tensor1d(batch.rewards.map((reward) => reward * rewardScale)),
        discount,
        tensor1d(Float32Array.from(batch.ended)),
        max(allowed(next, availableOf(batch)), 1),
      );
      const loss = value.descend(() => {
        const values: Tensor1D = sum(mul(value.forward(input), chosen), 1);
        return hystereticError(values, targets, lossWeight);
      });
      value.follow(polyak);
      return reshape(loss, [1]);
    });

  return {
    agent,
    parameters: value.parameters,
    experience,
    idle: (copies) => experience.idle(copies),
    act: greedyActor(spec, agent, value),
    async update(batch) {
      const [valueLoss] = await learn(batch);
      return { valueLoss };
    },
    save: async () => ({ experience: experience.save(), value: await value.save() }),
    restore(state) {
      experience.restore(stateTree(state, 'experience'));
      value.restore(stateTree(state, 'value'));
    },
    dispose: () => value.dispose(),
  };
};
