import { gather, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Random } from '../random';
import { createParameters, type Parameters } from './parameters';

/** A learned vector for each of finitely many things. */
export interface EmbeddingNetwork {
  /** `weight` `[count, features]`. */
  readonly parameters: Parameters;
  /**
   * @param indices int32 `[...]`, each in 0 … count − 1; on WebAssembly without our kernels nothing checks them
   * @returns `[..., features]`
   */
  forward(indices: Tensor, parameters?: Parameters): Tensor;
}

/** Vectors drawn from N(0, 1), as PyTorch's are; free them with `disposeParameters`. */
export const createEmbedding = (random: Random, count: number, features: number): EmbeddingNetwork => {
  const data = Float32Array.from({ length: count * features }, () => random.normal());
  const own = createParameters({ weight: { shape: [count, features], data } });
  return {
    parameters: own,
    forward: (indices, parameters = own) => gather(parameters.weight as Tensor as Tensor2D, indices as never),
  };
};
