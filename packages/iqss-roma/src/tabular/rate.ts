/**
 * How a value begins: `first-visit` sets it and then moves it by α, since optimal outcomes are rare and must not be
 * averaged with the start; `running-mean` is the mean of what was seen until its rate falls to α, for noisy rewards;
 * `constant` moves by α from 0.
 */
export type Averaging = 'first-visit' | 'running-mean' | 'constant';

/** The rate of one visit. @param visits how often the value was visited, this time counted. */
export const rateOf = (
  { learningRate, averaging }: { readonly learningRate: number; readonly averaging: Averaging },
  visits: number,
): number => {
  if (averaging === 'running-mean') return Math.max(learningRate, 1 / visits);
  return averaging === 'first-visit' && visits === 1 ? 1 : learningRate;
};
