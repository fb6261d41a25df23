import { type AdamOptions, adam, type RmspropOptions, radam, rmsprop } from '@murmuration/kernels';
import { tidy, type Variable, variable, zerosLike } from '@tensorflow/tfjs-core';
import { type State, stateNumber, stateTree } from '../state';
import {
  disposeParameters,
  type Gradients,
  type Parameters,
  restoreParameters,
  saveParameters,
} from './parameters';

export type { AdamOptions, RmspropOptions };

/** Changes weights by gradients and remembers what it must to do so exactly again. */
export interface Optimiser {
  /** Update every weight that has a gradient. The gradients stay the caller's. */
  step(gradients: Gradients): void;
  save(): Promise<State>;
  restore(state: State): void;
  dispose(): void;
}

const zerosOf = (parameters: Parameters): Parameters =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, tidy(() => variable(zerosLike(value), false))]),
  );

/** The weights that have gradients, each list in the order of the gradients. */
const listed = (names: readonly string[], parameters: Parameters): Variable[] =>
  names.map((name) => parameters[name]);

/** Adam or RAdam; steps are counted as a number, and corrections computed from it, so that a run resumes exactly. */
const createMoments =
  (update: typeof adam) =>
  (parameters: Parameters, options: AdamOptions): Optimiser => {
    const means = zerosOf(parameters);
    const squares = zerosOf(parameters);
    let step = 0;
    return {
      step(gradients) {
        step++;
        const names = Object.keys(gradients);
        const [weights, mean, square] = [parameters, means, squares].map((each) => listed(names, each));
        const lists = {
          parameters: weights,
          gradients: Object.values(gradients),
          means: mean,
          squares: square,
        };
        update({ ...lists, step }, options);
      },
      save: async () => ({
        steps: step,
        means: await saveParameters(means),
        squares: await saveParameters(squares),
      }),
      restore(state) {
        restoreParameters(means, stateTree(state, 'means'));
        restoreParameters(squares, stateTree(state, 'squares'));
        step = stateNumber(state, 'steps');
      },
      dispose() {
        disposeParameters(means);
        disposeParameters(squares);
      },
    };
  };

/** Adam, Kingma and Ba 2015, algorithm 1, after clipping all gradients together where `maximumNorm` is set. */
export const createAdam = createMoments(adam);

/** RAdam, Liu et al. 2020, algorithm 2: Adam that begins as plain momentum. */
export const createRadam = createMoments(radam);

/** RMSprop, Tieleman and Hinton 2012, with epsilon outside the root as in PyTorch. */
export const createRmsprop = (parameters: Parameters, options: RmspropOptions): Optimiser => {
  const squares = zerosOf(parameters);
  return {
    step(gradients) {
      const names = Object.keys(gradients);
      const [weights, square] = [parameters, squares].map((each) => listed(names, each));
      rmsprop({ parameters: weights, gradients: Object.values(gradients), squares: square }, options);
    },
    save: async () => ({ squares: await saveParameters(squares) }),
    restore: (state) => restoreParameters(squares, stateTree(state, 'squares')),
    dispose: () => disposeParameters(squares),
  };
};
