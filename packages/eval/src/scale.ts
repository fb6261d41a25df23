/** An axis from `minimum` to `maximum` with a tick at every multiple of `interval`. */
export type Scale = { minimum: number; maximum: number; interval: number };

/** The smallest axis with round ticks (1, 2, 2.5 or 5 times a power of ten) that holds all the values. */
export const roundScale = (values: Iterable<number>, ticks = 5): Scale => {
  let smallest = Number.POSITIVE_INFINITY;
  let largest = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    smallest = Math.min(smallest, value);
    largest = Math.max(largest, value);
  }
  if (smallest > largest) return { minimum: 0, maximum: 1, interval: 0.25 };
  if (smallest === largest) {
    const margin = Math.abs(smallest) / 10 || 1;
    smallest -= margin;
    largest += margin;
  }
  const interval = roundInterval((largest - smallest) / ticks);
  return {
    minimum: tidy(Math.floor(tidy(smallest / interval)) * interval),
    maximum: tidy(Math.ceil(tidy(largest / interval)) * interval),
    interval,
  };
};

/** Axis label with an SI prefix: 50000 is `50k`, 2500000 is `2.5M`. */
export const siLabel = (value: number): string => {
  const [factor, prefix] = prefixes.find(([size]) => Math.abs(value) >= size) ?? [1, ''];
  return `${tidy(value / factor)}${prefix}`.replace('-', '−');
};

const prefixes: [number, string][] = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
];

const roundInterval = (least: number): number => {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= least * (1 - 1e-9)) ?? 10;
  return tidy(factor * power);
};

// 0.1 * 3 is 0.30000000000000004, and nobody wants to read that on an axis.
const tidy = (value: number): number => Number(value.toPrecision(12));
