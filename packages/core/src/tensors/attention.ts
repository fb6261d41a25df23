import { attention } from '@murmuration/kernels';
import type { Tensor3D } from '@tensorflow/tfjs-core';
import type { Random } from '../random';
import { createDense } from './dense';
import { type Initialiser, torchUniform } from './initialisers';
import { joinParameters, type Parameters, parametersOf } from './parameters';

export interface AttentionShape {
  readonly features: number;
  /** Divides `features`. */
  readonly heads: number;
  /** Of the four projections; biases start at 0. @default torchUniform */
  readonly initialiser?: Initialiser;
}

/** Multi-head attention, Vaswani et al. 2017, section 3.2.2, with biases. */
export interface AttentionNetwork {
  /** `query/0/weight`, `query/0/bias`, and so on for `key`, `value` and `output`, all `[features, features]`. */
  readonly parameters: Parameters;
  /**
   * @param inputs `query` `[batch, queries, features]`; `key` and `value` `[batch, keys, features]`
   * @param mask bool `[batch or 1, queries, keys]`: false hides a key from a query
   * @returns `[batch, queries, features]`
   */
  forward(
    inputs: { readonly query: Tensor3D; readonly key: Tensor3D; readonly value: Tensor3D },
    mask?: Tensor3D,
    parameters?: Parameters,
  ): Tensor3D;
}

/** Attention with weights drawn from `random`; free them with `disposeParameters`. */
export const createAttention = (random: Random, shape: AttentionShape): AttentionNetwork => {
  const { features, heads, initialiser = torchUniform } = shape;
  const projection = () =>
    createDense(random, { inputs: features, hidden: [], outputs: features, lastInitialiser: initialiser });
  const [query, key, value, output] = [projection(), projection(), projection(), projection()];
  const own = joinParameters({
    query: query.parameters,
    key: key.parameters,
    value: value.parameters,
    output: output.parameters,
  });
  return {
    parameters: own,
    forward(inputs, mask, parameters = own) {
      const of = (name: string): Parameters => parametersOf(parameters, name);
      const q = query.forward(inputs.query, of('query'));
      const k = key.forward(inputs.key, of('key'));
      const v = value.forward(inputs.value, of('value'));
      return output.forward(attention(q, k, v, heads, mask) as Tensor3D, of('output'));
    },
  };
};
