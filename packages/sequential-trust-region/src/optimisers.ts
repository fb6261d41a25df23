import { type State, stateTree } from '@murmuration/core';
import { createAdam, type Optimiser, type Parameters } from '@murmuration/core/tensors';

/** Of PyTorch's Adam in MAPPO, HARL and A2PO. */
export const adamEpsilon = 1e-5;

/** An Adam for each network, whose learning rate can be turned down. */
export interface Optimisers {
  readonly of: readonly Optimiser[];
  /** Share of the learning rate that is left from now on. */
  rate: number;
  save(): Promise<State>;
  restore(state: State): void;
  dispose(): void;
}

export const createOptimisers = (
  networks: readonly { readonly parameters: Parameters }[],
  { learningRate, maximumNorm }: { readonly learningRate: number; readonly maximumNorm: number },
): Optimisers => {
  const shared = { rate: 1 };
  const options = {
    get learningRate() {
      return learningRate * shared.rate;
    },
    epsilon: adamEpsilon,
    maximumNorm,
  };
  const optimisers = networks.map(({ parameters }) => createAdam(parameters, options));
  return {
    of: optimisers,
    get rate() {
      return shared.rate;
    },
    set rate(rate) {
      shared.rate = rate;
    },
    save: async () =>
      Object.fromEntries(
        await Promise.all(optimisers.map(async (each, index) => [`${index}`, await each.save()] as const)),
      ),
    restore: (state) => {
      for (const [index, each] of optimisers.entries()) each.restore(stateTree(state, `${index}`));
    },
    dispose: () => {
      for (const each of optimisers) each.dispose();
    },
  };
};
