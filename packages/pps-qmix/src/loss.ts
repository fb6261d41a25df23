/**
 * Weights of the λ-returns: `G = W X` for `X` of one episode's steps 0 … T − 1 and, last, its final value.
 * `G_t = X_t + λγ G_{t+1}` with `X_t = mask_t (r_t + (1 − λ) γ (1 − term_t) Q_{t+1})` and `G_T = Q_T` unless the episode
 * terminated (pymarl2's `build_td_lambda_targets`). λ = 0 gives one-step targets.
 * @returns `[T, T + 1]`, row-major
 */
export const lambdaWeights = (time: number, discount: number, lambda: number): Float32Array => {
  const weights = new Float32Array(time * (time + 1));
  for (let step = 0; step < time; step++) {
    for (let later = step; later <= time; later++) {
      // 0⁰ = 1: with λ = 0 each step keeps its own target, and the final value has no part in any.
      weights[step * (time + 1) + later] = (lambda * discount) ** (later - step);
    }
  }
  return weights;
};

/** ε after so many steps, falling linearly. */
export const linear = (
  step: number,
  { start, end, steps }: { start: number; end: number; steps: number },
): number => (step >= steps ? end : start + ((end - start) * step) / steps);
