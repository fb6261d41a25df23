import { type EnvironmentSpec, featuresOf, type Random, stateTree } from '@murmuration/core';
import {
  concat,
  joinParameters,
  reshape,
  softmax,
  type Tensor1D,
  type Tensor2D,
  tensor1d,
} from '@murmuration/core/tensors';
import { createModel, createStateValue, features, spacesOf } from '../networks';
import type { ScheduledLearner } from '../schedule/schedule';
import { actByTable } from '../tabular/act';
import { sizesOf, type TimeLimit } from '../tabular/transition';
import { createExperience, type DeepBatch, type ReplayOptions } from './experience';
import { bootstrapped, negativeLogLikelihood, squaredError } from './loss';
import { createNeighbours } from './neighbours';
import { followed, read, trained } from './network';

export interface DeepIqssOptions extends ReplayOptions {
  readonly discount: number;
  /** In units of reward. */
  readonly kappa: number;
  readonly timeLimit: TimeLimit;
  readonly hidden: readonly number[];
  readonly modelHidden: readonly number[];
  readonly learningRate: number;
  readonly polyak: number;
  readonly rewardScale: number;
  /** δ of N^δ, greater than 0: a likelihood is never 0. */
  readonly delta: number;
}

/** Keys in the order of their first coming, without repeats. */
const numbered = () => {
  const keys: number[] = [];
  const numbers = new Map<number, number>();
  return {
    keys,
    add(key: number): void {
      if (numbers.has(key)) return;
      numbers.set(key, keys.length);
      keys.push(key);
    },
    numberOf: (key: number): number => numbers.get(key)!,
  };
};

const distinct = (values: Float32Array): Float32Array => Float32Array.from(new Set(values));

const flat = (tensor: Tensor2D): Tensor1D => reshape(tensor, [-1]);

/**
 * Deep iQSS, section IV: a network Q(s, s′), a model of P(s′ | s, a) that says which successors count, and for each
 * (s, a) the best neighbour z. For finite worlds: acting is a look-up of the sticky choice, kept up to date for the
 * states of every batch.
 */
