import {
  add,
  clippedSurrogate,
  clippedValueLoss,
  exp,
  type HuberSides,
  huber,
  mul,
  neg,
  type Scalar,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  weightedMean,
} from '@murmuration/core/tensors';

/** r = π(a)/π_old(a) from log-probabilities, those of several entries of an action summed (HARL's `prod`). */
export const ratioOf = (logProbability: Tensor, before: Tensor): Tensor => exp(sub(logProbability, before));

export interface Samples {
  /** Log-probabilities now, the only part with a gradient. */
  readonly logProbability: Tensor1D;
  /** Log-probabilities when the actions were drawn. */
  readonly before: Tensor1D;
  readonly advantage: Tensor1D;
  /** 1 where the agent took part. */
  readonly weights: Tensor1D;
  /** Σ of all weights, over all workers. */
  readonly total: number;
  /** Outside the clip: M of HAPPO and HATRPO. */
  readonly factor?: Tensor1D;
  /** Inside the clip: the others' ratios of A2PO and CoPPO. */
  readonly others?: Tensor1D;
}

/**
 * −E[M min(l Â, clip(l, 1 − ε, 1 + ε) Â)] with l = r · others over the samples that count. MAPPO has neither M nor
 * others, HAPPO has M (Kuba et al. 2022), A2PO and CoPPO have others (Wang et al. 2023, Wu et al. 2021).
 */
export const clippedLoss = (samples: Samples, clip: number | Tensor): Scalar => {
  const { logProbability, before, advantage, weights, total, factor, others } = samples;
  const own = ratioOf(logProbability, before);
  const surrogate = clippedSurrogate(others ? mul(own, others) : own, advantage, clip);
  return neg(weightedMean(factor ? mul(factor, surrogate) : surrogate, weights, total));
};

/** E[r M Â] over the samples that count, which a trust region step makes larger (HATRPO, Kuba et al. 2022). */
export const trustRegionSurrogate = (samples: Samples): Scalar => {
  const { logProbability, before, advantage, weights, total, factor } = samples;
  const surrogate = mul(ratioOf(logProbability, before), advantage);
  return weightedMean(factor ? mul(factor, surrogate) : surrogate, weights, total);
};

/**
 * Mean entropy over the samples that count; `sum` adds up all of them instead: what HARL before October 2024 and the
 * low-variance code compute for continuous actions, because a column met a row.
 */
export const entropyOf = (
  entropy: Tensor1D,
  { weights, total }: Pick<Samples, 'weights' | 'total'>,
  reduction: 'mean' | 'sum',
): Scalar => (reduction === 'sum' ? (sum(entropy) as Scalar) : weightedMean(entropy, weights, total));

export interface ValueSamples {
  readonly prediction: Tensor1D;
  /** As predicted when the rollout was valued. */
  readonly before: Tensor1D;
  /** What should have been predicted, normalised like predictions. */
  readonly target: Tensor1D;
  readonly weights: Tensor1D;
  readonly total: number;
}

export interface ValueLossOptions {
  /** ε of the clipped loss; `none` leaves predictions free. */
  readonly clip: number | 'none';
  /** δ of Huber's loss; `none` takes half of the square. */
  readonly huber: number | 'none';
  /** Where errors beyond δ count. */
  readonly huberSides: HuberSides;
}

/** Mean over samples of the clipped Huber loss (MAPPO, Yu et al. 2022, appendix A). */
export const valueLoss = (
  samples: ValueSamples,
  { clip, huber: bend, huberSides: sides }: ValueLossOptions,
): Scalar => {
  const { prediction, before, target, weights, total } = samples;
  const delta = bend === 'none' ? Infinity : bend;
  const errors =
    clip === 'none'
      ? huber(sub(target, prediction), delta, sides)
      : clippedValueLoss({ prediction, before, target }, { clip, delta, sides });
  return weightedMean(errors, weights, total);
};

/** Policy loss less the reward for entropy. */
export const withEntropy = (loss: Scalar, entropy: Scalar, coefficient: number): Scalar =>
  coefficient === 0 ? loss : add(loss, mul(entropy, -coefficient));
