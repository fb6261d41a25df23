import { boundFactor, type Reduce } from '@murmuration/core';

/** Samples of one agent, `[time, environment]` each. */
export interface WeightedSamples {
  /** Standardised. */
  readonly advantages: Float32Array;
  /** M, the product of the ratios of those before it. */
  readonly product: Float32Array;
  /** 1 where the agent took part. */
  readonly active: Uint8Array;
}

/** Σ of a function of M Â over the samples that count. */
const sumOf = (
  { advantages, active }: WeightedSamples,
  factor: Float32Array,
  value: (weighted: number) => number,
): number => {
  let sum = 0;
  for (let index = 0; index < advantages.length; index++) {
    if (active[index] !== 0) sum += value(advantages[index] * factor[index]);
  }
  return sum;
};

/**
 * How much the weighted advantage of the agent at one position of the update order varies, with the product of the
 * ratios and with the bounded one, whichever is used: sample variances over all workers.
 * @param position from 1, the agent that is updated first
 */
export const weightedVariances = async (
  position: number,
  samples: WeightedSamples,
  reduce: Reduce,
): Promise<Record<string, number>> => {
  const factors = [samples.product, boundFactor(samples.product, 'bounded')];
  const sums = Float32Array.from([
    sumOf(samples, samples.product, () => 1),
    ...factors.map((factor) => sumOf(samples, factor, (value) => value)),
  ]);
  await reduce([sums]);
  const [count, ...totals] = sums;
  const squares = Float32Array.from(
    factors.map((factor, kind) => sumOf(samples, factor, (value) => (value - totals[kind] / count) ** 2)),
  );
  await reduce([squares]);
  const [product, bounded] = squares.map((square) => (count < 2 ? 0 : square / (count - 1)));
  return { [`variance.product.${position}`]: product, [`variance.bounded.${position}`]: bounded };
};
