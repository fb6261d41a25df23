/** Statistics of one list of numbers. Every function throws on an empty list or a value that is not finite. */

/** Arithmetic mean. */
export const mean = (values: readonly number[]): number => {
  check('mean', values);
  return sum(values) / values.length;
};

/**
 * Sample standard deviation (divided by n - 1). Of a single value it is 0: no spread was observed.
 * marl-eval divides by n, which is too small for the handful of seeds that one has.
 */
export const standardDeviation = (values: readonly number[]): number => {
  check('standardDeviation', values);
  if (values.length === 1) return 0;
  const centre = mean(values);
  return Math.sqrt(sum(values.map((value) => (value - centre) ** 2)) / (values.length - 1));
};

/**
 * Interquartile mean: sorted, floor(n / 4) values dropped from each end, the plain mean of the rest. No
 * fractional weights: the rule of `scipy.stats.trim_mean(values, 0.25)`, which rliable uses.
 */
export const interquartileMean = (values: readonly number[]): number => {
  check('interquartileMean', values);
  const sorted = [...values].sort((a, b) => a - b);
  const dropped = Math.floor(0.25 * sorted.length);
  const kept = sorted.slice(dropped, sorted.length - dropped);
  return sum(kept) / kept.length;
};

/** Middle value, or the mean of the two middle ones. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Quantile with linear interpolation between order statistics, as `numpy.quantile` does by default. */
export const quantile = (values: readonly number[], fraction: number): number => {
  check('quantile', values);
  if (!(fraction >= 0 && fraction <= 1)) {
    throw new RangeError(
      `@murmuration/eval: quantile: fraction is ${fraction}; give a number between 0 and 1`,
    );
  }
  return sortedQuantile(new Float64Array(values).sort(), fraction);
};

/** The same of values that are sorted already: several quantiles of one sample cost one sort. */
export const sortedQuantile = (sorted: Float64Array, fraction: number): number => {
  const position = fraction * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
};

const sum = (values: ArrayLike<number>): number => {
  let total = 0;
  for (let index = 0; index < values.length; index++) total += values[index];
  return total;
};

const check = (name: string, values: readonly number[]): void => {
  if (values.length === 0) {
    throw new RangeError(`@murmuration/eval: ${name}: the list is empty; give at least one value`);
  }
  for (let index = 0; index < values.length; index++) {
    if (Number.isFinite(values[index])) continue;
    throw new RangeError(
      `@murmuration/eval: ${name}: value ${index} is ${values[index]}; leave out or replace what is not finite`,
    );
  }
};
