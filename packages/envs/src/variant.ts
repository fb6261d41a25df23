import { ConfigurationError } from '@murmuration/core';

/**
 * The whole number that a variant stands for, such as the agents in `coordination/3`.
 * @param meaning what the number counts, for example `agents`.
 * @throws ConfigurationError that names what is allowed.
 */
export const numberIn = (
  family: string,
  variant: string,
  meaning: string,
  low: number,
  high: number,
): number => {
  const number = Number(variant);
  if (!/^[1-9]\d*$/.test(variant) || number < low || number > high) {
    throw new ConfigurationError(
      '@murmuration/envs',
      `there is no environment ${family}/${variant}; give the number of ${meaning}, ${low} to ${high}, for example ${family}/${Math.max(low, Math.min(3, high))}`,
    );
  }
  return number;
};
