import type { Random } from '@murmuration/core';
import {
  abs,
  add,
  createDense,
  type DenseNetwork,
  elu,
  joinParameters,
  matMul,
  mul,
  orthogonal,
  type Parameters,
  parametersOf,
  reshape,
  sum,
  type Tensor,
  type Tensor2D,
  torchUniform,
} from '@murmuration/core/tensors';
import type { InitialiserName } from './networks';

/** Makes one value of a team from its agents' values. */
export interface Mixer {
  readonly parameters: Parameters;
  /**
   * @param values of the chosen actions, `[batch, agent]`
   * @param state `[batch, features]`
   * @returns `[batch, 1]`; independent learners' are `[batch, agent]`, as they came
   */
  mix(values: Tensor2D, state: Tensor2D, parameters?: Parameters): Tensor2D;
}

/** Every agent learns from its own error (Tampuu et al. 2017). */
export const independent: Mixer = { parameters: {}, mix: (values) => values };

/** The sum of the agents' values (Sunehag et al. 2018, equation 3). */
export const valueDecomposition: Mixer = {
  parameters: {},
  mix: (values) => sum(values, 1, true) as Tensor2D,
};

export interface MixerShape {
  readonly agents: number;
  readonly state: number;
  readonly embedding: number;
  /** Units of the hypernetworks' hidden layer. */
  readonly hypernetworkUnits: number;
  /** 1: linear hypernetworks; 2: with a hidden layer. */
  readonly hypernetworkLayers: 1 | 2;
  readonly initialiser: InitialiserName;
}

/**
 * QMIX (Rashid et al. 2018, section 4): weights that the state gives and that are never negative, so that the team's
 * value rises with every agent's.
 */
export const createQmix = (random: Random, shape: MixerShape): Mixer => {
  const { agents, state, embedding } = shape;
  const weights = shape.initialiser === 'torch' ? torchUniform : orthogonal();
  const dense = (hidden: readonly number[], outputs: number): DenseNetwork =>
    createDense(random, { inputs: state, hidden, outputs, initialiser: weights, lastInitialiser: weights });
  const hypernetwork = shape.hypernetworkLayers === 2 ? [shape.hypernetworkUnits] : [];
  const networks = {
    firstWeight: dense(hypernetwork, agents * embedding),
    firstBias: dense([], embedding),
    lastWeight: dense(hypernetwork, embedding),
    value: dense([embedding], 1),
  };
  const own = joinParameters(
    Object.fromEntries(Object.entries(networks).map(([name, { parameters }]) => [name, parameters])),
  );
  return {
    parameters: own,
    mix(values, states, parameters = own) {
      const of = (name: keyof typeof networks): Tensor =>
        networks[name].forward(states, parametersOf(parameters, name));
      const [batch] = values.shape;
      const first = reshape(abs(of('firstWeight')), [batch, agents, embedding]);
      const mixed = reshape(matMul(reshape(values, [batch, 1, agents]), first), [batch, embedding]);
      const hidden = elu(add(mixed, of('firstBias')));
      return add(sum(mul(hidden, abs(of('lastWeight'))), 1, true), of('value')) as Tensor2D;
    },
  };
};
