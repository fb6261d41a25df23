import { type State, stateTree } from '@murmuration/core';
import {
  cloneParameters,
  createAdam,
  type DenseNetwork,
  disposeParameters,
  followParameters,
  gradientsOf,
  type Parameters,
  restoreParameters,
  type Scalar,
  saveParameters,
  type Tensor,
  tidy,
} from '@murmuration/core/tensors';

/** A network that learns. */
export interface Trained {
  readonly parameters: Parameters;
  forward: DenseNetwork['forward'];
  /** One step of Adam down the gradient of a loss. @returns the loss, which the caller disposes of. */
  descend(loss: () => Scalar): Scalar;
  save(): Promise<State>;
  restore(state: State): void;
  dispose(): void;
}

export const trained = ({ parameters, forward }: DenseNetwork, learningRate: number): Trained => {
  const optimiser = createAdam(parameters, { learningRate });
  return {
    parameters,
    forward,
    descend: (loss) =>
      tidy(() => {
        const found = gradientsOf(loss, parameters);
        optimiser.step(found.gradients);
        return found.loss;
      }),
    save: async () => ({ network: await saveParameters(parameters), optimiser: await optimiser.save() }),
    restore(state) {
      restoreParameters(parameters, stateTree(state, 'network'));
      optimiser.restore(stateTree(state, 'optimiser'));
    },
    dispose() {
      disposeParameters(parameters);
      optimiser.dispose();
    },
  };
};

/** A network that learns, and a copy that follows it slowly. */
export interface Followed extends Trained {
  /** Weights of the copy, for `forward`. */
  readonly target: Parameters;
  /** Let the copy go this share of the way. */
  follow(rate: number): void;
}

export const followed = (network: DenseNetwork, learningRate: number): Followed => {
  const own = trained(network, learningRate);
  const target = cloneParameters(network.parameters);
  return {
    ...own,
    target,
    follow: (rate) => followParameters(target, network.parameters, rate),
    save: async () => ({ ...(await own.save()), target: await saveParameters(target) }),
    restore(state) {
      own.restore(state);
      restoreParameters(target, stateTree(state, 'target'));
    },
    dispose() {
      own.dispose();
      disposeParameters(target);
    },
  };
};

/** Compute numbers and read them; nothing else is left behind. */
export const read = async (compute: () => Tensor): Promise<Float32Array> => {
  const tensor = tidy(compute);
  const values = (await tensor.data()) as Float32Array;
  tensor.dispose();
  return values;
};
