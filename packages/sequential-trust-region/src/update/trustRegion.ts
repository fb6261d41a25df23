import type { Reduce } from '@murmuration/core';
import {
  keep,
  mul,
  type Scalar,
  stack,
  sum,
  type Tensor,
  type Tensor2D,
  tidy,
} from '@murmuration/core/tensors';
import type { z } from 'zod';
import { type Actor, outputOf } from '../actor';
import type { trustRegion } from '../config/policy';
import { differentiate } from '../descend';
import { trustRegionSurrogate } from '../loss';
import { conjugateGradient, dot } from './conjugateGradient';
import { createFisher } from './fisher';
import { flatten } from './flat';
import { type Exercise, samplesOf } from './ppo';

export type TrustRegionOptions = z.infer<typeof trustRegion>;

export interface TrustRegionMetrics {
  /** By how much the surrogate rose. */
  readonly improvement: number;
  /** Mean KL(old ‖ new) of the step that was taken. */
  readonly divergence: number;
  /** Steps that were tried. */
  readonly searchSteps: number;
  /** 1 where a step was taken, 0 where none was good enough. */
  readonly accepted: number;
}

const disposeAll = (tensors: Readonly<Record<string, Tensor>> | readonly Tensor[]): void => {
  for (const each of Object.values(tensors)) each.dispose();
};

/** This worker's share of the mean divergence from what the policy was. @param rows of all workers */
const divergenceFrom = (
  actor: Actor,
  { batch }: Exercise,
  before: readonly Tensor[],
  rows: number,
  output: Tensor2D,
): Scalar => {
  const after = actor.head.describe(output, batch.taken);
  return mul(sum(actor.head.divergence(before, after, batch.taken)), 1 / rows) as Scalar;
};

/**
 * One step of trust region policy optimisation on all samples of an actor (Schulman et al. 2015; HATRPO, Kuba et al.
 * 2022, whose released code this follows): the natural gradient by conjugate gradients, then a line search that takes
 * the longest step that keeps within the trust region and brings a share of what was expected.
 */
export const trustRegionStep = async (
  actor: Actor,
  exercise: Exercise,
  options: TrustRegionOptions,
  reduce: Reduce,
): Promise<TrustRegionMetrics> => {
  const { parameters, head } = actor;
  const flat = flatten(parameters);
  const start = await flat.read(parameters);
  const count = Float32Array.of(exercise.batch.rows.length);
  await reduce([count]);
  const look = () => outputOf(actor, exercise.batch);
  const before = tidy(() => head.describe(look(), exercise.batch.taken).map((each) => keep(each)));
  const divergence = (output = look()) => divergenceFrom(actor, exercise, before, count[0], output);
  const surrogate = (output = look()) => trustRegionSurrogate(samplesOf(actor, exercise, output).samples);

  const { gradients, measures } = await differentiate(
    parameters,
    () => ({ loss: surrogate(), others: [] }),
    reduce,
  );
  const gradient = await flat.read(gradients);
  disposeAll(gradients);

  const gradientAt = async (weights: Float64Array): Promise<Float64Array> => {
    flat.write(weights);
    const found = await differentiate(parameters, () => ({ loss: divergence(), others: [] }), reduce);
    const slope = await flat.read(found.gradients);
    disposeAll(found.gradients);
    return slope;
  };
  const fisher = createFisher(start, gradientAt);
  const damped = async (vector: Float64Array): Promise<Float64Array> =>
    (await fisher(vector)).map((value, index) => value + options.damping * vector[index]);

  const { x: natural, curvature } = await conjugateGradient(damped, gradient, options.iterations);
  const scale = curvature > 0 ? Math.sqrt((2 * options.limit) / curvature) : 0;
  const full = natural.map((value) => value * scale);
  let expected = dot(gradient, full);
  let fraction = 1;
  let result = { improvement: 0, divergence: 0, searchSteps: 0, accepted: 0 };
  for (let step = 1; step <= options.searchSteps && expected > 0 && result.accepted === 0; step++) {
    flat.write(start.map((value, index) => value + fraction * full[index]));
    const found = tidy(() => {
      const output = look();
      return stack([surrogate(output), divergence(output)]);
    });
    const measured = ((await found.data()) as Float32Array).slice();
    found.dispose();
    await reduce([measured]);
    const improvement = measured[0] - measures[0];
    const accepted =
      measured[1] < options.limit && improvement > 0 && improvement / expected > options.acceptRatio;
    if (accepted) result = { improvement, divergence: measured[1], searchSteps: step, accepted: 1 };
    else {
      result = { ...result, searchSteps: step };
      expected *= options.backtrack;
      fraction *= options.backtrack;
    }
  }
  if (result.accepted === 0) flat.write(start);
  disposeAll(before);
  return result;
};
