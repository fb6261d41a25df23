import { div, mul, neg, square, sub, sum, type Tensor } from '@tensorflow/tfjs-core';
import { size } from '../elementwise/functions.js';
import { address } from '../wasm/backend.js';
import { checkInputs } from './check.js';
import { call, type FusedOperation, fuses, keepOrFree, runFused } from './define.js';

/** In plain operations. */
export const meanSquaredErrorInOperations = (prediction: Tensor, target: Tensor, weight?: Tensor): Tensor => {
  const errors = square(sub(prediction, target));
  return weight ? div(sum(mul(errors, weight)), sum(weight)) : div(sum(errors), size(prediction.shape));
};

/** Keeps the slope for the gradient. */
export const squaredErrorKernel: FusedOperation = {
  kernelName: 'MurmurationSquaredError',
  run: ({ inputs: { prediction, target, weight }, attrs, instance, backend }) => {
    const output = backend.makeOutput([], 'float32');
    const slope = attrs.kept ? backend.makeOutput(prediction.shape, 'float32') : undefined;
    const [a, b, to] = [prediction, target, output].map((each) => address(backend, each));
    const [w, s] = [weight, slope].map((each) => (each ? address(backend, each) : 0));
    instance.kernels.squaredError(a, b, w, to, s, size(prediction.shape));
    if (slope) keepOrFree({ attrs, backend }, slope);
    return output;
  },
  gradient: ([dy], [prediction, target, ...rest]) => {
    const [y, slope] = rest.slice(-2);
    const gradient = (): Tensor => call('Multiply', { a: slope, b: dy });
    const ofWeight = (): Tensor => {
      const above = sub(square(sub(prediction, target)), y);
      return mul(above, div(dy, sum(rest[0])));
    };
    return { prediction: gradient, target: () => neg(gradient()), weight: ofWeight };
  },
  composed: ({ prediction, target, weight }) => [meanSquaredErrorInOperations(prediction, target, weight)],
};

/**
 * Σ w (prediction - target)² / Σ w, the mean where there is no weight.
 * @param prediction  any shape
 * @param target  the same shape
 * @param weight  the same shape; a mask has weights 0 and 1
 * @returns a scalar; NaN where the weights are 0 or there are no values
 * @throws if shapes or types do not fit
 */
export const meanSquaredError = (prediction: Tensor, target: Tensor, weight?: Tensor): Tensor => {
  const { shape } = prediction;
  checkInputs('meanSquaredError', {
    prediction: { tensor: prediction, shape },
    target: { tensor: target, shape },
    ...(weight ? { weight: { tensor: weight, shape } } : {}),
  });
  if (!fuses()) return meanSquaredErrorInOperations(prediction, target, weight);
  const inputs: Record<string, Tensor> = weight ? { prediction, target, weight } : { prediction, target };
  return runFused(squaredErrorKernel, inputs, {}, (y) => [y]);
};
