import {
  type EnvironmentSpec,
  gatherRows,
  type Random,
  type Reduce,
  type Rollout,
  type Shard,
} from '@murmuration/core';
import { type Optimiser, reshape, tensor1d, tensor2d } from '@murmuration/core/tensors';
import { memoryOf } from './actor';
import type { Critic } from './critic';
import { descend, zeroLoss } from './descend';
import { type ValueLossOptions, type ValueSamples, valueLoss } from './loss';
import { allOf, cutInto, minibatchesOf, rowsOf, type Sequences, startsOf } from './sequences';
import type { Valuation } from './valuation';

export interface CriticTraining extends ValueLossOptions {
  readonly epochs: number;
  readonly minibatches: number;
  /** Whether dead agents are left out of the loss. */
  readonly maskInactive: boolean;
  /** Steps of a training sequence. */
  readonly length: number;
}

export interface CriticLesson {
  readonly spec: EnvironmentSpec;
  readonly rollout: Rollout;
  readonly valuation: Valuation;
  /** `[time, environment, column]`, in units of the reward. */
  readonly returns: Float32Array;
  readonly random: Random;
  readonly reduce: Reduce;
  readonly shard: Shard;
}

interface CriticBatch {
  readonly inputs: Float32Array;
  readonly before: Float32Array;
  readonly returns: Float32Array;
  readonly weights: Float32Array;
  readonly start?: Float32Array;
  readonly resets?: Uint8Array;
}

/** The same sequences, counted over the columns of this critic instead of over the agents of the team. */
const columnsOf = (sequences: Sequences): Sequences => {
  const places = sequences.agents.map((_, place) => place);
  return { ...sequences, team: places.length, agents: places };
};

const gather = (
  { view, network: { memoryWidth } }: Critic,
  { rollout, valuation, returns, spec }: CriticLesson,
  { maskInactive }: CriticTraining,
  sequences: Sequences,
  chosen: Int32Array,
): CriticBatch => {
  const rows = rowsOf(sequences, chosen);
  const columns = columnsOf(sequences);
  const own = rowsOf(columns, chosen);
  const batch = {
    inputs: view.show(rollout, rows),
    before: gatherRows(valuation.predictions, 1, own),
    returns: gatherRows(returns, 1, own),
    weights: maskInactive
      ? Float32Array.from(gatherRows(rollout.active, 1, rows))
      : new Float32Array(rows.length).fill(1),
  };
  if (memoryWidth === 0) return batch;
  const moments = rows.map((row) => Math.floor(row / spec.agents.length));
  return {
    ...batch,
    start: gatherRows(valuation.memory, memoryWidth, startsOf(columns, chosen)),
    resets: gatherRows(rollout.started, 1, moments),
  };
};

/** Returns as the critic should predict them; its running statistics take note of them first. */
const targetsOf = async (
  { normaliser }: Critic,
  returns: Float32Array,
  reduce: Reduce,
): Promise<Float32Array> => {
  if (!normaliser) return returns;
  const sums = new Float32Array(3);
  sums[0] = returns.length;
  sums[1] = returns.reduce((sum, value) => sum + value, 0);
  sums[2] = returns.reduce((sum, value) => sum + value * value, 0);
  await reduce([sums]);
  normaliser.update(sums[1] / sums[0], sums[2] / sums[0]);
  return returns.map(normaliser.normalise);
};

/** Fit a critic to returns. @returns the mean loss of its minibatches */
export const trainCritic = async (
  critic: Critic,
  optimiser: Optimiser,
  lesson: CriticLesson,
  options: CriticTraining,
): Promise<{ valueLoss: number }> => {
  const { spec, rollout, random, reduce, shard } = lesson;
  const { epochs, minibatches, length } = options;
  const { network, view, agents } = critic;
  const { steps, copies } = rollout;
  const sequences = cutInto({ steps, length, copies, team: spec.agents.length, agents });
  const whole = minibatches === 1 ? gather(critic, lesson, options, sequences, allOf(sequences)) : undefined;
  let loss = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const parts = whole ? [allOf(sequences)] : minibatchesOf(random, sequences, minibatches, shard);
    for (const part of parts) {
      const batch = whole ?? gather(critic, lesson, options, sequences, part);
      const targets = await targetsOf(critic, batch.returns, reduce);
      const total = Float32Array.of(batch.weights.reduce((sum, weight) => sum + weight, 0));
      await reduce([total]);
      const measure = () => {
        const rows = batch.before.length;
        if (rows === 0) return { loss: zeroLoss(network.parameters), others: [] };
        const memory = memoryOf(network, batch.start, batch.resets, length);
        const { output } = network.forward(tensor2d(batch.inputs, [rows, view.width]), memory);
        const samples: ValueSamples = {
          prediction: reshape(output, [rows]),
          before: tensor1d(batch.before),
          target: tensor1d(targets),
          weights: tensor1d(batch.weights),
          total: total[0],
        };
        return { loss: valueLoss(samples, options), others: [] };
      };
      const [found] = await descend(network.parameters, optimiser, measure, reduce);
      loss += found / (epochs * minibatches);
    }
  }
  return { valueLoss: loss };
};
