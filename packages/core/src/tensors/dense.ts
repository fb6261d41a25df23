import { add, elu, matMul, relu, sigmoid, type Tensor2D, tanh, type Variable } from '@tensorflow/tfjs-core';
import type { Random } from '../random';
import type { ArrayValue } from '../state';
import { heUniform, type Initialiser, torchUniform } from './initialisers';
import { createParameters, type Parameters } from './parameters';

const activations = { relu, tanh, elu, sigmoid };

/** Layers of units that are all connected, an activation between them, none after the last. */
export interface DenseShape {
  readonly inputs: number;
  /** Units of each hidden layer. */
  readonly hidden: readonly number[];
  readonly outputs: number;
  /** @default 'relu' */
  readonly activation?: keyof typeof activations;
  /** Of the hidden layers' weights; biases start at 0. @default heUniform */
  readonly initialiser?: Initialiser;
  /** Of the last layer's weights. @default torchUniform */
  readonly lastInitialiser?: Initialiser;
}

export interface DenseNetwork {
  /** `0/weight` `[inputs, units]`, `0/bias` `[units]`, `1/weight`, … */
  readonly parameters: Parameters;
  /** @param input `[batch, inputs]` @param parameters others of the same shape, such as a target's. @returns `[batch, outputs]` */
  forward(input: Tensor2D, parameters?: Parameters): Tensor2D;
}

/** A network with weights drawn from `random`; free them with `disposeParameters`. */
export const createDense = (random: Random, shape: DenseShape): DenseNetwork => {
  const { inputs, hidden, outputs, activation = 'relu' } = shape;
  const activate = activations[activation];
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
    forward(input, parameters = own) {
      let signal = input;
      for (let layer = 0; layer <= last; layer++) {
        const weight = parameters[`${layer}/weight`] as Variable & Tensor2D;
        const sums = add(matMul(signal, weight), parameters[`${layer}/bias`]) as Tensor2D;
        signal = layer === last ? sums : activate(sums);
      }
      return signal;
    },
  };
};
