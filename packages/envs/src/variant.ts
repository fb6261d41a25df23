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

/**
 * The name that an option holds, where JavaScript may have left it out.
 * @param example a name that would do.
 * @throws ConfigurationError where it is no text.
 */
export const nameIn = (family: string, option: string, value: unknown, example: string): string => {
  if (typeof value === 'string') return value;
  const found = JSON.stringify(value) ?? 'nothing';
  throw new ConfigurationError(
    '@murmuration/envs',
    `${family}: ${option} is ${found}; give a name such as ${example}`,
  );
};
