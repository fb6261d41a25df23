import {
  add,
  cast,
  matMul,
  mul,
  reshape,
  sigmoid,
  slice,
  split,
  stack,
  sub,
  type Tensor,
  tanh,
  where,
  zeros,
  zerosLike,
} from '@tensorflow/tfjs-core';
import type { GruWeights } from './gru.js';

/** A gated recurrent unit over whole sequences in plain operations of tfjs. */
export const gruInOperations = (x: Tensor, start: Tensor, weights: GruWeights, resets?: Tensor): Tensor => {
  const [time, batch, inputs] = x.shape;
  const [, units] = start.shape;
  if (time === 0) return zeros([0, batch, units]);
  const states: Tensor[] = [];
  let state = start;
  for (let step = 0; step < time; step++) {
    const input = reshape(slice(x, [step, 0, 0], [1, batch, inputs]), [batch, inputs]);
    if (resets) {
      const reset = reshape(slice(resets, [step, 0], [1, batch]), [batch, 1]);
      // Not a product: what is not a number would stay.
      state = where(cast(reset, 'bool'), zerosLike(state), state);
    }
    const [xr, xz, xn] = split(add(matMul(input, weights.inputWeight), weights.inputBias), 3, 1);
    const [hr, hz, hn] = split(add(matMul(state, weights.recurrentWeight), weights.recurrentBias), 3, 1);
    const reset = sigmoid(add(xr, hr));
    const update = sigmoid(add(xz, hz));
    const candidate = tanh(add(xn, mul(reset, hn)));
    state = add(mul(sub(1, update), candidate), mul(update, state));
    states.push(state);
  }
  return stack(states);
};
