import type { ZodObject, ZodType } from 'zod';
import type { Algorithm } from './algorithm';
import { isObjectSchema, parseConfiguration, unwrapSchema } from './configuration';
import type { EnvironmentSpec } from './environment';
import { resolveConfiguration } from './resolve';

/** One option of an algorithm, for people who choose. */
export interface OptionDescription {
  /** As `--set` takes it, groups with dots: `aggregation.every`. */
  readonly name: string;
  /** What is in force if nobody sets it. */
  readonly value: unknown;
  readonly meaning?: string;
  readonly unit?: string;
  readonly source?: string;
}

/** Where a preset has another value than what is in force without it. */
export interface PresetDifference {
  readonly name: string;
  readonly value: unknown;
  readonly preset: unknown;
}

type Tree = Readonly<Record<string, unknown>>;

const schemasOf = (schema: unknown, path = ''): [string, ZodType][] =>
  Object.entries((schema as ZodObject).shape).flatMap(([key, inner]): [string, ZodType][] => {
    const bare = unwrapSchema(inner);
    return isObjectSchema(bare) ? schemasOf(bare, `${path}${key}.`) : [[`${path}${key}`, inner as ZodType]];
  });

const valueAt = (values: Tree, name: string): unknown =>
  name.split('.').reduce<unknown>((tree, key) => (tree as Tree | undefined)?.[key], values);

/** Option by option; none where the options are not a plain group, such as a choice between groups. */
const optionsOf = ({ configuration }: Algorithm): [string, ZodType][] => {
  const schema = unwrapSchema(configuration);
  return isObjectSchema(schema) ? schemasOf(schema) : [];
};

/** What is in force in a world; without one the defaults that hold anywhere. */
const valuesOf = (algorithm: Algorithm, spec?: EnvironmentSpec, preset?: string): Tree => {
  if (spec) return resolveConfiguration(algorithm, spec, preset === undefined ? {} : { preset }) as Tree;
  const own = preset === undefined ? {} : algorithm.presets[preset].values;
  return parseConfiguration(`${algorithm.package} ${algorithm.id}`, algorithm.configuration, own) as Tree;
};

/** All options of an algorithm, with what is in force in a world if nobody sets them. */
export const describeOptions = (algorithm: Algorithm, spec?: EnvironmentSpec): OptionDescription[] => {
  const values = valuesOf(algorithm, spec);
  return optionsOf(algorithm).map(([name, schema]) => {
    const { meaning, unit, source } = (schema.meta() ?? {}) as Omit<OptionDescription, 'name' | 'value'>;
    return { name, value: valueAt(values, name), meaning, unit, source };
  });
};

/** How a preset differs from what is in force in a world without it. */
export const comparePreset = (
  algorithm: Algorithm,
  preset: string,
  spec?: EnvironmentSpec,
): PresetDifference[] => {
  const [own, theirs] = [valuesOf(algorithm, spec), valuesOf(algorithm, spec, preset)];
  return optionsOf(algorithm)
    .map(([name]) => ({ name, value: valueAt(own, name), preset: valueAt(theirs, name) }))
    .filter(({ value, preset: other }) => JSON.stringify(value) !== JSON.stringify(other));
};
