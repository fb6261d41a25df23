import type { Algorithm } from './algorithm';
import { nearestName, parseConfiguration } from './configuration';
import type { EnvironmentSpec } from './environment';
import { ConfigurationError } from './errors';
import { checkSupport } from './support';

/** What people set: options by name, and `preset` for a named set of values that comes before them. */
export type Settings = Readonly<Record<string, unknown>> & { readonly preset?: string };

const isTree = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Options = Readonly<Record<string, unknown>>;

/** `over` wins over `under`; nested groups of options merge. */
export const mergeOptions = (under: Options, over: Options): Options => {
  const merged: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = isTree(below) && isTree(value) ? mergeOptions(below, value) : value;
  }
  return merged;
};

/**
 * Every value that is in force: the schema's defaults, under the defaults for this world, under a preset, under what
 * was set.
 * @throws ConfigurationError for unknown options and presets, wrong values, and worlds that the algorithm cannot learn.
 */
export const resolveConfiguration = <Configuration extends object>(
  algorithm: Algorithm<Configuration>,
  spec: EnvironmentSpec,
  { preset, ...settings }: Settings = {},
): Configuration => {
  const owner = `${algorithm.package} ${algorithm.id}`;
  const named =
    preset !== undefined && Object.hasOwn(algorithm.presets, preset) ? algorithm.presets[preset] : undefined;
  if (preset !== undefined && !named) {
    const known = Object.keys(algorithm.presets);
    const near = nearestName(String(preset), known);
    const advice = near ? `did you mean ${near}?` : `known are ${known.join(', ') || 'none'}`;
    throw new ConfigurationError(
      '@murmuration/core',
      `${owner}: there is no preset ${String(preset)}; ${advice}`,
    );
  }
  const base = mergeOptions(algorithm.defaults(spec).values, named?.values ?? {});
  const values = mergeOptions(base, settings);
  const configuration = parseConfiguration(owner, algorithm.configuration, values);
  checkSupport(algorithm, spec, configuration);
  return configuration;
};
