import { gatherRows, type Reduce, type Rollout, type ValueNormaliser } from '@murmuration/core';
import { reshape, type Scalar, type Tensor2D, tensor1d } from '@murmuration/core/tensors';
import type { Critic } from './critic';
import { type ValueLossOptions, type ValueSamples, valueLoss } from './loss';
import { piecesOf, rowsOf, type Sequences, totalOf } from './sequences';
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

/** A piece of a batch with what the loss needs; `total` counts the samples of all pieces and workers. */
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

const gatherPiece = (
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

/** The samples of some sequences, in pieces. @param maskInactive whether dead agents are left out of the loss */
export const gatherValues = (
  lesson: ValueLesson,
  sequences: Sequences,
  chosen: Int32Array,
  maskInactive: boolean,
): ValueBatch[] =>
  piecesOf(sequences, chosen).map((piece) => gatherPiece(lesson, sequences, piece, maskInactive));

/** Show a normaliser the returns of a whole minibatch. */
const noteReturns = async (
  normaliser: ValueNormaliser,
  batches: readonly ValueBatch[],
  reduce: Reduce,
): Promise<void> => {
  const sums = [0, 0, 0];
  for (const { returns } of batches) {
    sums[0] += returns.length;
    sums[1] += returns.reduce((sum, value) => sum + value, 0);
    sums[2] += returns.reduce((sum, value) => sum + value * value, 0);
  }
  const all = Float32Array.from(sums);
  await reduce([all]);
  normaliser.update(all[1] / all[0], all[2] / all[0]);
};

/** Set a critic its targets. Its running statistics move each time, as in MAPPO's code. */
export const prepareValues = async (
  critic: Critic,
  batches: readonly ValueBatch[],
  reduce: Reduce,
): Promise<ValueExercise[]> => {
  const { normaliser } = critic;
  if (normaliser) await noteReturns(normaliser, batches, reduce);
  const total = await totalOf(batches, reduce);
  return batches.map((batch) => ({
    ...batch,
    targets: normaliser ? batch.returns.map(normaliser.normalise) : batch.returns,
    total,
  }));
};

/** Loss of a piece. @param output of the critic's network, `[row, 1]` */
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
