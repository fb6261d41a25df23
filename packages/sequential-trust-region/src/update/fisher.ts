import { dot } from './conjugateGradient';

/** How far, in standard deviations of the policy, outputs move while a product is measured: errors are near its square. */
const nudge = 0.02;

/** Length of the first step along a direction, before anything is known of the curvature. */
const firstStep = 0.02;

/** Longest step: where the divergence is flat, weights would move too far. */
const longestStep = 0.05;

/**
 * Products of the Fisher matrix at `start` with vectors: (∇KL(θ + εv) − ∇KL(θ − εv)) / 2ε, where KL is the divergence
 * from the policy at `start`. Its gradient there is 0, so that both sides are small numbers without cancellation. Costs
 * two gradients by the fused kernels; differentiating twice would run every operation, and every step of a recurrent
 * layer, by itself.
 * @param gradientAt ∇KL at other weights, over all samples
 */
export const createFisher = (
  start: Float64Array,
  gradientAt: (weights: Float64Array) => Promise<Float64Array>,
): ((vector: Float64Array) => Promise<Float64Array>) => {
  let step = firstStep;
  return async (vector) => {
    const length = Math.sqrt(dot(vector, vector));
    if (length === 0) return new Float64Array(vector.length);
    const scale = step / length;
    const above = await gradientAt(start.map((value, index) => value + scale * vector[index]));
    const below = await gradientAt(start.map((value, index) => value - scale * vector[index]));
    const product = above.map((value, index) => (value - below[index]) / (2 * scale));
    const curvature = dot(product, vector) / (length * length);
    // The next direction is about as steep: go so far that outputs move by the nudge.
    if (curvature > 0) step = Math.min(longestStep, nudge / Math.sqrt(curvature));
    return product;
  };
};
