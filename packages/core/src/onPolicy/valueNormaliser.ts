import { type State, stateNumber } from '../state';

/**
 * Keeps a running mean and variance of returns, so that a critic predicts numbers of size 1 whatever the rewards are
 * (MAPPO, Yu et al. 2022, "value normalisation"). Computes in float64.
 */
export interface ValueNormaliser {
  /** Take note of a batch by its mean and the mean of its squares. */
  update(mean: number, meanSquare: number): void;
  /** What the critic should predict for a return. */
  normalise(value: number): number;
  /** The return that a prediction stands for. */
  denormalise(prediction: number): number;
  save(): State;
  restore(state: State): void;
}

const epsilon = 1e-5;
const smallestVariance = 1e-2;

/** @param decay of the running means for each update, β. */
export const createValueNormaliser = (decay = 0.99999): ValueNormaliser => {
  let mean = 0;
  let square = 0;
  // The weight that the running means have gathered so far; undoes their start from 0.
  let debias = 0;
  const statistics = (): [centre: number, deviation: number] => {
    const weight = Math.max(debias, epsilon);
    const centre = mean / weight;
    return [centre, Math.sqrt(Math.max(square / weight - centre ** 2, smallestVariance))];
  };
  return {
    update(batchMean, batchMeanSquare) {
      mean = decay * mean + (1 - decay) * batchMean;
      square = decay * square + (1 - decay) * batchMeanSquare;
      debias = decay * debias + (1 - decay);
    },
    normalise(value) {
      const [centre, deviation] = statistics();
      return (value - centre) / deviation;
    },
    denormalise(prediction) {
      const [centre, deviation] = statistics();
      return prediction * deviation + centre;
    },
    save: () => ({ mean, square, debias }),
    restore(state) {
      mean = stateNumber(state, 'mean');
      square = stateNumber(state, 'square');
      debias = stateNumber(state, 'debias');
    },
  };
};
