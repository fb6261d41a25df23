import { type EnvironmentSpec, type Random, stateTree } from '@murmuration/core';
import {
  concat,
  joinParameters,
  maximum,
  mean,
  mul,
  reshape,
  type Scalar,
  softmax,
  square,
  sub,
  sum,
  type Tensor1D,
  type Tensor2D,
  tensor1d,
} from '@murmuration/core/tensors';
import { createActionValue, createModel, createStateValue, features, spacesOf } from '../networks';
import type { ScheduledLearner } from '../schedule/schedule';
import type { TimeLimit } from '../tabular/transition';
import { greedyActor } from './act';
import { availableOf, createExperience, type DeepBatch, type ReplayOptions } from './experience';
import {
  allowed,
  bootstrapped,
  forwardModelLoss,
  meanMagnitude,
  negativeLogLikelihood,
  squaredError,
} from './loss';
import { followed, read } from './network';

export interface DeepI2qOptions extends ReplayOptions {
  readonly discount: number;
  readonly timeLimit: TimeLimit;
  readonly hidden: readonly number[];
  readonly learningRate: number;
  readonly polyak: number;
  readonly rewardScale: number;
  /** α of the forward model's loss. */
  readonly optimism: number;
}

/**
 * Deep I2Q (Jiang and Lu 2022) for discrete actions, in the form of its differential game (update type 1): Q_ss(s, s′),
 * a forward model f(s, a) that aims at the best successor that was seen, and Q(s, ·) that learns from Q_ss of either.
 * The original has continuous actions and an actor; here the greedy action of Q takes its place. Where states are
 * finite, f gives probabilities and stays near what was seen by likelihood instead of distance.
 */
export const deepI2q = (
  spec: EnvironmentSpec,
  agent: number,
  options: DeepI2qOptions,
  random: Random,
): ScheduledLearner<DeepBatch> => {
  const { discount, polyak, rewardScale, optimism, hidden, learningRate } = options;
  const spaces = spacesOf(spec.agents[agent], spec.state);
  const finite = spec.state.kind === 'discrete';
  const experience = createExperience(spec, agent, options, options.timeLimit, random.split());
  const stateValue = followed(createStateValue(random, spaces, hidden), learningRate);
  const model = followed(createModel(random, spaces, hidden), learningRate);
  const actionValue = followed(createActionValue(random, spaces, hidden), learningRate);

  /** f(s, a): features of one state, or the probabilities of all. */
  const imagined = (output: Tensor2D): Tensor2D => (finite ? softmax(output) : output);
  const join = (left: Tensor2D, right: Tensor2D): Tensor2D => concat([left, right], 1);
  const flat = (values: Tensor2D): Tensor1D => reshape(values, [-1]);

  /** π(s₊), the slow network's greedy actions. */
  const answers = async (batch: DeepBatch): Promise<Int32Array> => {
    const { nexts, rows } = batch;
    const values = await read(() => {
      const next = actionValue.forward(features(rows, [spaces.observation, nexts]), actionValue.target);
      return allowed(next, availableOf(batch));
    });
    const actions = values.length / rows;
    return Int32Array.from({ length: rows }, (_, row) => {
      const own = values.subarray(row * actions, (row + 1) * actions);
      return own.indexOf(Math.max(...own));
    });
  };

  const learn = (batch: DeepBatch, answer: Int32Array): Promise<Float32Array> =>
    read(() => {
      const { rows } = batch;
      const now = features(rows, [spaces.observation, batch.observations]);
      const chosen = features(rows, [spaces.action, batch.actions]);
      const reached = features(rows, [spaces.state, batch.successors]);
      const next = features(rows, [spaces.observation, batch.nexts]);

      // Q_ss(s, s′) ← r + γ Q_ss(s₊, f(s₊, π(s₊))), all on the right by the slow networks.
      const answered = join(next, features(rows, [spaces.action, answer]));
      const following = imagined(model.forward(answered, model.target));
      const stateTargets = bootstrapped(
        tensor1d(batch.rewards.map((reward) => reward * rewardScale)),
        discount,
        tensor1d(Float32Array.from(batch.ended)),
        flat(stateValue.forward(join(next, following), stateValue.target)),
      );
      const stateLoss = stateValue.descend(() =>
        squaredError(flat(stateValue.forward(join(now, reached))), stateTargets),
      );

      const magnitude = meanMagnitude(
        stateValue.forward(join(now, imagined(model.forward(join(now, chosen))))),
      );
      const modelLoss = model.descend(() => {
        const output = model.forward(join(now, chosen));
        const distance = finite
          ? negativeLogLikelihood(output, reached)
          : (mean(square(sub(output, reached))) as Scalar);
        const values = flat(stateValue.forward(join(now, imagined(output))));
        return forwardModelLoss(values, distance, optimism, magnitude);
      });

      // Q(s, a) ← the better of what is imagined and what was seen.
      const ideal = imagined(model.forward(join(now, chosen), model.target));
      const actionTargets = maximum(
        flat(stateValue.forward(join(now, ideal), stateValue.target)),
        flat(stateValue.forward(join(now, reached), stateValue.target)),
      ) as Tensor1D;
      const actionLoss = actionValue.descend(() =>
        squaredError(sum(mul(actionValue.forward(now), chosen), 1), actionTargets),
      );
      for (const network of [stateValue, model, actionValue]) network.follow(polyak);
      return concat([reshape(stateLoss, [1]), reshape(modelLoss, [1]), reshape(actionLoss, [1])]);
    });

  return {
    agent,
    parameters: joinParameters({
      stateValue: stateValue.parameters,
      model: model.parameters,
      actionValue: actionValue.parameters,
    }),
    experience,
    idle: (copies) => experience.idle(copies),
    act: greedyActor(spec, agent, actionValue),
    async update(batch) {
      const [valueLoss, modelLoss, actionLoss] = await learn(batch, await answers(batch));
      return { valueLoss, modelLoss, actionLoss };
    },
    save: async () => ({
      experience: experience.save(),
      stateValue: await stateValue.save(),
      model: await model.save(),
      actionValue: await actionValue.save(),
    }),
    restore(state) {
      experience.restore(stateTree(state, 'experience'));
      stateValue.restore(stateTree(state, 'stateValue'));
      model.restore(stateTree(state, 'model'));
      actionValue.restore(stateTree(state, 'actionValue'));
    },
    dispose() {
      for (const network of [stateValue, model, actionValue]) network.dispose();
    },
  };
};
