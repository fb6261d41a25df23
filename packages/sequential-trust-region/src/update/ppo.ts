import {
  type EnvironmentSpec,
  gatherRows,
  type Metrics,
  type Random,
  type Reduce,
  type Rollout,
  type Shard,
} from '@murmuration/core';
import { type Optimiser, sub, tensor1d, weightedMean } from '@murmuration/core/tensors';
import type { z } from 'zod';
import { type Actor, type ActorBatch, gatherActorBatches, outputOf } from '../actor';
import type { ppo } from '../config/policy';
import { descend, type Measured } from '../descend';
import { clippedLoss, entropyOf, ratioOf, type Samples, withEntropy } from '../loss';
import { passesOver, type Sequences, totalOf } from '../sequences';
import { averageOf } from './metrics';

export type PpoOptions = z.infer<typeof ppo>;

/** What an actor learns from. */
export interface Lesson {
  readonly spec: EnvironmentSpec;
  readonly rollout: Rollout;
  readonly sequences: Sequences;
  /** All samples, where they have been gathered already. */
  readonly whole?: readonly ActorBatch[];
  /** `[time, environment, agent]`, standardised. */
  readonly advantages: Float32Array;
  /** `[time, environment]`: M, constant. */
  readonly factor?: Float32Array;
  /** `[time, environment, agent]`: the others' ratios, inside the clip. */
  readonly others?: Float32Array;
  /** `[agent]`: ε of each agent, in place of one for all. */
  readonly clips?: Float32Array;
  readonly random: Random;
  readonly reduce: Reduce;
  readonly shard: Shard;
}

/** What one step reports. */
export interface PpoMetrics {
  readonly policyLoss: number;
  /** In nats. */
  readonly entropy: number;
  /** Mean of r − 1 − log r, an estimate of KL(old ‖ new) (Schulman 2020). */
  readonly divergence: number;
}

/** A piece of a batch with what the loss needs of the lesson; `total` counts the samples of all pieces and workers. */
export interface Exercise {
  readonly batch: ActorBatch;
  readonly advantages: Float32Array;
  readonly factor?: Float32Array;
  readonly others?: Float32Array;
  readonly clips?: Float32Array;
  readonly total: number;
}

export const prepare = async (
  { spec, advantages, factor, others, clips, reduce }: Lesson,
  batches: readonly ActorBatch[],
): Promise<Exercise[]> => {
  const team = spec.agents.length;
  const total = await totalOf(batches, reduce);
  return batches.map((batch) => ({
    batch,
    advantages: gatherRows(advantages, 1, batch.rows),
    factor:
      factor &&
      gatherRows(
        factor,
        1,
        batch.rows.map((row) => Math.floor(row / team)),
      ),
    others: others && gatherRows(others, 1, batch.rows),
    clips: clips && Float32Array.from(batch.rows, (row) => clips[row % team]),
    total,
  }));
};

/** The samples of a batch as tensors, evaluated by the actor as it is now. @param output where it is known already */
export const samplesOf = (
  actor: Actor,
  { batch, advantages, factor, others, total }: Exercise,
  output = outputOf(actor, batch),
) => {
  const { logProbability, entropy } = actor.head.evaluate(output, batch.taken);
  const samples: Samples = {
    logProbability,
    before: tensor1d(batch.before),
    advantage: tensor1d(advantages),
    weights: tensor1d(batch.weights),
    total,
    factor: factor && tensor1d(factor),
    others: others && tensor1d(others),
  };
  return { samples, entropy };
};

/** Loss of a piece, and what `policyMetrics` names. @param output of the network where it is known already */
export const measurePolicy = (
  actor: Actor,
  exercise: Exercise,
  options: PpoOptions,
  output = outputOf(actor, exercise.batch),
): Measured => {
  const { samples, entropy } = samplesOf(actor, exercise, output);
  const { logProbability, before, weights, total } = samples;
  const loss = clippedLoss(samples, exercise.clips ? tensor1d(exercise.clips) : options.clip);
  const bonus = entropyOf(entropy, samples, actor.head.continuous ? options.entropyReduction : 'mean');
  const moved = sub(logProbability, before);
  const divergence = weightedMean(sub(sub(ratioOf(logProbability, before), 1), moved), weights, total);
  return {
    loss: withEntropy(loss, bonus, options.entropy),
    others: [loss, weightedMean(entropy, weights, total), divergence],
  };
};

/** Numbers that `measurePolicy` gives beside the loss. */
export const policyMeasures = 3;

/** Their names. */
export const policyMetrics = ([policyLoss, entropy, divergence]: Float32Array): PpoMetrics => ({
  policyLoss,
  entropy,
  divergence,
});

/** One step of an actor's optimiser. */
export const stepOn = async (
  actor: Actor,
  optimiser: Optimiser,
  exercises: readonly Exercise[],
  options: PpoOptions,
  reduce: Reduce,
): Promise<PpoMetrics> => {
  const pieces = exercises.map((exercise) => () => measurePolicy(actor, exercise, options));
  const measures = { pieces, others: policyMeasures };
  return policyMetrics((await descend(actor.parameters, optimiser, measures, reduce)).subarray(1));
};

/** Epochs of clipped policy gradients (Schulman et al. 2017) for one actor. */
export const practise = async (
  actor: Actor,
  optimiser: Optimiser,
  lesson: Lesson,
  options: PpoOptions,
): Promise<Metrics> => {
  const { spec, rollout, sequences, whole, random, reduce, shard } = lesson;
  const gather = (chosen: Int32Array) =>
    whole && options.minibatches === 1 ? whole : gatherActorBatches(actor, spec, rollout, sequences, chosen);
  const found: PpoMetrics[] = [];
  const minibatches = passesOver(random, sequences, options, shard, (chosen) =>
    prepare(lesson, gather(chosen)),
  );
  for await (const exercises of minibatches) {
    found.push(await stepOn(actor, optimiser, exercises, options, reduce));
  }
  return averageOf(found);
};
