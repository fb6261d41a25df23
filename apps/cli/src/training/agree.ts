import { isDeepStrictEqual } from 'node:util';
import { UsageError } from '../failure';

/** The first place where two trees differ: its name and both values. */
const difference = (name: string, before: unknown, now: unknown): [string, unknown, unknown] | undefined => {
  const isTree = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isTree(before) && isTree(now)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(now)])) {
      const found = difference(name ? `${name}.${key}` : key, before[key], now[key]);
      if (found) return found;
    }
    return undefined;
  }
  return isDeepStrictEqual(before, now) ? undefined : [name, before, now];
};

/**
 * What is repeated when a run is resumed must be what it was begun with.
 * @param given by the name people know it under; what is undefined was not repeated.
 * @throws UsageError naming the first difference.
 */
export const checkAgreement = (
  directory: string,
  given: Readonly<Record<string, unknown>>,
  kept: Readonly<Record<string, unknown>>,
): void => {
  for (const [option, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const found = difference(option, kept[option], value);
    if (!found) continue;
    const [name, before, now] = found.map((part, index) =>
      index === 0 ? part : (JSON.stringify(part) ?? 'none'),
    );
    throw new UsageError(
      `${name} is ${now}, but the run in ${directory} has ${before}; leave it out, or start a new run`,
    );
  }
};
