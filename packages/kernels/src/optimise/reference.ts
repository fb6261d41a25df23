import {
  add,
  div,
  maximum,
  mul,
  type Scalar,
  scalar,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  tidy,
  type Variable,
} from '@tensorflow/tfjs-core';
import type { MomentStep, Moments, RmspropOptions } from './options.js';

/** min(1, maximum / length of all gradients), without reading anything back. */
const clipping = (gradients: readonly Tensor[], maximumNorm: number | undefined): Tensor | undefined => {
  if (maximumNorm === undefined) return undefined;
  const total = gradients.reduce<Tensor>((all, each) => add(all, sum(square(each))), scalar(0));
  return div(maximumNorm, maximum(sqrt(total), maximumNorm)) as Scalar;
};

const blend = (moment: Variable, decay: number, value: Tensor): Tensor => {
  const next = add(mul(moment, decay), mul(value, 1 - decay));
  moment.assign(next);
  return next;
};

/** One step of Adam or RAdam in plain operations of tfjs. */
export const momentsInOperations = (lists: Moments, numbers: MomentStep): void =>
  tidy(() => {
    const scale = clipping(lists.gradients, numbers.maximumNorm);
    lists.gradients.forEach((given, i) => {
      const gradient = scale ? mul(given, scale) : given;
      const mean = blend(lists.means[i], numbers.meanDecay, gradient);
      const variance = blend(lists.squares[i], numbers.squareDecay, square(gradient));
      const change = mul(mean, numbers.rate);
      const width = add(sqrt(mul(variance, numbers.squareScale)), numbers.epsilon);
      lists.parameters[i].assign(sub(lists.parameters[i], numbers.adaptive ? div(change, width) : change));
    });
  });

/** One step of RMSprop in plain operations of tfjs. */
export const squaresInOperations = (
  lists: Pick<Moments, 'parameters' | 'gradients' | 'squares'>,
  {
    learningRate,
    squareDecay,
    epsilon,
    maximumNorm,
  }: Required<Omit<RmspropOptions, 'maximumNorm'>> & RmspropOptions,
): void =>
  tidy(() => {
    const scale = clipping(lists.gradients, maximumNorm);
    lists.gradients.forEach((given, i) => {
      const gradient = scale ? mul(given, scale) : given;
      const variance = blend(lists.squares[i], squareDecay, square(gradient));
      const change = div(mul(gradient, learningRate), add(sqrt(variance), epsilon));
      lists.parameters[i].assign(sub(lists.parameters[i], change));
    });
  });
