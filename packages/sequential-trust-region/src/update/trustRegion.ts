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

/** A piece's share of what the line search weighs. */
interface Weighed {
  /** Of the mean divergence from what the policy was. */
  divergence(output?: Tensor2D): Scalar;
  surrogate(output?: Tensor2D): Scalar;
  look(): Tensor2D;
  dispose(): void;
}

/** @param rows of all pieces and workers */
const weigh = (actor: Actor, exercise: Exercise, rows: number): Weighed => {
  const { head } = actor;
  const { taken } = exercise.batch;
  const look = () => outputOf(actor, exercise.batch);
  const before = tidy(() => head.describe(look(), taken).map((each) => keep(each)));
  return {
    look,
    divergence: (output = look()) =>
      mul(sum(head.divergence(before, head.describe(output, taken), taken)), 1 / rows) as Scalar,
    surrogate: (output = look()) => trustRegionSurrogate(samplesOf(actor, exercise, output).samples),
    dispose: () => disposeAll(before),
  };
};

/** Sum over pieces and workers: of the surrogate and of the divergence. */
const weighAll = async (pieces: readonly Weighed[], reduce: Reduce): Promise<Float32Array> => {
  const sums = new Float32Array(2);
  for (const piece of pieces) {
    const found = tidy(() => {
      const output = piece.look();
      return stack([piece.surrogate(output), piece.divergence(output)]);
    });
    (await found.data()).forEach((value, index) => {
      sums[index] += value;
    });
    found.dispose();
  }
  await reduce([sums]);
  return sums;
};

/**
 * One step of trust region policy optimisation on all samples of an actor (Schulman et al. 2015; HATRPO, Kuba et al.
 * 2022, whose released code this follows): the natural gradient by conjugate gradients, then a line search that takes
 * the longest step that keeps within the trust region and brings a share of what was expected.
 */
export const trustRegionStep = async (
  actor: Actor,
  exercises: readonly Exercise[],
  options: TrustRegionOptions,
  reduce: Reduce,
): Promise<TrustRegionMetrics> => {
  const { parameters } = actor;
  const flat = flatten(parameters);
  const start = await flat.read(parameters);
  const count = Float32Array.of(exercises.reduce((sum, { batch }) => sum + batch.rows.length, 0));
  await reduce([count]);
  const pieces = exercises.map((exercise) => weigh(actor, exercise, count[0]));
  const slopeOf = (part: 'surrogate' | 'divergence') => {
    const losses = pieces.map((piece) => () => ({ loss: piece[part](), others: [] }));
    return differentiate(parameters, { pieces: losses, others: 0 }, reduce);
  };

  const { gradients, measures } = await slopeOf('surrogate');
  const gradient = await flat.read(gradients);
  disposeAll(gradients);

  const gradientAt = async (weights: Float64Array): Promise<Float64Array> => {
    flat.write(weights);
    const found = await slopeOf('divergence');
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
    const [gained, divergence] = await weighAll(pieces, reduce);
    const improvement = gained - measures[0];
    const accepted =
      divergence < options.limit && improvement > 0 && improvement / expected > options.acceptRatio;
    if (accepted) result = { improvement, divergence, searchSteps: step, accepted: 1 };
    else {
      result = { ...result, searchSteps: step };
      expected *= options.backtrack;
      fraction *= options.backtrack;
    }
  }
  if (result.accepted === 0) flat.write(start);
  for (const piece of pieces) piece.dispose();
  return result;
};
