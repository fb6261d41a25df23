import type { Metrics } from '@murmuration/core';

/** Means of numbers of the same names. */
export const averageOf = (list: readonly object[]): Metrics => {
  const sums: Record<string, number> = {};
  for (const each of list) {
    for (const [name, value] of Object.entries(each)) sums[name] = (sums[name] ?? 0) + value / list.length;
  }
  return sums;
};
