import {
  add,
  div,
  maximum,
  mul,
  scalar,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  tidy,
  type Variable,
  variable,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { type State, stateNumber, stateTree } from '../state';
import {
  disposeParameters,
  type Gradients,
  type Parameters,
  restoreParameters,
  saveParameters,
} from './parameters';

export interface AdamOptions {
  readonly learningRate: number;
  /** Decay of the mean of gradients. @default 0.9 */
  readonly meanDecay?: number;
  /** Decay of the mean of squared gradients. @default 0.999 */
  readonly squareDecay?: number;
  /** @default 1e-8 */
  readonly epsilon?: number;
  /** Largest length of all gradients together; longer ones are shortened to it. @default none */
  readonly maximumNorm?: number;
}

/** Changes weights by gradients and remembers what it must to do so exactly again. */
export interface Optimiser {
  /** Update every weight that has a gradient. The gradients stay the caller's. */
  step(gradients: Gradients): void;
  save(): Promise<State>;
  restore(state: State): void;
  dispose(): void;
}

/** √ of the sum of all squared entries, a scalar tensor. */
export const globalNorm = (gradients: Gradients): Tensor =>
  tidy(() =>
    sqrt(Object.values(gradients).reduce<Tensor>((total, each) => add(total, sum(square(each))), scalar(0))),
  );

/**
 * Adam, Kingma and Ba 2015, algorithm 1. The step is counted as a number and its bias corrections are computed from
 * it, so that a run resumes exactly.
 */
export const createAdam = (parameters: Parameters, options: AdamOptions): Optimiser => {
  const { learningRate, meanDecay = 0.9, squareDecay = 0.999, epsilon = 1e-8, maximumNorm } = options;
  const moments = (): Parameters =>
    Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [
        name,
        tidy(() => variable(zerosLike(value), false)),
      ]),
    );
  const means = moments();
  const squares = moments();
  let steps = 0;

  const blend = (moment: Variable, decay: number, value: Tensor): Tensor => {
    const next = add(mul(moment, decay), mul(value, 1 - decay));
    moment.assign(next);
    return next;
  };

  return {
    step(gradients) {
      steps++;
      tidy(() => {
        // min(1, maximum / norm) without reading the norm back.
        const scale =
          maximumNorm === undefined
            ? undefined
            : div(maximumNorm, maximum(globalNorm(gradients), maximumNorm));
        const meanCorrection = 1 - meanDecay ** steps;
        const squareCorrection = 1 - squareDecay ** steps;
        for (const [name, given] of Object.entries(gradients)) {
          const gradient = scale ? mul(given, scale) : given;
          const mean = blend(means[name], meanDecay, gradient);
          const variance = blend(squares[name], squareDecay, square(gradient));
          const width = add(sqrt(div(variance, squareCorrection)), epsilon);
          parameters[name].assign(
            sub(parameters[name], div(mul(mean, learningRate / meanCorrection), width)),
          );
        }
      });
    },
    save: async () => ({ steps, means: await saveParameters(means), squares: await saveParameters(squares) }),
    restore(state) {
      restoreParameters(means, stateTree(state, 'means'));
      restoreParameters(squares, stateTree(state, 'squares'));
      steps = stateNumber(state, 'steps');
    },
    dispose() {
      disposeParameters(means);
      disposeParameters(squares);
    },
  };
};
