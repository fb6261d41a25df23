import { type DenseActivation, dense, gelu } from '@murmuration/kernels';
import { elu, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Random } from '../random';
import type { ArrayValue } from '../state';
import { heUniform, type Initialiser, torchUniform } from './initialisers';
import { createParameters, type Parameters } from './parameters';

export type Activation = DenseActivation | 'elu' | 'gelu';

/** Layers of units that are all connected, an activation between them, none after the last unless one is named. */
export interface DenseShape {
  readonly inputs: number;
  /** Units of each hidden layer. */
  readonly hidden: readonly number[];
  readonly outputs: number;
  /** @default 'relu' */
  readonly activation?: Activation;
  /** @default 'linear' */
  readonly lastActivation?: Activation;
  /** Of the hidden layers' weights; biases start at 0. @default heUniform */
  readonly initialiser?: Initialiser;
  /** Of the last layer's weights. @default torchUniform */
  readonly lastInitialiser?: Initialiser;
}

export interface DenseNetwork {
  /** `0/weight` `[inputs, units]`, `0/bias` `[units]`, `1/weight`, … */
  readonly parameters: Parameters;
  /**
   * @param input `[..., inputs]`
   * @param parameters others of the same shape, such as a target's.
   * @returns `[..., outputs]`
   */
  forward<Rank extends Tensor>(input: Rank, parameters?: Parameters): Rank;
}

const layerOf = (input: Tensor, weight: Tensor2D, bias: Tensor, activation: Activation): Tensor => {
  if (activation === 'elu') return elu(dense(input, weight, bias));
  if (activation === 'gelu') return gelu(dense(input, weight, bias));
  return dense(input, weight, bias, activation);
};

/** A network with weights drawn from `random`; free them with `disposeParameters`. */
export const createDense = (random: Random, shape: DenseShape): DenseNetwork => {
  const { inputs, hidden, outputs, activation = 'relu', lastActivation = 'linear' } = shape;
  const sizes = [inputs, ...hidden, outputs];
  const last = sizes.length - 2;
  const values: Record<string, ArrayValue<Float32Array>> = {};
  for (let layer = 0; layer <= last; layer++) {
    const initialise =
      layer === last ? (shape.lastInitialiser ?? torchUniform) : (shape.initialiser ?? heUniform);
    values[`${layer}/weight`] = initialise(random, sizes[layer], sizes[layer + 1]);
    values[`${layer}/bias`] = { shape: [sizes[layer + 1]], data: new Float32Array(sizes[layer + 1]) };
  }
  const own = createParameters(values);
  return {
    parameters: own,
    forward<Rank extends Tensor>(input: Rank, parameters: Parameters = own): Rank {
      let signal: Tensor = input;
      for (let layer = 0; layer <= last; layer++) {
        const weight = parameters[`${layer}/weight`] as Tensor as Tensor2D;
        const bias = parameters[`${layer}/bias`];
        signal = layerOf(signal, weight, bias, layer === last ? lastActivation : activation);
      }
      return signal as Rank;
    },
  };
};
