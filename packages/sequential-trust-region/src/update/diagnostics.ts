import { boundFactor } from '../loss';

/** Sample variance of M Â over the samples that count. */
const varianceOf = (advantages: Float32Array, factor: Float32Array, active: Uint8Array): number => {
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (let index = 0; index < advantages.length; index++) {
    if (active[index] === 0) continue;
    const value = advantages[index] * factor[index];
    count++;
    const before = value - mean;
    mean += before / count;
    squares += before * (value - mean);
  }
  return count < 2 ? 0 : squares / (count - 1);
};

/**
 * How much the weighted advantage of the agent at one position of the update order varies, with the product of the
 * ratios and with the bounded one, whichever is used. One worker's share of the samples.
 * @param position from 1, the agent that is updated first
 * @param advantages standardised, of this agent, `[time, environment]`; so are the others
 */
export const weightedVariances = (
  position: number,
  advantages: Float32Array,
  product: Float32Array,
  active: Uint8Array,
): Record<string, number> => ({
  [`variance.product.${position}`]: varianceOf(advantages, product, active),
  [`variance.bounded.${position}`]: varianceOf(advantages, boundFactor(product, 'bounded'), active),
});
