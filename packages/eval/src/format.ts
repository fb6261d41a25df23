/** Decimals that show four figures of the largest value, and never more than three. */
export const decimalPlaces = (values: readonly number[]): number => {
  const largest = Math.max(0, ...values.map(Math.abs).filter(Number.isFinite));
  return Math.max(0, Math.min(3, 3 - Math.floor(Math.log10(largest || 1))));
};

/** A value with so many decimals; never `-0.0`. */
export const formatValue = (value: number, places: number): string =>
  value.toFixed(places).replace(/^-(?=[0.]*$)/, '');
