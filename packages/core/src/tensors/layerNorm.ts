import { layerNorm } from '@murmuration/kernels';
import type { Tensor } from '@tensorflow/tfjs-core';
import { createParameters, type Parameters } from './parameters';

/** Layer normalisation, Ba et al. 2016: (x − mean) / √(variance + ε) · scale + shift over the last axis. */
export interface LayerNormNetwork {
  /** `scale` and `shift`, `[features]`. */
  readonly parameters: Parameters;
  /** @param input `[..., features]` @returns the same shape */
  forward<Rank extends Tensor>(input: Rank, parameters?: Parameters): Rank;
}

/** Starts with scale 1 and shift 0; free it with `disposeParameters`. @param epsilon as in PyTorch by default. */
export const createLayerNorm = (features: number, epsilon = 1e-5): LayerNormNetwork => {
  const own = createParameters({
    scale: { shape: [features], data: new Float32Array(features).fill(1) },
    shift: { shape: [features], data: new Float32Array(features) },
  });
  return {
    parameters: own,
    forward: <Rank extends Tensor>(input: Rank, { scale, shift }: Parameters = own): Rank =>
      layerNorm(input, scale, shift, epsilon) as Rank,
  };
};
