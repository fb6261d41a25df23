import { gatherRows, type Reduce, type Rollout } from '@murmuration/core';
import { reshape, type Scalar, type Tensor2D, tensor1d } from '@murmuration/core/tensors';
import type { Critic } from './critic';
import { type ValueLossOptions, type ValueSamples, valueLoss } from './loss';
import { rowsOf, type Sequences } from './sequences';
import type { Valuation } from './valuation';

/** What a critic learns from. */
export interface ValueLesson {
  readonly rollout: Rollout;
  readonly valuation: Valuation;
  /** `[time, environment, column]`, in units of the reward. */
  readonly returns: Float32Array;
}

/** Samples of one critic, in the order of their rows, apart from what its network sees. */
export interface ValueBatch {
  /** As predicted when the rollout was valued. */
  readonly before: Float32Array;
  /** In units of the reward. */
  readonly returns: Float32Array;
  readonly weights: Float32Array;
}

/** A batch with what the loss needs; `total` counts the samples of all workers. */
export interface ValueExercise extends ValueBatch {
  /** What should have been predicted, normalised like predictions. */
  readonly targets: Float32Array;
  readonly total: number;
}

/** The same sequences, counted over the columns of a critic instead of over the agents of the team. */
export const columnsOf = (sequences: Sequences): Sequences => {
  const places = sequences.agents.map((_, place) => place);
  return { ...sequences, team: places.length, agents: places };
};

/** The samples of some sequences. @param maskInactive whether dead agents are left out of the loss */
export const gatherValues = (
  { rollout, valuation, returns }: ValueLesson,
  sequences: Sequences,
  chosen: Int32Array,
  maskInactive: boolean,
): ValueBatch => {
  const rows = rowsOf(sequences, chosen);
  const own = rowsOf(columnsOf(sequences), chosen);
  return {
    before: gatherRows(valuation.predictions, 1, own),
    returns: gatherRows(returns, 1, own),
    weights: maskInactive
      ? Float32Array.from(gatherRows(rollout.active, 1, rows))
      : new Float32Array(rows.length).fill(1),
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

/** Set a critic its targets. Its running statistics move each time, as in MAPPO's code. */
export const prepareValues = async (
  critic: Critic,
  batch: ValueBatch,
  reduce: Reduce,
): Promise<ValueExercise> => {
  const targets = await targetsOf(critic, batch.returns, reduce);
  const total = Float32Array.of(batch.weights.reduce((sum, weight) => sum + weight, 0));
  await reduce([total]);
  return { ...batch, targets, total: total[0] };
};

/** Loss of a batch that has rows. @param output of the critic's network, `[row, 1]` */
export const measureValues = (
  output: Tensor2D,
  { before, targets, weights, total }: ValueExercise,
  options: ValueLossOptions,
): Scalar => {
  const samples: ValueSamples = {
    prediction: reshape(output, [before.length]),
    before: tensor1d(before),
    target: tensor1d(targets),
    weights: tensor1d(weights),
    total,
  };
  return valueLoss(samples, options);
};
