import { logSoftmax } from '@murmuration/kernels';
import { add, div, exp, log, mul, square, sub, sum, type Tensor } from '@tensorflow/tfjs-core';
import type { Random } from '../random';

export { type Categorical, categorical } from '@murmuration/kernels';

const halfLogTau = 0.5 * Math.log(2 * Math.PI);

/**
 * log N(x; mean, deviation) summed over the last axis: the entries of an action are independent.
 * @param mean `[..., entry]` @param deviation `[entry]` or of the mean's shape, positive
 * @returns `[...]`
 */
export const gaussianLogProbability = (x: Tensor, mean: Tensor, deviation: Tensor): Tensor => {
  const scaled = div(sub(x, mean), deviation);
  const densities = add(add(mul(square(scaled), 0.5), log(deviation)), halfLogTau);
  return mul(sum(densities, -1), -1);
};

/** Entropy in nats, log σ + ½ log 2πe for each entry, summed over the last axis. */
export const gaussianEntropy = (deviation: Tensor): Tensor => sum(add(log(deviation), 0.5 + halfLogTau), -1);

/** Means and standard deviations of independent normal variables; `deviation` `[entry]` or of the mean's shape. */
export interface Gaussian {
  readonly mean: Tensor;
  readonly deviation: Tensor;
}

/** KL(p ‖ q) = Σ log(σq/σp) + (σp² + (μp − μq)²) / 2σq² − ½ over the last axis, `[...]`. */
export const gaussianDivergence = (p: Gaussian, q: Gaussian): Tensor => {
  const spread = square(div(p.deviation, q.deviation));
  const shift = square(div(sub(p.mean, q.mean), q.deviation));
  return sum(mul(sub(sub(add(spread, shift), 1), log(spread)), 0.5), -1);
};

/**
 * Logarithms of the probabilities softmax(logits), `[..., choice]`.
 * @param mask bool, of the same shape: false for a choice that is not available, whose logarithm is then near -1e9
 */
export const categoricalLogarithms = (logits: Tensor, mask?: Tensor): Tensor => logSoftmax(logits, mask);

/**
 * KL(p ‖ q) of categorical distributions, `[...]`, from their logarithms, which stay finite where p is 0.
 * @param p `[..., choice]` @param q `[..., choice]`
 */
export const categoricalDivergence = (p: Tensor, q: Tensor): Tensor => sum(mul(exp(p), sub(p, q)), -1);

/**
 * Draw one of the available choices, by probabilities softmax(logits).
 * @param available 1 for each choice that can be taken; at least one can.
 * @returns the choice and the logarithm of its probability
 */
export const sampleCategorical = (
  random: Random,
  logits: Float32Array,
  available: Uint8Array,
): { choice: number; logProbability: number } => {
  let most = -Infinity;
  for (let index = 0; index < logits.length; index++) {
    if (available[index]) most = Math.max(most, logits[index]);
  }
  let total = 0;
  for (let index = 0; index < logits.length; index++) {
    if (available[index]) total += Math.exp(logits[index] - most);
  }
  let left = random.uniform() * total;
  let choice = 0;
  for (let index = 0; index < logits.length; index++) {
    if (!available[index]) continue;
    choice = index;
    left -= Math.exp(logits[index] - most);
    if (left < 0) break;
  }
  return { choice, logProbability: logits[choice] - most - Math.log(total) };
};

/** The available choice with the largest logit, the first of equal ones. */
export const likeliestChoice = (logits: Float32Array, available: Uint8Array): number => {
  let best = -1;
  for (let index = 0; index < logits.length; index++) {
    if (available[index] && (best < 0 || logits[index] > logits[best])) best = index;
  }
  return Math.max(best, 0);
};
