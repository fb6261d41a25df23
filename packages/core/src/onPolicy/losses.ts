import {
  abs,
  add,
  clipByValue,
  greaterEqual,
  maximum,
  minimum,
  mul,
  type Scalar,
  square,
  sub,
  sum,
  type Tensor,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';

/**
 * min(r Â, clip(r, 1 − ε, 1 + ε) Â), Schulman et al. 2017, equation 7, for each sample.
 * @param ratio r @param clip ε, one for all samples or one for each
 */
export const clippedSurrogate = (ratio: Tensor, advantage: Tensor, clip: number | Tensor): Tensor => {
  const clipped =
    typeof clip === 'number'
      ? clipByValue(ratio, 1 - clip, 1 + clip)
      : minimum(maximum(ratio, sub(1, clip)), add(1, clip));
  return minimum(mul(ratio, advantage), mul(clipped, advantage));
};

/**
 * Where errors beyond δ count: on both sides, or `above` alone, so that an error below −δ costs nothing: a slip of MAT,
 * A2PO and the first HAPPO code.
 */
export type HuberSides = 'both' | 'above';

/** e²/2 up to |e| = δ, straight from there (Huber 1964), for each sample. @param delta δ; Infinity leaves e²/2 */
export const huber = (error: Tensor, delta: number, sides: HuberSides = 'both'): Tensor => {
  if (delta === Infinity) return mul(square(error), 0.5);
  const size = abs(error);
  // With m = min(|e|, δ) both branches are m (|e| − m/2).
  const bounded = minimum(size, delta);
  const both = mul(bounded, sub(size, mul(bounded, 0.5)));
  return sides === 'both' ? both : where(greaterEqual(error, -delta), both, zerosLike(both));
};

/**
 * max(H(R − v), H(R − v_old − clip(v − v_old, −ε, ε))) for each sample: a prediction that moved too far gains nothing
 * more (PPO's reference implementation; MAPPO, Yu et al. 2022, appendix).
 */
export const clippedValueLoss = (
  {
    prediction,
    before,
    target,
  }: { readonly prediction: Tensor; readonly before: Tensor; readonly target: Tensor },
  { clip, delta, sides }: { readonly clip: number; readonly delta: number; readonly sides?: HuberSides },
): Tensor => {
  const near = add(before, clipByValue(sub(prediction, before), -clip, clip));
  return maximum(huber(sub(target, prediction), delta, sides), huber(sub(target, near), delta, sides));
};

/** Σ w x / total. @param total Σ w over all workers, so that what each worker computes adds up to the mean. */
export const weightedMean = (values: Tensor, weights: Tensor, total: number): Scalar =>
  mul(sum(mul(values, weights)), 1 / Math.max(total, 1)) as Scalar;
