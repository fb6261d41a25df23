/**
 * What earlier agents' updates multiply a later agent's advantage with, M = Π r of them: the product itself (HAPPO,
 * HATRPO, Kuba et al. 2022) or min(1, M), which cannot grow (the low-variance clip, Le and Ta 2025).
 */
export type FactorKind = 'product' | 'bounded';

/**
 * The low-variance clip, for any learner that weighs advantages with products of probability ratios.
 * @param product running products of ratios, one for each moment; left as it is, so that a later ratio may bring it below 1 again
 * @returns M as it is used
 */
export const boundFactor = (product: Float32Array, kind: FactorKind): Float32Array =>
  kind === 'bounded' ? product.map((value) => Math.min(1, value)) : product;
