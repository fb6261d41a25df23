import type { Tensor } from '@tensorflow/tfjs-core';
import { address } from '../wasm/backend.js';
import { fast } from '../wasm/fast.js';
import type { Instance } from '../wasm/instance.js';
import { own } from './inPlace.js';
import {
  type AdamOptions,
  checkLists,
  checkNumbers,
  type MomentStep,
  type Moments,
  type RmspropOptions,
} from './options.js';
import { momentsInOperations, squaresInOperations } from './reference.js';

/** min(1, maximum / length of all gradients together); the squares are added up in the order of the list. */
const clipping = (
  instance: Instance,
  gradients: readonly Tensor[],
  maximumNorm: number | undefined,
): number => {
  if (maximumNorm === undefined) return 1;
  let total = 0;
  for (const gradient of gradients) {
    total += instance.kernels.squaredLength(address(instance.backend, gradient), gradient.size);
  }
  return maximumNorm / Math.max(Math.sqrt(total), maximumNorm);
};

const stepMoments = (lists: Moments, numbers: MomentStep): void => {
  const instance = fast();
  if (!instance) {
    momentsInOperations(lists, numbers);
    return;
  }
  const { meanDecay, squareDecay, rate, squareScale, epsilon, adaptive } = numbers;
  const scale = clipping(instance, lists.gradients, numbers.maximumNorm);
  lists.parameters.forEach((parameter, i) => {
    instance.kernels.stepMoments(
      own(instance, parameter),
      address(instance.backend, lists.gradients[i]),
      own(instance, lists.means[i]),
      own(instance, lists.squares[i]),
      ...([parameter.size, scale, meanDecay, 1 - meanDecay, squareDecay, 1 - squareDecay] as const),
      ...([rate, squareScale, epsilon, Number(adaptive)] as const),
    );
  });
};

/**
 * One step of Adam (Kingma and Ba 2015, algorithm 1) over all parameters, in place, after clipping their gradients
 * together. Bias corrections come from `step`, a number, so a resumed run continues to the bit.
 * @throws before anything is changed, if lists, shapes or types do not fit, a tensor is disposed, `step` does not count
 * from 1, or the learning rate is no number
 */
export const adam = (lists: Moments, options: AdamOptions): void => {
  const { step, ...tensors } = lists;
  checkLists('adam', tensors);
  const { learningRate, meanDecay = 0.9, squareDecay = 0.999, epsilon = 1e-8, maximumNorm } = options;
  checkNumbers('adam', learningRate, step);
  const rate = learningRate / (1 - meanDecay ** step);
  const squareScale = 1 / (1 - squareDecay ** step);
  stepMoments(lists, { meanDecay, squareDecay, rate, squareScale, epsilon, adaptive: true, maximumNorm });
};

/** The variance is taken to be known from this many degrees of freedom on (as PyTorch and optax have it). */
const knownVariance = 5;

/**
 * One step of RAdam (Liu et al. 2020, algorithm 2): Adam, but plain momentum while the variance is hardly known.
 * @throws as `adam`
 */
export const radam = (lists: Moments, options: AdamOptions): void => {
  const { step, ...tensors } = lists;
  checkLists('radam', tensors);
  const { learningRate, meanDecay = 0.9, squareDecay = 0.999, epsilon = 1e-8, maximumNorm } = options;
  checkNumbers('radam', learningRate, step);
  const rate = learningRate / (1 - meanDecay ** step);
  const squareScale = 1 / (1 - squareDecay ** step);
  const most = 2 / (1 - squareDecay) - 1;
  const freedom = most - (2 * step * squareDecay ** step) / (1 - squareDecay ** step);
  const adaptive = freedom >= knownVariance;
  const rectification = adaptive
    ? Math.sqrt(((freedom - 4) * (freedom - 2) * most) / ((most - 4) * (most - 2) * freedom))
    : 1;
  const numbers = {
    meanDecay,
    squareDecay,
    rate: rate * rectification,
    squareScale,
    epsilon,
    adaptive,
    maximumNorm,
  };
  stepMoments(lists, numbers);
};

/**
 * One step of RMSprop (Tieleman and Hinton 2012), epsilon outside the root as in PyTorch.
 * @throws as `adam`
 */
export const rmsprop = (
  lists: Pick<Moments, 'parameters' | 'gradients' | 'squares'>,
  options: RmspropOptions,
): void => {
  const { parameters, gradients, squares } = lists;
  checkLists('rmsprop', { parameters, gradients, squares });
  const { learningRate, squareDecay = 0.99, epsilon = 1e-8, maximumNorm } = options;
  checkNumbers('rmsprop', learningRate);
  const instance = fast();
  if (!instance) {
    squaresInOperations(lists, { learningRate, squareDecay, epsilon, maximumNorm });
    return;
  }
  const scale = clipping(instance, gradients, maximumNorm);
  parameters.forEach((parameter, i) => {
    instance.kernels.stepSquares(
      own(instance, parameter),
      address(instance.backend, gradients[i]),
      own(instance, squares[i]),
      ...([parameter.size, scale, squareDecay, 1 - squareDecay, learningRate, epsilon] as const),
    );
  });
};