export const deepIqss = (
  spec: EnvironmentSpec,
  agent: number,
  options: DeepIqssOptions,
  random: Random,
): ScheduledLearner<DeepBatch> => {
  const { discount, delta, polyak, rewardScale } = options;
  const spaces = spacesOf(spec.agents[agent], spec.state);
  const sizes = sizesOf(spec, agent);
  const successors = featuresOf(spec.state);
  const experience = createExperience(spec, agent, options, options.timeLimit, random.split());
  const value = followed(createStateValue(random, spaces, options.hidden), options.learningRate);
  const model = trained(createModel(random, spaces, options.modelHidden), options.learningRate);
  const neighbours = createNeighbours(sizes, successors, delta, random);

  const pairs = (states: ArrayLike<number>, reached: ArrayLike<number>): Tensor2D =>
    features(states.length, [spaces.observation, states], [spaces.state, reached]);

  /** Every state with the best neighbour of each of its actions, `[state × action, features]`. */
  const neighbourPairs = (states: Float32Array): Tensor2D => {
    const count = states.length * sizes.actions;
    const from = new Float32Array(count);
    const to = new Float32Array(count);
    for (let row = 0; row < count; row++) {
      from[row] = states[Math.floor(row / sizes.actions)];
      to[row] = neighbours.best[from[row] * sizes.actions + (row % sizes.actions)];
    }
    return pairs(from, to);
  };

  /** Learn P(s′ | s, a), then apply the rule of the neighbours. @returns the model's loss. */
  const learnNeighbours = async (batch: DeepBatch): Promise<number> => {
    const { rows, observations, actions } = batch;
    // In a finite world a batch holds few different (s, a) and (s, s′): each is asked about once.
    const places = numbered();
    const asked = numbered();
    for (let row = 0; row < rows; row++) {
      const place = observations[row] * sizes.actions + actions[row];
      places.add(place);
      asked.add(observations[row] * successors + batch.successors[row]);
      asked.add(observations[row] * successors + neighbours.best[place]);
    }
    const numbers = await read(() => {
      const input = features(rows, [spaces.observation, observations], [spaces.action, actions]);
      const reached = features(rows, [spaces.state, batch.successors]);
      const loss = model.descend(() => negativeLogLikelihood(model.forward(input), reached));
      const likelihoods = softmax(
        model.forward(
          features(
            places.keys.length,
            [spaces.observation, places.keys.map((place) => Math.floor(place / sizes.actions))],
            [spaces.action, places.keys.map((place) => place % sizes.actions)],
          ),
        ),
      );
      const values = value.forward(
        pairs(
          asked.keys.map((key) => Math.floor(key / successors)),
          asked.keys.map((key) => key % successors),
        ),
      );
      return concat([reshape(loss, [1]), flat(likelihoods), flat(values)]);
    });
    const end = 1 + places.keys.length * successors;
    neighbours.judge(batch, {
      likelihood: (state, action, successor) =>
        numbers[1 + places.numberOf(state * sizes.actions + action) * successors + successor],
      value: (state, successor) => numbers[end + asked.numberOf(state * successors + successor)],
    });
    return numbers[0];
  };

  /** V(s) = max over a of Q(s, z(s, a)) by the slow network, 0 where no neighbour counts; by state. */
  const nextValues = async (batch: DeepBatch): Promise<Map<number, number>> => {
    const states = distinct(batch.nexts);
    const values = await read(() => flat(value.forward(neighbourPairs(states), value.target)));
    const best = new Map<number, number>();
    states.forEach((state, index) => {
      let highest = Number.NEGATIVE_INFINITY;
      for (let action = 0; action < sizes.actions; action++) {
        if (neighbours.certified[state * sizes.actions + action] === 0) continue;
        highest = Math.max(highest, values[index * sizes.actions + action]);
      }
      best.set(state, highest === Number.NEGATIVE_INFINITY ? 0 : highest);
    });
    return best;
  };

  /** Equation (8), and the choices that follow from it. @returns the loss. */
  const learnValues = async (batch: DeepBatch, next: ReadonlyMap<number, number>): Promise<number> => {
    const { rows } = batch;
    const states = distinct(batch.observations);
    const numbers = await read(() => {
      const input = pairs(batch.observations, batch.successors);
      const targets = bootstrapped(
        tensor1d(batch.rewards.map((reward) => reward * rewardScale)),
        discount,
        tensor1d(Float32Array.from(batch.ended)),
        tensor1d(Float32Array.from({ length: rows }, (_, row) => next.get(batch.nexts[row])!)),
      );
      const loss = value.descend(() => squaredError(flat(value.forward(input)), targets));
      value.follow(polyak);
      // Choices follow the slow network: one that has converged still jumps now and then under Adam, by more than κ.
      const choices = value.forward(neighbourPairs(states), value.target);
      return concat([reshape(loss, [1]), flat(choices)]);
    });
    states.forEach((state, index) => {
      neighbours.decide(state, numbers, 1 + index * sizes.actions, options.kappa * rewardScale);
    });
    return numbers[0];
  };

  return {
    agent,
    parameters: joinParameters({ value: value.parameters, model: model.parameters }),
    experience,
    idle: (copies) => experience.idle(copies),
    act: actByTable(spec, agent, neighbours),
    async update(batch) {
      const modelLoss = await learnNeighbours(batch);
      const valueLoss = await learnValues(batch, await nextValues(batch));
      return { modelLoss, valueLoss };
    },
    save: async () => ({
      experience: experience.save(),
      value: await value.save(),
      model: await model.save(),
      neighbours: neighbours.save(),
    }),
    restore(state) {
      experience.restore(stateTree(state, 'experience'));
      value.restore(stateTree(state, 'value'));
      model.restore(stateTree(state, 'model'));
      neighbours.restore(stateTree(state, 'neighbours'));
    },
    dispose() {
      value.dispose();
      model.dispose();
    },
  };
};
