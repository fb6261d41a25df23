import {
  abs,
  add,
  clipByValue,
  maximum,
  minimum,
  mul,
  type Scalar,
  square,
  sub,
  sum,
  type Tensor,
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

/** e²/2 up to |e| = δ, straight from there (Huber 1964), for each sample. @param delta δ; Infinity leaves e²/2 */
export const huber = (error: Tensor, delta: number): Tensor => {
  if (delta === Infinity) return mul(square(error), 0.5);
  const size = abs(error);
  // With m = min(|e|, δ) both branches are m (|e| − m/2).
  const bounded = minimum(size, delta);
  return mul(bounded, sub(size, mul(bounded, 0.5)));
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
  { clip, delta }: { readonly clip: number; readonly delta: number },
): Tensor => {
  const near = add(before, clipByValue(sub(prediction, before), -clip, clip));
  return maximum(huber(sub(target, prediction), delta), huber(sub(target, near), delta));
};

/** Σ w x / total. @param total Σ w over all workers, so that what each worker computes adds up to the mean. */
export const weightedMean = (values: Tensor, weights: Tensor, total: number): Scalar =>
  mul(sum(mul(values, weights)), 1 / Math.max(total, 1)) as Scalar;
